#!/usr/bin/env bash
# DuckDB 2.0.0 (org.duckdb:duckdb_jdbc:2.0.0.1): the name of any folder above a file can replace the
# file's own column.
#
# That folders such as year=2024 are taken for partitions is known and meant for sets of files. It is
# done for a single file that is named in full, too, for every folder up to the root, for CSV, JSON
# and parquet; and where the file has a column of that name, the file's values are dropped for the
# folder's, with the folder's type, even where columns={...} asks for another one. A caption of a file
# under caption=7 is the number 7. It takes hive_partitioning=false to read what is in the file.
. "$(dirname "$0")/common.sh"

packages org.duckdb:duckdb_jdbc:2.0.0.1

program << 'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

class Finding {
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of("caption=7", "mine"));
    Path csv = Files.writeString(folder.resolve("a.csv"), "id,caption\n1,a red boat\n");
    Path json = Files.writeString(folder.resolve("a.jsonl"), "{\"id\":1,\"caption\":\"a red boat\"}\n");
    Path parquet = folder.resolve("a.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (SELECT 1 AS id, 'a red boat' AS caption) TO '" + parquet + "'");
      show(statement, "read_csv('" + csv + "'");
      show(statement, "read_json('" + json + "'");
      show(statement, "read_parquet('" + parquet + "'");
      String columns = ", columns={id: 'INTEGER', caption: 'VARCHAR'}";
      show(statement, "read_json('" + json + "'" + columns);
      show(statement, "read_csv('" + csv + "', hive_partitioning=false");
    }
  }

  private static void show(Statement statement, String call) throws Exception {
    try (ResultSet rows =
        statement.executeQuery("SELECT caption, typeof(caption) FROM " + call + ")")) {
      rows.next();
      String shown = call.replaceAll("'.*[/\\\\]", "'");
      System.out.println(shown + "): " + rows.getString(1) + ", " + rows.getString(2));
    }
  }
}
JAVA

seen << 'SEEN'
read_csv('a.csv'): 7, BIGINT
read_json('a.jsonl'): 7, BIGINT
read_parquet('a.parquet'): 7, BIGINT
read_json('a.jsonl', columns={id: 'INTEGER', caption: 'VARCHAR'}): 7, BIGINT
read_csv('a.csv', hive_partitioning=false): a red boat, VARCHAR
SEEN
