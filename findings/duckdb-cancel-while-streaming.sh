#!/usr/bin/env bash
# DuckDB 2.0.0 (org.duckdb:duckdb_jdbc:2.0.0.1): Statement.cancel does nothing once rows stream.
#
# cancel() stops a query that has given no row yet. With the property jdbc_stream_results a query goes
# on while its first rows are read; cancel() is then ignored without an error. Here 20 million rows
# are computed as they are fetched. After the first of them cancel() is called, and all others still
# come: far more than a buffer holds, so the query went on.
. "$(dirname "$0")/common.sh"

packages org.duckdb:duckdb_jdbc:2.0.0.1

program << 'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;

class Finding {
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings)) {
      System.out.println("cancelled before the first row: " + beforeTheFirstRow(connection));
      System.out.println("cancelled after the first row: " + afterTheFirstRow(connection));
    }
  }

  private static String beforeTheFirstRow(Connection connection) throws Exception {
    String endless = "SELECT sum(a.i * b.i % 7) FROM range(10000000) a(i), range(10000000) b(i)";
    Timer timer = new Timer(true);
    try (Statement statement = connection.createStatement()) {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              try {
                statement.cancel();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }
          },
          500,
          500);
      statement.executeQuery(endless);
      return "it ended by itself";
    } catch (SQLException e) {
      return "it stopped";
    } finally {
      timer.cancel();
    }
  }

  private static String afterTheFirstRow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT i FROM range(20000000) t(i)")) {
      rows.next();
      statement.cancel();
      long count = 1;
      while (rows.next()) {
        count++;
      }
      return count + " rows came";
    } catch (SQLException e) {
      return "it stopped";
    }
  }
}
JAVA

seen << 'SEEN'
cancelled before the first row: it stopped
cancelled after the first row: 20000000 rows came
SEEN
