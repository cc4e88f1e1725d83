package io.capbench.storage.workspace;

import io.capbench.storage.model.Decision;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folds the whole log again, one row's entries in memory at a time. */
final class DecisionRebuild {
  private DecisionRebuild() {}

  /** Does it, as part of the caller's transaction, and counts the rows on which something holds. */
  static long run(Connection sql) throws SQLException {
    WorkspaceConnection.execute(sql, "DELETE FROM decision");
    long decided = 0;
    try (Statement query = sql.createStatement();
        ResultSet result =
            query.executeQuery(
                "SELECT "
                    + DecisionTables.ENTRY_COLUMNS
                    + " FROM decision_log ORDER BY fingerprint, row, id")) {
      List<DecisionEntry> entries = new ArrayList<>();
      while (result.next()) {
        DecisionEntry entry = DecisionTables.entry(result);
        if (!entries.isEmpty() && !entries.get(0).key().equals(entry.key())) {
          decided += store(sql, entries);
          entries.clear();
        }
        entries.add(entry);
      }
      if (!entries.isEmpty()) {
        decided += store(sql, entries);
      }
    }
    return decided;
  }

  private static int store(Connection sql, List<DecisionEntry> entries) throws SQLException {
    Optional<Decision> decision = DecisionFold.fold(entries.get(0).key(), entries);
    DecisionTables.store(sql, entries.get(0).key(), decision);
    return decision.isPresent() ? 1 : 0;
  }
}
