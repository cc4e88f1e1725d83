#!/usr/bin/env bash
# DuckDB 2.0.0 (org.duckdb:duckdb_jdbc:2.0.0.1) with Arrow Java 19.0.0: a result set that was looked
# into loses rows when it is exported to Arrow.
#
# arrowExportStream may be called after next(), which invites to look at the first row and then take
# the rest, or all, as Arrow vectors. The export then begins with the second block of 2,048 rows: the
# row that next() gave and the 2,047 after it never come, and nothing is said. A small result comes
# out empty.
. "$(dirname "$0")/common.sh"

packages org.duckdb:duckdb_jdbc:2.0.0.1 org.apache.arrow:arrow-vector:19.0.0 \
  org.apache.arrow:arrow-c-data:19.0.0 org.apache.arrow:arrow-memory-netty:19.0.0 \
  org.slf4j:slf4j-nop:2.0.17

program << 'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

class Finding {
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        BufferAllocator allocator = new RootAllocator()) {
      for (int rows : new int[] {5000, 100}) {
        for (int taken : new int[] {0, 1}) {
          System.out.println(
              rows
                  + " rows, next() called "
                  + taken
                  + " times: "
                  + exported(connection, allocator, rows, taken)
                  + " exported");
        }
      }
    }
  }

  private static long exported(Connection connection, BufferAllocator allocator, int rows, int taken)
      throws Exception {
    try (Statement statement = connection.createStatement();
        DuckDBResultSet result =
            (DuckDBResultSet) statement.executeQuery("SELECT i FROM range(" + rows + ") t(i)")) {
      for (int i = 0; i < taken; i++) {
        result.next();
      }
      long count = 0;
      try (ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, 10_000)) {
        while (reader.loadNextBatch()) {
          count += reader.getVectorSchemaRoot().getRowCount();
        }
      }
      return count;
    }
  }
}
JAVA

seen << 'SEEN'
5000 rows, next() called 0 times: 5000 exported
5000 rows, next() called 1 times: 2952 exported
100 rows, next() called 0 times: 100 exported
100 rows, next() called 1 times: 0 exported
SEEN
