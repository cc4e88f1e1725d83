package io.capbench.storage.bench;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBResultSet;

/**
 * DuckDB as it is, without Capbench around it: the yardstick of the benchmark. Has the memory limit
 * that Capbench gives it, and every other setting as DuckDB sets it. Not thread-safe.
 */
public final class BareQueries implements AutoCloseable {
  private static final int BATCH = 65_536;

  private final Connection connection;

  /**
   * Starts DuckDB.
   *
   * @param scratch folder that it may spill to
   */
  public BareQueries(Path scratch) {
    try {
      connection = connect(scratch);
    } catch (SQLException e) {
      throw new CapbenchException("DuckDB does not start: " + e.getMessage(), e);
    }
  }

  static Connection connect(Path scratch) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("memory_limit", "1GB");
    settings.setProperty("temp_directory", scratch.resolve("spilt").toString());
    settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    return new DuckDBDriver().connect("jdbc:duckdb:", settings);
  }

  static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException("The query cannot be cancelled", e);
    }
  }

  static String literal(Path file) {
    return "'" + file.toAbsolutePath().toString().replace("'", "''") + "'";
  }

  /**
   * Runs a query over shards and takes its whole result, without looking at it.
   *
   * @param select what stands before FROM, such as {@code SELECT count(*)}
   * @param rest what stands behind the shards, such as a WHERE clause
   * @return number of rows of the result
   */
  public long run(String select, List<Path> shards, String rest) {
    String files =
        shards.stream().map(BareQueries::literal).collect(Collectors.joining(", ", "[", "]"));
    String sql = select + " FROM read_parquet(" + files + ") " + rest;
    return drain(sql);
  }

  /** Reads the footers of these shards. */
  public long footers(List<Path> shards) {
    return drain(
        shards.stream()
            .map(BareQueries::literal)
            .collect(
                Collectors.joining(
                    ", ", "SELECT sum(num_rows) FROM parquet_file_metadata([", "])")));
  }

  private long drain(String sql) {
    try (Statement statement = connection.createStatement();
        DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
        BufferAllocator allocator = new RootAllocator();
        ArrowReader arrow = (ArrowReader) result.arrowExportStream(allocator, BATCH)) {
      long rows = 0;
      while (arrow.loadNextBatch()) {
        rows += arrow.getVectorSchemaRoot().getRowCount();
      }
      return rows;
    } catch (SQLException | IOException e) {
      throw new CapbenchException("DuckDB does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close", e);
    }
  }
}
