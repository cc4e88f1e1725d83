package io.capbench.storage.workspace;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * Opens workspace files: makes new ones, brings old ones up to date, refuses what is not ours.
 *
 * @param schema the layout to open with
 * @param writable whether a file or folder can be written
 * @param busyMillis how long to wait for another program's transaction to end
 */
record WorkspaceOpener(WorkspaceSchema schema, Predicate<Path> writable, int busyMillis) {
  private static final int BUSY_MILLIS = 5_000;

  /** "CAPB": marks the SQLite file as ours. */
  static final int APPLICATION_ID = 0x43415042;

  private static final Logger log = LoggerFactory.getLogger(WorkspaceOpener.class);
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 100;
  private static final int APPLICATION_ID_OFFSET = 68;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** For files of this version of the program. */
  static WorkspaceOpener current() {
    return new WorkspaceOpener(WorkspaceSchema.current(), Files::isWritable, BUSY_MILLIS);
  }

  /** Opens the file for writing, or for reading where it cannot be written. */
  WorkspaceConnection open(Path named) {
    Path file = named.toAbsolutePath().normalize();
    Path folder = folderOf(file);
    try {
      if (Files.exists(file)) {
        checkOurs(file);
        if (!writable.test(file) || !writable.test(folder)) {
          return openForReading(file);
        }
      } else {
        makeFolder(file, folder);
        make(file);
      }
      return openForWriting(file);
    } catch (SQLException e) {
      throw WorkspaceErrors.explain(file, e);
    } catch (IOException e) {
      throw new CapbenchException(
          "The workspace " + file + " could not be read: " + e.getMessage(), e);
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.getParent();
    if (folder == null) {
      throw new CapbenchException(
          "A workspace is a file, and " + file + " is a folder. Name a file in it.");
    }
    return folder;
  }

  private void makeFolder(Path file, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotCreate(file, folder, e);
    }
    if (!writable.test(folder)) {
      throw cannotCreate(file, folder, null);
    }
  }

  /**
   * Makes the file under another name and puts it into its place whole: SQLite lets nobody wait who
   * changes the journal of a file that others are just making too.
   */
  private void make(Path file) throws SQLException, IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new-" + UUID.randomUUID());
    try {
      openForWriting(fresh).close();
      try {
        Files.createLink(file, fresh);
      } catch (UnsupportedOperationException | FileSystemException e) {
        log.debug("No hard link to {}", fresh, e);
        if (Files.notExists(file)) { // this disk has no links
          Files.move(fresh, file);
        }
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static CapbenchException cannotCreate(
      Path file, Path folder, @Nullable IOException cause) {
    return new CapbenchException(
        "The workspace "
            + file.getFileName()
            + " cannot be made, because the folder "
            + folder
            + " cannot be written. Choose another folder with --workspace, or give yourself the"
            + " right to write there.",
        cause);
  }

  /** Looks at the header's bytes, so that a file that is not ours is not even opened by SQLite. */
  private static void checkOurs(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CapbenchException(
          "A workspace is a file, and " + file + " is a folder. Name a file in it.");
    }
    if (!Files.isRegularFile(file)) {
      throw new CapbenchException(
          "A workspace is a file on a disk, and " + file + " is a device or a pipe. Name another.");
    }
    byte[] header;
    try (var in = Files.newInputStream(file)) {
      header = in.readNBytes(HEADER_BYTES);
    }
    if (header.length == 0) {
      return; // Made by touch, or left by a program killed before its first write.
    }
    boolean sqlite =
        header.length == HEADER_BYTES
            && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    if (!sqlite || ByteBuffer.wrap(header).getInt(APPLICATION_ID_OFFSET) != APPLICATION_ID) {
      throw new CapbenchException(
          "The file "
              + file
              + " is not a Capbench workspace"
              + (sqlite ? " but another program's SQLite database" : "")
              + ". It was left untouched. Name another file with --workspace; a new one is made if"
              + " it does not exist.");
    }
  }

  private WorkspaceConnection openForWriting(Path file) throws SQLException, IOException {
    Connection connection = connect(file, "mode=rwc");
    try {
      int version = checkVersion(file, connection);
      if (version > 0 && version < schema.version()) {
        backUp(file, connection, version);
      }
      schema.migrate(connection);
      WorkspaceConnection.execute(connection, "PRAGMA journal_mode = WAL");
      return new WorkspaceConnection(file, connection, false);
    } catch (SQLException | IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * A WAL file in a folder that cannot be written opens plainly if its two side files lie there,
   * and as immutable if they do not: then nothing is pending in them and nobody can write.
   */
  private WorkspaceConnection openForReading(Path file) throws SQLException {
    if (isEmpty(file)) {
      throw new CapbenchException(
          "The workspace " + file + " is empty and cannot be written. Choose another file.");
    }
    try {
      return openForReading(file, "mode=ro");
    } catch (SQLException e) {
      if (!WorkspaceErrors.is(e, SQLiteErrorCode.SQLITE_CANTOPEN)
          && !WorkspaceErrors.is(e, SQLiteErrorCode.SQLITE_READONLY)) {
        throw e;
      }
      log.debug("Opening {} as immutable, because: {}", file, e.getMessage());
    }
    return openImmutable(file);
  }

  /** Opens a file to which nobody can write now; apart from the above, tests do this as root. */
  WorkspaceConnection openImmutable(Path file) throws SQLException {
    Path pending = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.exists(pending) && !isEmpty(pending)) {
      throw new CapbenchException(
          "The workspace "
              + file
              + " has decisions pending in "
              + pending.getFileName()
              + ", and its folder cannot be written. Copy both files to a folder of yours and open"
              + " the copy.");
    }
    return openForReading(file, "immutable=1");
  }

  private WorkspaceConnection openForReading(Path file, String options) throws SQLException {
    Connection connection = connect(file, options);
    try {
      checkNotOlder(file, connection);
      return new WorkspaceConnection(file, connection, true);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void checkNotOlder(Path file, Connection connection) throws SQLException {
    int version = checkVersion(file, connection);
    if (version < schema.version()) {
      throw new CapbenchException(
          "The workspace "
              + file
              + " was made by an older version and has to be brought up to date, but it or its"
              + " folder cannot be written. Copy it to a folder of yours and open the copy.");
    }
  }

  private int checkVersion(Path file, Connection connection) throws SQLException {
    int version = WorkspaceSchema.versionOf(connection);
    if (version > schema.version()) {
      throw new CapbenchException(
          "The workspace "
              + file
              + " was made by a newer version of Capbench (layout "
              + version
              + ", this version knows "
              + schema.version()
              + "). It was left untouched. Open it with the newer version.");
    }
    return version;
  }

  private static void backUp(Path file, Connection connection, int version)
      throws SQLException, IOException {
    String name = file.getFileName() + ".backup-v" + version + "-" + STAMP.format(Instant.now());
    Path part = file.resolveSibling(name + ".part");
    try {
      try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, part.toString());
        copy.execute();
      }
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, file.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    log.info("Kept a copy of {} as {} before bringing it up to date", file, name);
  }

  private static boolean isEmpty(Path file) {
    return file.toFile().length() == 0;
  }

  private Connection connect(Path file, String options) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(busyMillis);
    config.enforceForeignKeys(true);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    // An escaped file URI: a path may hold ?, # and %.
    String url = "jdbc:sqlite:" + file.toUri() + "?" + options;
    return DriverManager.getConnection(url, config.toProperties());
  }
}
