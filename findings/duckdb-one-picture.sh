#!/usr/bin/env bash
# DuckDB 2.0.0 (org.duckdb:duckdb_jdbc:2.0.0.1): one cell of a parquet file needs the memory of its
# whole row group.
#
# 2,000 pictures of 40 kB that DuckDB writes are one row group of 80 MB; smaller ones than 2,048 rows it
# does not write. To read one picture by its row number takes memory for all: with a memory_limit of
# 60 MB the query for 40 kB fails, on one thread and in a file without compression; with 1 GB it works.
# Whoever looks pictures up one by one pays that for each, and pays several at once for those looked up
# at the same time.
. "$(dirname "$0")/common.sh"

packages org.duckdb:duckdb_jdbc:2.0.0.1

program << 'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class Finding {
  private static final String PICTURE =
      "SELECT octet_length(picture) FROM read_parquet('pictures.parquet') WHERE file_row_number = 7";

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT repeat(md5(i::VARCHAR), 1250)::BLOB AS picture FROM range(2000) t(i))"
              + " TO 'pictures.parquet' (COMPRESSION uncompressed)");
    }
    for (String limit : new String[] {"60MB", "1GB"}) {
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = connection.createStatement()) {
        statement.execute("SET threads = 1");
        statement.execute("SET memory_limit = '" + limit + "'");
        System.out.println("memory_limit " + limit + ": " + picture(statement));
      }
    }
  }

  private static String picture(Statement statement) {
    try (ResultSet rows = statement.executeQuery(PICTURE)) {
      rows.next();
      return "a picture of " + rows.getInt(1) + " bytes";
    } catch (SQLException e) {
      return e.getMessage().lines().findFirst().orElseThrow().replaceFirst(":.*", "");
    }
  }
}
JAVA

seen << 'SEEN'
memory_limit 60MB: Out of Memory Error
memory_limit 1GB: a picture of 40000 bytes
SEEN
