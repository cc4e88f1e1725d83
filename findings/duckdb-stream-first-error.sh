#!/usr/bin/env bash
# DuckDB 2.0.0 (org.duckdb:duckdb_jdbc:2.0.0.1): a streaming query that fails before its first rows
# does not say why.
#
# With the driver's property jdbc_stream_results, what goes wrong while the first rows are computed
# comes out of executeQuery as "Invalid result set", whatever it was: an error in the data, want of
# memory. Without the property, or behind the first few thousand rows, the same error has its message.
# A program that streams has to run the query again without streaming to learn what to tell.
. "$(dirname "$0")/common.sh"

packages org.duckdb:duckdb_jdbc:2.0.0.1

program << 'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

class Finding {
  public static void main(String[] args) throws Exception {
    for (boolean streaming : new boolean[] {false, true}) {
      Properties settings = new Properties();
      settings.setProperty("jdbc_stream_results", String.valueOf(streaming));
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings)) {
        for (int broken : new int[] {10, 2_000_000}) {
          System.out.println(
              "streaming " + streaming + ", row " + broken + " broken: " + read(connection, broken));
        }
      }
    }
  }

  private static String read(Connection connection, int broken) {
    String sql =
        "SELECT CASE WHEN i = "
            + broken
            + " THEN error('this row is broken') ELSE i END FROM range(3000000) t(i)";
    String where = "executeQuery";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      where = "next";
      while (rows.next()) {
        // on to the broken row
      }
      return "no error";
    } catch (SQLException e) {
      return e.getMessage() + " (" + where + ")";
    }
  }
}
JAVA

seen << 'SEEN'
streaming false, row 10 broken: Invalid Input Error: this row is broken (executeQuery)
streaming false, row 2000000 broken: Invalid Input Error: this row is broken (executeQuery)
streaming true, row 10 broken: Invalid Input Error: Invalid result set (executeQuery)
streaming true, row 2000000 broken: Invalid Input Error: this row is broken (next)
SEEN
