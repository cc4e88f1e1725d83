#!/usr/bin/env bash
# DuckDB 2.0.0 (org.duckdb:duckdb_jdbc:2.0.0.1): read_csv without several threads leaves the last row
# out if its quote does not end.
#
# Two options that should change no more than memory and speed decide whether damage is an error or a
# row less. A field whose quote does not end, in the last row: an error, but with parallel=false that
# row is left out in silence. A last row that is longer than max_line_size: an error, but with a
# buffer_size in which it does not fit, left out in silence too. strict_mode is on all the time. It is
# the shape of a file whose download broke off: all is read, nothing is said, a caption is missing.
. "$(dirname "$0")/common.sh"

packages org.duckdb:duckdb_jdbc:2.0.0.1

program << 'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class Finding {
  public static void main(String[] args) throws Exception {
    String head = "id,caption\n1,a red boat\n";
    Files.writeString(Path.of("quote.csv"), head + "2,\"a green boat\n");
    Files.writeString(Path.of("long.csv"), head + "2," + "boat ".repeat(1000) + "\n");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      look(connection, "quote.csv", "");
      look(connection, "quote.csv", ", parallel=false");
      look(connection, "long.csv", ", max_line_size=1000");
      look(connection, "long.csv", ", max_line_size=1000, buffer_size=4096");
    }
  }

  private static void look(Connection connection, String file, String options) throws SQLException {
    String sql =
        "SELECT count(caption) FROM read_csv('"
            + file
            + "', auto_detect=false, header=true, delim=',', quote='\"', escape='\"', strict_mode=true,"
            + " columns={id: 'INTEGER', caption: 'VARCHAR'}"
            + options
            + ")";
    String result;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      result = rows.getInt(1) + " of 2 rows";
    } catch (SQLException e) {
      result = e.getMessage().contains("unterminated quote") ? "error: unterminated quote"
          : e.getMessage().contains("Maximum line size") ? "error: line too long" : e.getMessage();
    }
    System.out.println(file + options + ": " + result);
  }
}
JAVA

seen << 'SEEN'
quote.csv: error: unterminated quote
quote.csv, parallel=false: 1 of 2 rows
long.csv, max_line_size=1000: error: line too long
long.csv, max_line_size=1000, buffer_size=4096: 1 of 2 rows
SEEN
