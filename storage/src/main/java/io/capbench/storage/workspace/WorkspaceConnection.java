package io.capbench.storage.workspace;

import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one connection to a workspace file. Calls from several threads queue at a lock, which is held
 * for single statements and short transactions only.
 */
final class WorkspaceConnection implements AutoCloseable {

  /** Something done with the connection. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Path file;
  private final Connection connection;
  private final boolean readOnly;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  WorkspaceConnection(Path file, Connection connection, boolean readOnly) {
    this.file = file;
    this.connection = connection;
    this.readOnly = readOnly;
  }

  Path file() {
    return file;
  }

  boolean readOnly() {
    return readOnly;
  }

  /** Reads something. */
  <T> T read(Work<T> work) {
    lock.lock();
    try {
      checkOpen();
      return work.run(connection);
    } catch (SQLException e) {
      throw WorkspaceErrors.explain(file, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does the work as one transaction, durable before this returns. It takes the write lock of the
   * file first, so nothing it reads changes before it writes. If anything fails, nothing of it
   * stays and the connection is as usable as before.
   */
  <T> T write(Work<T> work) {
    if (readOnly) {
      throw new CapbenchException(
          "The workspace "
              + file
              + " is open for reading only, because the file or its folder cannot be written. Copy"
              + " it to a folder of yours and open the copy.");
    }
    lock.lock();
    try {
      checkOpen();
      return transaction(connection, work);
    } catch (SQLException e) {
      throw WorkspaceErrors.explain(file, e);
    } finally {
      lock.unlock();
    }
  }

  /** Runs the work between BEGIN IMMEDIATE and COMMIT, or rolls back. */
  static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
    try {
      T result = work.run(connection);
      execute(connection, "COMMIT");
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      try {
        execute(connection, "ROLLBACK");
      } catch (SQLException again) {
        // After a full disk SQLite has rolled back by itself and says so.
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("The workspace " + file + " is closed");
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        connection.close();
      }
    } catch (SQLException e) {
      throw WorkspaceErrors.explain(file, e);
    } finally {
      lock.unlock();
    }
  }
}
