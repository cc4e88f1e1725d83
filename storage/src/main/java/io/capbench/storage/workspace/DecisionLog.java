package io.capbench.storage.workspace;

import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What people decided: an append-only log, and what holds now for each row. An entry and the view
 * of its row change in one transaction, which is on the disk before the method returns.
 *
 * <p>Thread-safe. Methods that write throw a {@link io.capbench.storage.model.CapbenchException} if
 * that fails; then nothing was written.
 */
public final class DecisionLog {
  private static final int BATCH = 1_000;

  private final WorkspaceConnection connection;
  private final String session = UUID.randomUUID().toString();

  DecisionLog(WorkspaceConnection connection) {
    this.connection = connection;
  }

  /** The random id that entries written here carry, to tell them from those of others. */
  public String session() {
    return session;
  }

  /** Appends one decision and returns the entry it became. */
  public DecisionEntry append(NewDecision decision) {
    DecisionEntry entry =
        new DecisionEntry(
            0,
            Instant.now(),
            decision.annotator(),
            decision.row().key(),
            decision.row().shard(),
            decision.row().contentHash(),
            decision.action(),
            decision.action().verdict(),
            decision.track(),
            decision.text(),
            decision.span(),
            decision.note(),
            null,
            session);
    return connection.write(sql -> DecisionTables.append(sql, entry));
  }

  /**
   * Takes back the newest action of that annotator on these shards that still counts, also one of
   * an earlier opening of the workspace.
   *
   * @return the entry that was taken back, or empty if there is none
   */
  public Optional<DecisionEntry> undo(String annotator, Set<String> fingerprints) {
    String shards = JsonText.of(fingerprints);
    return connection.write(
        sql -> {
          Optional<DecisionEntry> target = DecisionHistory.undoable(sql, annotator, shards);
          if (target.isPresent()) {
            appendHistory(sql, DecisionAction.UNDO, target.get());
          }
          return target;
        });
  }

  /**
   * Takes back that annotator's newest undo on these shards, unless they have done something new
   * there since.
   *
   * @return the entry that counts again, or empty if there is nothing to redo
   */
  public Optional<DecisionEntry> redo(String annotator, Set<String> fingerprints) {
    String shards = JsonText.of(fingerprints);
    return connection.write(
        sql -> {
          Optional<DecisionEntry> undo = DecisionHistory.redoable(sql, annotator, shards);
          if (undo.isEmpty()) {
            return Optional.empty();
          }
          appendHistory(sql, DecisionAction.REDO, undo.get());
          @Nullable Long undone = undo.get().reference();
          return undone == null ? Optional.empty() : Optional.of(DecisionHistory.byId(sql, undone));
        });
  }

  private void appendHistory(Connection sql, DecisionAction action, DecisionEntry target)
      throws SQLException {
    DecisionTables.append(
        sql,
        new DecisionEntry(
            0,
            Instant.now(),
            target.annotator(),
            target.key(),
            target.shard(),
            target.contentHash(),
            action,
            null,
            null,
            null,
            null,
            null,
            target.id(),
            session));
  }

  /** What holds for a row. */
  public Optional<Decision> current(RowKey key) {
    return Optional.ofNullable(current(List.of(key)).get(key));
  }

  /** What holds for these rows, in their order; rows on which nothing holds are left out. */
  public Map<RowKey, Decision> current(Collection<RowKey> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    String wanted =
        JsonText.of(keys.stream().map(key -> List.of(key.fingerprint(), key.row())).toList());
    return connection.read(
        sql -> {
          Map<RowKey, Decision> found = new HashMap<>();
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT "
                      + DecisionTables.DECISION_COLUMNS
                      + " FROM json_each(?) AS wanted CROSS JOIN decision"
                      + " ON fingerprint = wanted.value ->> 0 AND row = wanted.value ->> 1")) {
            query.setString(1, wanted);
            try (ResultSet result = query.executeQuery()) {
              while (result.next()) {
                Decision decision = DecisionTables.decision(result);
                found.put(decision.key(), decision);
              }
            }
          }
          Map<RowKey, Decision> inOrder = new LinkedHashMap<>();
          for (RowKey key : keys) {
            Decision decision = found.get(key);
            if (decision != null) {
              inOrder.put(key, decision);
            }
          }
          return inOrder;
        });
  }

  /** Everything that holds, by fingerprint and row. Takes memory for every such row. */
  public List<Decision> all() {
    List<Decision> all = new ArrayList<>();
    forEach(all::add);
    return all;
  }

  /**
   * Hands over everything that holds, by fingerprint and row, in bounded memory. Others may write
   * meanwhile: a row is handed over once at most, as it was when its turn came.
   *
   * @param consumer called on this thread; may use the workspace
   */
  public void forEach(Consumer<Decision> consumer) {
    String fingerprint = "";
    long row = -1;
    List<Decision> batch;
    do {
      batch = batch(fingerprint, row);
      batch.forEach(consumer);
      if (!batch.isEmpty()) {
        RowKey last = batch.get(batch.size() - 1).key();
        fingerprint = last.fingerprint();
        row = last.row();
      }
    } while (batch.size() == BATCH);
  }

  private List<Decision> batch(String fingerprint, long row) {
    return connection.read(
        sql -> {
          List<Decision> batch = new ArrayList<>();
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT "
                      + DecisionTables.DECISION_COLUMNS
                      + " FROM decision WHERE (fingerprint, row) > (?, ?)"
                      + " ORDER BY fingerprint, row LIMIT "
                      + BATCH)) {
            query.setString(1, fingerprint);
            query.setLong(2, row);
            try (ResultSet result = query.executeQuery()) {
              while (result.next()) {
                batch.add(DecisionTables.decision(result));
              }
            }
          }
          return batch;
        });
  }

  /**
   * Hands over entries in the order of writing, in bounded memory.
   *
   * @param consumer called on this thread; may use the workspace
   */
  public void read(LogQuery query, Consumer<DecisionEntry> consumer) {
    LogQuery rest = query;
    List<DecisionEntry> batch;
    do {
      batch = batch(rest);
      batch.forEach(consumer);
      if (!batch.isEmpty()) {
        rest = rest.after(batch.get(batch.size() - 1).id());
      }
    } while (batch.size() == BATCH);
  }

  private List<DecisionEntry> batch(LogQuery wanted) {
    @Nullable Set<String> shards = wanted.fingerprints();
    return connection.read(
        sql -> {
          List<DecisionEntry> batch = new ArrayList<>();
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT "
                      + DecisionTables.ENTRY_COLUMNS
                      + " FROM decision_log WHERE id > ?"
                      // The plus keeps the order of ids: batches would else be sorted each time.
                      + (shards == null
                          ? ""
                          : " AND +fingerprint IN (SELECT value FROM json_each(?))")
                      + " ORDER BY id LIMIT "
                      + BATCH)) {
            query.setLong(1, wanted.after());
            if (shards != null) {
              query.setString(2, JsonText.of(shards));
            }
            try (ResultSet result = query.executeQuery()) {
              while (result.next()) {
                batch.add(DecisionTables.entry(result));
              }
            }
          }
          return batch;
        });
  }

  /** How many rows of these shards are decided, and how. */
  public DecisionCounts counts(Set<String> fingerprints) {
    String shards = JsonText.of(fingerprints);
    return connection.read(
        sql -> {
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT count(*) FILTER (WHERE verdict = 'accepted'),"
                      + " count(*) FILTER (WHERE verdict = 'rejected'),"
                      + " count(*) FILTER (WHERE verdict = 'skipped'),"
                      + " count(edited_track),"
                      + " count(COALESCE(verdict, preferred_track, edited_track))"
                      + " FROM decision WHERE fingerprint IN (SELECT value FROM json_each(?))")) {
            query.setString(1, shards);
            try (ResultSet result = query.executeQuery()) {
              result.next();
              return new DecisionCounts(
                  result.getLong(1),
                  result.getLong(2),
                  result.getLong(3),
                  result.getLong(4),
                  result.getLong(5));
            }
          }
        });
  }

  /** The tags that rows have now, in their most frequent spellings, those of most rows first. */
  public List<String> tags() {
    return connection.read(
        sql -> {
          Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
          List<String> tags = new ArrayList<>();
          try (Statement query = sql.createStatement();
              ResultSet result =
                  query.executeQuery(
                      "SELECT tag.value FROM decision, json_each(tags) AS tag"
                          + " WHERE tags IS NOT NULL GROUP BY tag.value"
                          + " ORDER BY count(*) DESC, tag.value")) {
            while (result.next()) {
              String tag = result.getString(1);
              if (known.add(tag)) {
                tags.add(tag);
              }
            }
          }
          return tags;
        });
  }

  /**
   * A number that is different after somebody else changed the workspace: another program, or
   * another {@link Workspace} of this one. What is written here does not change it. Costs
   * microseconds.
   */
  public long dataVersion() {
    return connection.read(
        sql -> {
          try (Statement query = sql.createStatement();
              ResultSet result = query.executeQuery("PRAGMA data_version")) {
            result.next();
            return result.getLong(1);
          }
        });
  }

  /**
   * Makes the current view anew from the log, in one transaction. It says the same afterwards,
   * unless another program wrote to the view by itself.
   *
   * @return number of rows on which something holds
   */
  public long rebuild() {
    return connection.write(DecisionRebuild::run);
  }
}
