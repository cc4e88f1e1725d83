package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBPreparedStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One in-memory DuckDB that spills to disk. Thread-safe: every call has a connection of its own,
 * which costs microseconds, because one connection runs one statement at a time.
 */
final class DuckDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDatabase.class);
  private static final String MEMORY_LIMIT = "1GB";

  private final DuckDBConnection root;
  private final ScratchFolder spill;
  private volatile boolean closed;

  /**
   * Starts an empty database.
   *
   * @param cache folder under which it spills
   * @throws CapbenchException if that folder cannot be written
   */
  DuckDatabase(Path cache) {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("memory_limit", MEMORY_LIMIT);
    settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    try {
      spill = new ScratchFolder(cache);
    } catch (IOException e) {
      throw new CapbenchException(
          cache + " cannot be written: " + e + "; choose another cache folder or free the disk", e);
    }
    settings.setProperty("temp_directory", spill.path().toString());
    try {
      root = start(settings);
    } catch (SQLException e) {
      removeSpill();
      throw new CapbenchException("DuckDB does not start: " + DuckErrors.sentence(e), e);
    }
  }

  private static DuckDBConnection start(Properties settings) throws SQLException {
    DuckDBConnection connection =
        (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", settings);
    try (Statement statement = connection.createStatement()) {
      // Prefetching reads whole row groups where a page needs a few kilobytes of them.
      statement.execute("SET GLOBAL disable_parquet_prefetching = true");
      statement.execute("SET GLOBAL parquet_metadata_cache = true");
      statement.execute(Sql.WORDS);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Whether it was closed, and every table is gone. */
  boolean closed() {
    return closed;
  }

  /** A connection to be closed by the caller. */
  DuckDBConnection connect() throws SQLException {
    if (closed()) {
      throw new IllegalStateException("The dataset is closed");
    }
    return root.duplicate();
  }

  /** Reads one value of every row of a result. */
  interface Column<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Runs a query with a small result. */
  <T> List<T> list(String sql, List<?> parameters, Column<T> column) throws SQLException {
    try (DuckDBConnection connection = connect();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> values = new ArrayList<>();
      while (rows.next()) {
        values.add(column.of(rows));
      }
      return values;
    }
  }

  /**
   * Runs a statement that may take long; its progress is told as parts of {@code total}.
   *
   * @throws CancellationException if the job was cancelled
   */
  void execute(String sql, List<?> parameters, JobContext context, long total, String unit)
      throws SQLException {
    context.checkCancelled();
    try (DuckDBConnection connection = connect()) {
      try (Statement settings = connection.createStatement()) {
        settings.execute("SET enable_progress_bar = true");
        settings.execute("SET enable_progress_bar_print = false");
      }
      try (DuckDBPreparedStatement statement = prepare(connection, sql, parameters)) {
        JobContext.Registration wake = context.onCancel(() -> cancel(statement));
        QueryProgressWatch watch = new QueryProgressWatch(statement, context, total, unit);
        try {
          statement.execute();
        } finally {
          watch.close();
          wake.close();
        }
      }
    } catch (SQLException e) {
      if (context.cancelled()) {
        CancellationException cancelled = new CancellationException("Cancelled");
        cancelled.initCause(e);
        throw cancelled;
      }
      throw e;
    }
    context.checkCancelled();
  }

  private static DuckDBPreparedStatement prepare(
      DuckDBConnection connection, String sql, List<?> parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    return (DuckDBPreparedStatement) statement;
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException("The query cannot be cancelled", e);
    }
  }

  /** Ends the database and removes what it spilt. Idempotent. */
  @Override
  public void close() {
    closed = true;
    try {
      root.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close", e);
    } finally {
      removeSpill();
    }
  }

  private void removeSpill() {
    try {
      spill.close();
    } catch (IOException e) {
      // Nothing is lost, and the next start tries again.
      LOG.warn("{} cannot be removed", spill.path(), e);
    }
  }
}
