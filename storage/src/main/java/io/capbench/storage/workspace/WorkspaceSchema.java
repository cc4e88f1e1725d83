package io.capbench.storage.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The steps that lead to the newest layout of the file. Step n leads from version n-1 to version n;
 * a published step is never changed, a new one is added.
 *
 * @param steps the SQL of step 1, 2, ...
 */
record WorkspaceSchema(List<String> steps) {

  /** The layout that this version of the program reads and writes. */
  static WorkspaceSchema current() {
    return new WorkspaceSchema(
        List.of(
            resource("schema-1.sql"),
            resource("schema-2.sql"),
            resource("schema-3.sql"),
            resource("schema-4.sql")));
  }

  int version() {
    return steps.size();
  }

  /** The version of the file, 0 if it has no layout yet. */
  static int versionOf(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      result.next();
      return result.getInt(1);
    }
  }

  /**
   * Takes every step that the file has not taken, each in a transaction of its own. Two programs
   * may do this at the same time.
   */
  void migrate(Connection connection) throws SQLException {
    for (int step = 1; step <= steps.size(); step++) {
      takeStep(connection, step);
    }
  }

  private void takeStep(Connection connection, int step) throws SQLException {
    WorkspaceConnection.transaction(
        connection,
        inside -> {
          if (versionOf(inside) < step) {
            WorkspaceConnection.execute(inside, steps.get(step - 1));
            WorkspaceConnection.execute(
                inside, "PRAGMA application_id = " + WorkspaceOpener.APPLICATION_ID);
            WorkspaceConnection.execute(inside, "PRAGMA user_version = " + step);
          }
          return step;
        });
  }

  private static String resource(String name) {
    try (InputStream in = WorkspaceSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The program is incomplete: no " + name + " in it");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
