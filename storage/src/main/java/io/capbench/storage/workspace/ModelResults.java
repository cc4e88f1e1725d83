package io.capbench.storage.workspace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What models gave for rows, as bytes whose meaning is the caller's, so that it need not be
 * computed again. Bounded: what was not used for longest goes first. Thread-safe; every call uses
 * the disk.
 *
 * <p>A result belongs to a row of a shard and to the caption's text. It is not found for a shard
 * that was written anew, nor for a caption that was changed. An image that was replaced behind an
 * unchanged shard is not noticed.
 */
public final class ModelResults {
  private static final long MOST_BYTES = 1L << 30;
  private static final int REMEMBERED = 10_000;
  private static final String BY_KEY =
      " WHERE fingerprint = ? AND row = ? AND caption_hash = ? AND model_hash = ? AND method = ?";

  private final WorkspaceConnection connection;
  private final long mostBytes;

  /** Read since something was kept the last time, oldest first: reading must not need to write. */
  private final Set<Long> used = new LinkedHashSet<>();

  ModelResults(WorkspaceConnection connection) {
    this(connection, MOST_BYTES);
  }

  /**
   * Results with a bound.
   *
   * @param mostBytes of all results together
   */
  ModelResults(WorkspaceConnection connection, long mostBytes) {
    this.connection = connection;
    this.mostBytes = mostBytes;
  }

  /** What was kept under that key. */
  public Optional<byte[]> get(ResultKey key) {
    return connection.read(
        sql -> {
          try (PreparedStatement query =
              sql.prepareStatement("SELECT id, content FROM model_result" + BY_KEY)) {
            set(query, key);
            try (ResultSet result = query.executeQuery()) {
              if (!result.next()) {
                return Optional.empty();
              }
              remember(result.getLong(1));
              return Optional.of(result.getBytes(2));
            }
          }
        });
  }

  private synchronized void remember(long id) {
    used.remove(id);
    if (used.size() < REMEMBERED) {
      used.add(id);
    }
  }

  private synchronized Set<Long> takeUsed() {
    Set<Long> taken = new LinkedHashSet<>(used);
    used.clear();
    return taken;
  }

  /**
   * Keeps a result in place of any earlier one, and lets go of those that were not used for longest
   * if there are too many bytes then. A result larger than all that may be kept is not kept.
   *
   * @throws io.capbench.storage.model.CapbenchException if it cannot be written; then nothing
   *     changed
   */
  public void put(ResultKey key, byte[] content) {
    if (content.length > mostBytes) {
      return;
    }
    connection.write(
        sql -> {
          for (long id : takeUsed()) {
            touch(sql, id);
          }
          try (PreparedStatement put =
              sql.prepareStatement(
                  "INSERT OR REPLACE INTO model_result (fingerprint, row, caption_hash, model_hash,"
                      + " method, used, bytes, content) SELECT ?, ?, ?, ?, ?,"
                      + " coalesce(max(used), 0) + 1, ?, ? FROM model_result")) {
            set(put, key);
            put.setInt(6, content.length);
            put.setBytes(7, content);
            put.executeUpdate();
          }
          return trim(sql);
        });
  }

  private static void touch(Connection sql, long id) throws SQLException {
    try (PreparedStatement touch =
        sql.prepareStatement(
            "UPDATE model_result SET used = (SELECT max(used) + 1 FROM model_result)"
                + " WHERE id = ?")) {
      touch.setLong(1, id);
      touch.executeUpdate();
    }
  }

  /** Removes all that lies beyond the bound, counted from what was used last. */
  private int trim(Connection sql) throws SQLException {
    if (bytes(sql) <= mostBytes) {
      return 0;
    }
    try (PreparedStatement trim =
        sql.prepareStatement(
            "DELETE FROM model_result WHERE id IN (SELECT id FROM"
                + " (SELECT id, sum(bytes) OVER (ORDER BY used DESC) AS newer FROM model_result)"
                + " WHERE newer > ?)")) {
      trim.setLong(1, mostBytes);
      return trim.executeUpdate();
    }
  }

  /** How many bytes all results have together. */
  public long bytes() {
    return connection.read(ModelResults::bytes);
  }

  private static long bytes(Connection sql) throws SQLException {
    try (Statement query = sql.createStatement();
        ResultSet result = query.executeQuery("SELECT coalesce(sum(bytes), 0) FROM model_result")) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void set(PreparedStatement statement, ResultKey key) throws SQLException {
    statement.setString(1, key.row().fingerprint());
    statement.setLong(2, key.row().row());
    statement.setString(3, key.captionHash());
    statement.setString(4, key.modelSha256());
    statement.setString(5, key.method());
  }
}
