package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final int ROWS_BETWEEN_CHECKS = 256;
  private static final String WITHOUT_RESULT = "EXPLAIN ANALYZE ";

  private final DuckDBConnection root;
  private final ScratchFolder spill;
  private final AtomicLong files = new AtomicLong();
  private final QueryInterrupt interrupt = new QueryInterrupt();
  private final Set<Hits> open = ConcurrentHashMap.newKeySet();
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

  /** A folder that is there as long as the database is open, and that others see is in use. */
  Path scratch() {
    return spill.path();
  }

  /** A connection to be closed by the caller. */
  DuckDBConnection connect() throws SQLException {
    if (closed()) {
      throw new IllegalStateException("The dataset is closed");
    }
    return root.duplicate();
  }

  /** A new file that is removed with the database, if its owner does not close it before. */
  ScratchFile scratchFile(String name) {
    return new ScratchFile(spill.path().resolve(name + "-" + files.incrementAndGet()));
  }

  /** Bytes that are free where scratch files are. */
  long freeBytes() throws IOException {
    return Files.getFileStore(spill.path()).getUsableSpace();
  }

  /** Closes something before the database is closed. */
  void owns(Hits view) {
    open.add(view);
  }

  /** Forgets what {@link #owns} said. */
  void disowns(Hits view) {
    open.remove(view);
  }

  /** Reads one value of every row of a result. */
  interface Column<T> {
    T of(ResultSet row) throws SQLException;
  }

  /**
   * What really went wrong with a query without parameters. While the driver streams a result, it
   * loses the message of what ends the query before its first row; where nobody takes the result,
   * it keeps it.
   */
  SQLException cause(SQLException e, String sql) {
    if (!DuckErrors.isLost(e)) {
      return e;
    }
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(WITHOUT_RESULT + sql);
      return e;
    } catch (SQLException cause) {
      cause.addSuppressed(e);
      return cause;
    }
  }

  /** Runs statements that take no time and have no result. */
  void run(String... statements) throws SQLException {
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
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
    } catch (SQLException e) {
      throw parameters.isEmpty() && sql.startsWith("SELECT") ? cause(e, sql) : e;
    }
  }

  /**
   * Runs a query with a small result that may take long.
   *
   * @throws CancellationException if the job was cancelled
   */
  <T> List<T> list(String sql, Column<T> column, JobContext context) throws SQLException {
    List<T> values = new ArrayList<>();
    Watch quiet = new Watch(new QuietContext(context), 1, "queries");
    stream(sql, List.of(), quiet, row -> values.add(column.of(row)));
    return values;
  }

  /**
   * Who watches a statement that may take long; progress is told as parts of {@code total}.
   *
   * @param unit plural noun
   */
  record Watch(JobContext context, long total, String unit) {}

  /**
   * Runs a statement that may take long.
   *
   * @throws CancellationException if the job was cancelled
   */
  void execute(String sql, List<?> parameters, JobContext context, long total, String unit)
      throws SQLException {
    watched(sql, parameters, new Watch(context, total, unit), statement -> statement.execute());
  }

  /** Takes one row after another. */
  interface Rows {
    void accept(ResultSet row) throws SQLException;
  }

  /**
   * Runs a query that may take long, and gives every row as soon as it is there.
   *
   * @throws CancellationException if the job was cancelled
   */
  void stream(String sql, List<?> parameters, Watch watch, Rows rows) throws SQLException {
    Optional<String> plain = inlined(sql, parameters);
    try {
      stream(sql, parameters, plain, watch, rows);
    } catch (SQLException e) {
      if (plain.isPresent() && DuckErrors.isLost(e)) { // see cause(); this one may be cancelled
        execute(
            WITHOUT_RESULT + plain.get(), List.of(), watch.context(), watch.total(), watch.unit());
      }
      throw e;
    }
  }

  private void stream(
      String sql, List<?> parameters, Optional<String> plain, Watch watch, Rows rows)
      throws SQLException {
    watched(
        plain.isPresent() ? "" : sql,
        plain.isPresent() ? List.of() : parameters,
        watch,
        statement -> {
          try (ResultSet result =
              plain.isPresent() ? statement.executeQuery(plain.get()) : statement.executeQuery()) {
            for (long row = 1; result.next(); row++) {
              rows.accept(result);
              if (row % ROWS_BETWEEN_CHECKS == 0) {
                watch.context().checkCancelled();
              }
            }
          }
        });
  }

  // DuckDB collects the whole result of a prepared statement before it gives the first row. If
  // there
  // are as many question marks as values, each of them stands for one.
  private static Optional<String> inlined(String sql, List<?> parameters) {
    boolean texts =
        parameters.stream().allMatch(value -> value instanceof String s && s.indexOf('\0') < 0);
    if (!texts || sql.chars().filter(c -> c == '?').count() != parameters.size()) {
      return parameters.isEmpty() ? Optional.of(sql) : Optional.empty();
    }
    StringBuilder plain = new StringBuilder();
    int next = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '?') {
        plain.append(Sql.literal((String) parameters.get(next++)));
      } else {
        plain.append(c);
      }
    }
    return Optional.of(plain.toString());
  }

  private interface Run {
    void of(PreparedStatement statement) throws SQLException;
  }

  private void watched(String sql, List<?> parameters, Watch watch, Run run) throws SQLException {
    JobContext context = watch.context();
    context.checkCancelled();
    try (DuckDBConnection connection = connect()) {
      try (Statement settings = connection.createStatement()) {
        settings.execute("SET enable_progress_bar = true");
        settings.execute("SET enable_progress_bar_print = false");
      }
      try (DuckDBPreparedStatement statement =
          sql.isEmpty()
              ? (DuckDBPreparedStatement) connection.createStatement()
              : prepare(connection, sql, parameters)) {
        QueryProgressWatch progress =
            new QueryProgressWatch(statement, () -> interrupt.stop(connection), watch);
        JobContext.Registration wake = context.onCancel(progress::look);
        try {
          run.of(statement);
        } finally {
          wake.close();
          progress.close();
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

  /** Ends the database and removes what it spilt. Idempotent. */
  @Override
  public void close() {
    closed = true;
    open.forEach(Hits::close);
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
