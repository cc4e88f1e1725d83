#!/usr/bin/env bash
# DuckDB 2.0.0 (org.duckdb:duckdb_jdbc:2.0.0.1): the columns that read_json finds cannot be given back
# to it where two keys differ in case only.
#
# Names of columns do not depend on case, so of the keys Caption and caption read_json makes the
# columns Caption and caption_1, and reads both. DESCRIBE names and types them; what it says, given
# back as columns={...} to read the rest of a data set with the same types, is accepted, and all
# values of caption_1 are null: there the names are looked up among the keys as they are.
. "$(dirname "$0")/common.sh"

packages org.duckdb:duckdb_jdbc:2.0.0.1

program << 'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.StringJoiner;

class Finding {
  public static void main(String[] args) throws Exception {
    Files.writeString(
        Path.of("captions.jsonl"),
        "{\"Caption\": \"a boat\", \"caption\": \"a red boat\"}\n{\"caption\": \"a sail\"}\n");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      StringJoiner columns = new StringJoiner(", ", "{", "}");
      String found = "read_json('captions.jsonl')";
      try (ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + found)) {
        while (rows.next()) {
          columns.add(rows.getString(1) + ": '" + rows.getString(2) + "'");
        }
      }
      System.out.println("described as " + columns);
      show(statement, "as found: ", found);
      show(statement, "as described: ", "read_json('captions.jsonl', columns=" + columns + ")");
    }
  }

  private static void show(Statement statement, String what, String table) throws Exception {
    StringJoiner values = new StringJoiner("; ", what, "");
    try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      while (rows.next()) {
        values.add(rows.getString(1) + ", " + rows.getString(2));
      }
    }
    System.out.println(values);
  }
}
JAVA

seen << 'SEEN'
described as {Caption: 'VARCHAR', caption_1: 'VARCHAR'}
as found: a boat, a red boat; null, a sail
as described: a boat, null; null, null
SEEN
