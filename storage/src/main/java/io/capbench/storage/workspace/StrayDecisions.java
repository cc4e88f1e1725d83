package io.capbench.storage.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.ShardInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decisions on shards that were written anew: their keys name rows of a file that is gone. They
 * stay in the log; {@link #adopt} says the same again of the rows that hold the same content today.
 * Thread-safe.
 */
public final class StrayDecisions {
  private static final int BATCH = 1_000;

  private final WorkspaceConnection connection;
  private final String session;
  private final ObjectMapper json = new ObjectMapper();

  StrayDecisions(WorkspaceConnection connection, String session) {
    this.connection = connection;
    this.session = session;
  }

  /**
   * The decided shards that a dataset seems to have had: one of its files stands in their place
   * now, or they lay beside its files and are gone.
   *
   * @param dataset the dataset's shards of today
   * @return where they were, by fingerprint
   */
  public Map<String, Path> shards(Collection<ShardInfo> dataset) {
    Set<String> present =
        dataset.stream()
            .map(ShardInfo::fingerprint)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Set<Path> places =
        dataset.stream().map(StrayDecisions::place).collect(Collectors.toUnmodifiableSet());
    Set<@Nullable Path> folders = places.stream().map(Path::getParent).collect(Collectors.toSet());
    Map<String, Path> strays = new LinkedHashMap<>();
    decidedShards()
        .forEach(
            (fingerprint, path) -> {
              boolean had =
                  places.contains(path)
                      || (folders.contains(path.getParent()) && Files.notExists(path));
              if (had && !present.contains(fingerprint)) {
                strays.put(fingerprint, path);
              }
            });
    return strays;
  }

  private static Path place(ShardInfo shard) {
    return shard.path().toAbsolutePath().normalize();
  }

  private Map<String, Path> decidedShards() {
    return connection.read(
        sql -> {
          Map<String, Path> decided = new LinkedHashMap<>();
          try (Statement query = sql.createStatement();
              ResultSet result =
                  query.executeQuery(
                      "SELECT fingerprint, path FROM shard WHERE EXISTS (SELECT 1 FROM decision"
                          + " WHERE decision.fingerprint = shard.fingerprint) ORDER BY path")) {
            while (result.next()) {
              decided.put(result.getString(1), Path.of(result.getString(2)).normalize());
            }
          }
          return decided;
        });
  }

  /** The decisions on these shards, by shard and row. Takes memory for every one of them. */
  public List<StrayDecision> of(Set<String> fingerprints) {
    String wanted = write(fingerprints);
    return connection.read(
        sql -> {
          List<StrayDecision> strays = new ArrayList<>();
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT "
                      + DecisionTables.DECISION_COLUMNS
                      + ", (SELECT shard FROM decision_log AS l WHERE l.fingerprint = d.fingerprint"
                      + " AND l.row = d.row ORDER BY id DESC LIMIT 1)"
                      + ", (SELECT content_hash FROM decision_log AS l WHERE l.fingerprint ="
                      + " d.fingerprint AND l.row = d.row ORDER BY id DESC LIMIT 1)"
                      + " FROM decision AS d WHERE fingerprint IN (SELECT value FROM json_each(?))"
                      + " ORDER BY fingerprint, row")) {
            query.setString(1, wanted);
            try (ResultSet result = query.executeQuery()) {
              while (result.next()) {
                strays.add(
                    new StrayDecision(
                        DecisionTables.decision(result),
                        result.getString(9),
                        result.getString(10)));
              }
            }
          }
          return strays;
        });
  }

  /**
   * Says of rows of today what the decisions say, in the names of those who took them. A row on
   * which something holds already keeps it.
   *
   * @return how many were taken over
   * @throws io.capbench.storage.model.CapbenchException if they cannot be written; those of whole
   *     batches before stay
   */
  public int adopt(List<Adoption> adoptions) {
    int adopted = 0;
    for (int from = 0; from < adoptions.size(); from += BATCH) {
      List<Adoption> batch = adoptions.subList(from, Math.min(from + BATCH, adoptions.size()));
      adopted += connection.write(sql -> adopt(sql, batch));
    }
    return adopted;
  }

  private int adopt(Connection sql, List<Adoption> batch) throws SQLException {
    int adopted = 0;
    for (Adoption adoption : batch) {
      if (!decided(sql, adoption)) {
        append(sql, adoption);
        adopted++;
      }
    }
    return adopted;
  }

  private static boolean decided(Connection sql, Adoption adoption) throws SQLException {
    try (PreparedStatement query =
        sql.prepareStatement("SELECT 1 FROM decision WHERE fingerprint = ? AND row = ?")) {
      query.setString(1, adoption.row().key().fingerprint());
      query.setLong(2, adoption.row().key().row());
      try (ResultSet result = query.executeQuery()) {
        return result.next();
      }
    }
  }

  private void append(Connection sql, Adoption adoption) throws SQLException {
    Decision decision = adoption.stray().decision();
    String note = "taken over from " + decision.key() + ", decided at " + decision.at();
    if (decision.editedText() != null) {
      append(sql, adoption, DecisionAction.EDIT, decision.editedTrack(), note);
    }
    if (decision.preferredTrack() != null) {
      append(sql, adoption, DecisionAction.PREFER, decision.preferredTrack(), note);
    }
    if (decision.verdict() != null) {
      DecisionAction action =
          switch (decision.verdict()) {
            case ACCEPTED -> DecisionAction.ACCEPT;
            case REJECTED -> DecisionAction.REJECT;
            case SKIPPED -> DecisionAction.SKIP;
          };
      append(sql, adoption, action, null, note);
    }
  }

  private void append(
      Connection sql, Adoption adoption, DecisionAction action, @Nullable String track, String note)
      throws SQLException {
    Decision decision = adoption.stray().decision();
    DecisionTables.append(
        sql,
        new DecisionEntry(
            0,
            Instant.now(),
            decision.annotator(),
            adoption.row().key(),
            adoption.row().shard(),
            adoption.row().contentHash(),
            action,
            action.verdict(),
            track,
            action == DecisionAction.EDIT ? decision.editedText() : null,
            null,
            note,
            null,
            session));
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are JSON", e);
    }
  }
}
