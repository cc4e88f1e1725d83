package io.capbench.storage.workspace;

import io.capbench.storage.model.ShardInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
    String wanted = JsonText.of(fingerprints);
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
                        result.getString(11),
                        result.getString(12)));
              }
            }
          }
          return strays;
        });
  }

  /** On how many rows of these shards anything holds, be it only a tag. */
  public long count(Set<String> fingerprints) {
    String wanted = JsonText.of(fingerprints);
    return connection.read(
        sql -> {
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT count(*) FROM decision"
                      + " WHERE fingerprint IN (SELECT value FROM json_each(?))")) {
            query.setString(1, wanted);
            try (ResultSet result = query.executeQuery()) {
              result.next();
              return result.getLong(1);
            }
          }
        });
  }

  /** How many of these {@link #adopt} would take over. */
  public int adoptable(List<Adoption> adoptions) {
    int adoptable = 0;
    for (List<Adoption> batch : batches(adoptions)) {
      adoptable += connection.read(sql -> needed(sql, batch).size());
    }
    return adoptable;
  }

  /**
   * Says of rows of today what the decisions say, tags and spans among it, in the names of those
   * who said it. A row that is decided already keeps what it has.
   *
   * @return how many were taken over
   * @throws io.capbench.storage.model.CapbenchException if they cannot be written; those of whole
   *     batches before stay
   */
  public int adopt(List<Adoption> adoptions) {
    int adopted = 0;
    for (List<Adoption> batch : batches(adoptions)) {
      adopted +=
          connection.write(
              sql -> {
                List<Takeover> needed = needed(sql, batch);
                for (Takeover takeover : needed) {
                  takeover.append(sql, session);
                }
                return needed.size();
              });
    }
    return adopted;
  }

  private static List<List<Adoption>> batches(List<Adoption> adoptions) {
    List<List<Adoption>> batches = new ArrayList<>();
    for (int from = 0; from < adoptions.size(); from += BATCH) {
      batches.add(adoptions.subList(from, Math.min(from + BATCH, adoptions.size())));
    }
    return batches;
  }

  private static List<Takeover> needed(Connection sql, List<Adoption> batch) throws SQLException {
    List<Takeover> needed = new ArrayList<>();
    for (Adoption adoption : batch) {
      Takeover takeover = new Takeover(adoption, DecisionTables.current(sql, adoption.row().key()));
      if (takeover.needed()) {
        needed.add(takeover);
      }
    }
    return needed;
  }
}
