package io.capbench.storage.workspace;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/** Small texts by key, such as the last annotator's name. Thread-safe; every call uses the disk. */
public final class WorkspaceSettings {
  private final WorkspaceConnection connection;

  WorkspaceSettings(WorkspaceConnection connection) {
    this.connection = connection;
  }

  /** The text under that key. */
  public Optional<String> get(String key) {
    return connection.read(
        sql -> {
          try (PreparedStatement query =
              sql.prepareStatement("SELECT value FROM setting WHERE key = ?")) {
            query.setString(1, key);
            try (ResultSet result = query.executeQuery()) {
              return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
            }
          }
        });
  }

  /**
   * Keeps a text under a key, in place of any earlier one.
   *
   * @throws io.capbench.storage.model.CapbenchException if it cannot be written
   */
  public void put(String key, String value) {
    connection.write(
        sql -> {
          try (PreparedStatement put =
              sql.prepareStatement(
                  "INSERT INTO setting (key, value) VALUES (?, ?)"
                      + " ON CONFLICT (key) DO UPDATE SET value = excluded.value")) {
            put.setString(1, key);
            put.setString(2, value);
            return put.executeUpdate();
          }
        });
  }

  /**
   * Forgets the text under that key, if there is one.
   *
   * @throws io.capbench.storage.model.CapbenchException if it cannot be written
   */
  public void remove(String key) {
    connection.write(
        sql -> {
          try (PreparedStatement remove =
              sql.prepareStatement("DELETE FROM setting WHERE key = ?")) {
            remove.setString(1, key);
            return remove.executeUpdate();
          }
        });
  }
}
