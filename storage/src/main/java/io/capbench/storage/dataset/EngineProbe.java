package io.capbench.storage.dataset;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/**
 * Tries the native libraries that datasets and workspaces stand on, for a diagnosis. Every method
 * throws a {@link CapbenchException} or a {@link LinkageError} if the library does not work here.
 */
public final class EngineProbe {
  private static final int ANSWER = 42;

  private final Path scratch;

  /**
   * A probe.
   *
   * @param scratch a folder that can be written; nothing stays in it
   */
  public EngineProbe(Path scratch) {
    this.scratch = scratch;
  }

  /** Runs a query in DuckDB: its version. */
  public String duckDb() {
    try (DuckDatabase database = new DuckDatabase(scratch)) {
      return database.list("SELECT version()", List.of(), row -> row.getString(1)).get(0);
    } catch (SQLException e) {
      throw new CapbenchException("DuckDB does not answer: " + DuckErrors.sentence(e), e);
    }
  }

  /** Carries a number from DuckDB to Java through Arrow: the number. */
  public int arrow() {
    try (DuckDatabase database = new DuckDatabase(scratch);
        DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement();
        DuckDBResultSet result =
            (DuckDBResultSet) statement.executeQuery("SELECT " + ANSWER + "::INTEGER AS n");
        BufferAllocator allocator = new RootAllocator();
        ArrowReader arrow = (ArrowReader) result.arrowExportStream(allocator, 1)) {
      arrow.loadNextBatch();
      int carried = ((IntVector) arrow.getVectorSchemaRoot().getVector(0)).get(0);
      if (carried != ANSWER) {
        throw new CapbenchException("Arrow made " + carried + " of " + ANSWER);
      }
      return carried;
    } catch (SQLException | IOException e) {
      throw new CapbenchException("Arrow carries nothing: " + DuckErrors.sentence(e), e);
    }
  }

  /** Runs a query in SQLite: its version. */
  public String sqlite() {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT sqlite_version()")) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new CapbenchException("SQLite does not answer: " + e.getMessage(), e);
    }
  }
}
