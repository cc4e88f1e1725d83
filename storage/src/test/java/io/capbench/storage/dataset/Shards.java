package io.capbench.storage.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Arrays;
import org.duckdb.DuckDBDriver;

/** Writes parquet files for tests with DuckDB. */
final class Shards {
  private Shards() {}

  /** Writes the result of a query, in row groups of 2,048 rows. */
  static Path write(Path file, String query, Object... parameters) throws Exception {
    return write(file, "FORMAT parquet, ROW_GROUP_SIZE 2048", query, parameters);
  }

  /** Writes the result of a query without compression, so that its bytes can be tampered with. */
  static Path writePlain(Path file, String query) throws Exception {
    return write(file, "FORMAT parquet, ROW_GROUP_SIZE 2048, COMPRESSION uncompressed", query);
  }

  private static Path write(Path file, String options, String query, Object... parameters)
      throws Exception {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", null);
        Statement statement = connection.createStatement()) {
      if (parameters.length == 0) {
        statement.execute("CREATE TABLE shard AS " + query);
      } else {
        statement.execute("CREATE TABLE shard (n BIGINT, text VARCHAR)");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO shard " + query)) {
          for (int i = 0; i < parameters.length; i++) {
            insert.setObject(i + 1, parameters[i]);
          }
          insert.execute();
        }
      }
      statement.execute("COPY shard TO " + Sql.literal(file.toString()) + " (" + options + ")");
    }
    return file;
  }

  /** Overwrites every occurrence of a text in a file with another one of the same length. */
  static void replace(Path file, String from, byte[] to) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    byte[] search = from.getBytes(StandardCharsets.UTF_8);
    int found = 0;
    for (int at = 0; at + search.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + search.length, search, 0, search.length)) {
        System.arraycopy(to, 0, bytes, at, to.length);
        found++;
      }
    }
    if (found == 0) {
      throw new IllegalArgumentException(from + " is not in " + file);
    }
    Files.write(file, bytes);
  }

  /** A query for CapsFusion rows: raw 0, raw 1, ... */
  static String capsFusion(int rows) {
    return "SELECT 'http://example.org/' || i AS image_url, 'raw ' || i AS laion_2b, 'photo ' || i AS"
        + " laion_coco, 'fused ' || i AS capsfusion FROM range("
        + rows
        + ") AS t(i)";
  }
}
