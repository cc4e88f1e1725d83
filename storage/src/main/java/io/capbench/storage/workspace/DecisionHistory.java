package io.capbench.storage.workspace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What undo and redo go back to, read from the log. Every annotator has a history of their own on
 * the shards at hand, linear as an editor's: a new action ends what could be redone.
 */
final class DecisionHistory {
  private static final String OF_ANNOTATOR_ON_SHARDS =
      " annotator = ?1 AND fingerprint IN (SELECT value FROM json_each(?2))";
  private static final String IS_ACTION = " action NOT IN ('undo', 'redo')";

  private static final String UNDOABLE =
      "SELECT "
          + DecisionTables.ENTRY_COLUMNS
          + " FROM decision_log AS entry WHERE"
          + OF_ANNOTATOR_ON_SHARDS
          + " AND"
          + IS_ACTION
          + " AND NOT EXISTS (SELECT 1 FROM decision_log AS undo"
          + "   WHERE undo.reference = entry.id AND undo.action = 'undo'"
          + "   AND NOT EXISTS (SELECT 1 FROM decision_log AS redo"
          + "     WHERE redo.reference = undo.id AND redo.action = 'redo'))"
          + " ORDER BY id DESC LIMIT 1";

  private static final String REDOABLE =
      "SELECT "
          + DecisionTables.ENTRY_COLUMNS
          + " FROM decision_log AS undo WHERE"
          + OF_ANNOTATOR_ON_SHARDS
          + " AND action = 'undo'"
          + " AND NOT EXISTS (SELECT 1 FROM decision_log AS redo"
          + "   WHERE redo.reference = undo.id AND redo.action = 'redo')"
          + " AND id > COALESCE((SELECT id FROM decision_log WHERE"
          + OF_ANNOTATOR_ON_SHARDS
          + " AND"
          + IS_ACTION
          + " ORDER BY id DESC LIMIT 1), 0)"
          + " ORDER BY id DESC LIMIT 1";

  private static final String BY_ID =
      "SELECT " + DecisionTables.ENTRY_COLUMNS + " FROM decision_log WHERE id = ?";

  private DecisionHistory() {}

  /** The newest entry that counts and is not itself an undo or redo. */
  static Optional<DecisionEntry> undoable(Connection sql, String annotator, String fingerprints)
      throws SQLException {
    return find(sql, UNDOABLE, annotator, fingerprints);
  }

  /** The newest undo that no redo took back and no new action followed. */
  static Optional<DecisionEntry> redoable(Connection sql, String annotator, String fingerprints)
      throws SQLException {
    return find(sql, REDOABLE, annotator, fingerprints);
  }

  /** The entry with that id, which exists. */
  static DecisionEntry byId(Connection sql, long id) throws SQLException {
    try (PreparedStatement query = sql.prepareStatement(BY_ID)) {
      query.setLong(1, id);
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return DecisionTables.entry(result);
      }
    }
  }

  private static Optional<DecisionEntry> find(
      Connection sql, String statement, String annotator, String fingerprints) throws SQLException {
    try (PreparedStatement query = sql.prepareStatement(statement)) {
      query.setString(1, annotator);
      query.setString(2, fingerprints);
      try (ResultSet result = query.executeQuery()) {
        return result.next() ? Optional.of(DecisionTables.entry(result)) : Optional.empty();
      }
    }
  }
}
