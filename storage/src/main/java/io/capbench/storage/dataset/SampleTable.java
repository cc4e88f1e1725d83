package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.source.SampleLines;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes parquet files of samples. A file remembers what was wrong with its source. */
final class SampleTable {
  private static final String PROBLEM = "capbench_problem";

  private final DuckDatabase database;

  SampleTable(DuckDatabase database) {
    this.database = database;
  }

  /** Reads samples. */
  interface Reading {
    /**
     * Reads them all.
     *
     * @return null, or a sentence that says why there may be more than were read
     */
    @Nullable String into(SampleLines lines) throws IOException;
  }

  /**
   * Writes a table.
   *
   * @param scratch a folder that is removed afterwards
   * @param target the file to write
   */
  void write(Path scratch, Path target, Reading reading, JobContext context) throws IOException {
    Path file = scratch.resolve("samples.jsonl");
    SampleLines lines = new SampleLines(file);
    String problem;
    try (lines) {
      problem = reading.into(lines);
    }
    String columns =
        lines.types().entrySet().stream()
            .map(column -> Sql.literal(column.getKey()) + ": " + Sql.literal(column.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    String sql =
        "COPY (SELECT * FROM read_json("
            + Sql.file(file)
            + ", format='newline_delimited', hive_partitioning=false, columns="
            + columns
            + ")) TO "
            + Sql.literal(target.toAbsolutePath().toString())
            + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10240"
            + (problem == null
                ? ""
                : ", KV_METADATA {" + PROBLEM + ": " + Sql.literal(problem) + "}")
            + ")";
    try {
      database.execute(sql, List.of(), context, 100, "percent");
    } catch (SQLException e) {
      throw new IOException("its samples make no table: " + DuckErrors.sentence(e), e);
    }
  }

  /** What was wrong with the source of a table. */
  Optional<String> problem(Path table) throws SQLException {
    String sql =
        "SELECT decode(value) FROM parquet_kv_metadata("
            + Sql.file(table)
            + ") WHERE decode(key) = '"
            + PROBLEM
            + "'";
    return database.list(sql, List.of(), row -> row.getString(1)).stream().findFirst();
  }
}
