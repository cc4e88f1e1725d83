package io.capbench.storage.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * The SQLite file of {@link ImageStatuses}: opened when it is first needed, shared with other
 * programs, made anew if it is damaged. Whatever goes wrong is logged and costs what was known, no
 * more: it is a cache. Thread-safe; one call after another.
 */
final class StatusFile {
  private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
  private static final int WAIT_MILLIS = 2_000;
  private static final int VERSION = 1;

  private final Path path;
  private @Nullable Connection open;
  private boolean hopeless;

  StatusFile(Path path) {
    this.path = path;
  }

  /** Something read. */
  @FunctionalInterface
  interface Reading<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Something written, as one transaction. */
  @FunctionalInterface
  interface Writing {
    void run(Connection connection) throws SQLException;
  }

  /** Makes something of a row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Reads, or gives the other value if the file is not there or cannot be read. */
  synchronized <T> T read(T otherwise, Reading<T> reading) {
    if (open == null && !Files.exists(path)) {
      return otherwise;
    }
    try {
      Connection connection = connection();
      return connection == null ? otherwise : reading.run(connection);
    } catch (SQLException e) {
      failed(e);
      return otherwise;
    }
  }

  /** Writes, if that is possible. */
  synchronized void write(Writing writing) {
    try {
      Connection connection = connection();
      if (connection != null) {
        transaction(connection, writing);
      }
    } catch (SQLException e) {
      failed(e);
    }
  }

  private static void transaction(Connection connection, Writing writing) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
    try {
      writing.run(connection);
      execute(connection, "COMMIT");
    } catch (SQLException | RuntimeException e) {
      try {
        execute(connection, "ROLLBACK");
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private @Nullable Connection connection() throws SQLException {
    if (open == null && !hopeless) {
      try {
        Files.createDirectories(path.toAbsolutePath().resolveSibling(""));
      } catch (IOException e) {
        throw new SQLException("The folder of " + path + " cannot be made", e);
      }
      open = openFile();
    }
    return open;
  }

  private Connection openFile() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(WAIT_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // A crash of the machine may cost the last statuses, not the file.
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + path.toAbsolutePath(), config.toProperties());
    try {
      transaction(connection, StatusFile::makeTables);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void makeTables(Connection connection) throws SQLException {
    int version;
    try (PreparedStatement select = connection.prepareStatement("PRAGMA user_version")) {
      version = list(select, row -> row.getInt(1)).get(0);
    }
    if (version == VERSION) {
      return;
    }
    execute(connection, "DROP TABLE IF EXISTS image");
    execute(
        connection,
        "CREATE TABLE image (key TEXT PRIMARY KEY, status TEXT NOT NULL, message TEXT NOT NULL,"
            + " content TEXT, tries INTEGER NOT NULL, checked INTEGER NOT NULL, until INTEGER NOT"
            + " NULL, change INTEGER NOT NULL) WITHOUT ROWID");
    execute(connection, "CREATE INDEX image_change ON image (change)");
    execute(connection, "PRAGMA user_version = " + VERSION);
  }

  /** All rows of a query. */
  static <T> List<T> list(PreparedStatement select, RowReader<T> reader) throws SQLException {
    List<T> all = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.add(reader.read(rows));
      }
    }
    return all;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private void failed(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    boolean damaged =
        code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    boolean busy = code == SQLiteErrorCode.SQLITE_BUSY.code;
    LOG.warn("What is known of images in {} cannot be used: {}", path, e.toString());
    if (busy) {
      return;
    }
    close();
    if (damaged) {
      remove();
    } else {
      hopeless = true; // a full disk, a folder that may not be written: said once
    }
  }

  private void remove() {
    for (String suffix : List.of("", "-wal", "-shm")) {
      try {
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + suffix));
      } catch (IOException e) {
        LOG.warn("{} is damaged and cannot be removed", path, e);
        hopeless = true;
      }
    }
  }

  synchronized void close() {
    Connection connection = open;
    open = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.warn("{} did not close", path, e);
      }
    }
  }
}
