package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Copies JSON into a parquet file of the cache, because only parquet gives a page without reading
 * everything before it. The copy is named by the content of the source, so it is made once and an
 * old one is never taken for a changed source.
 */
final class JsonImport {
  private static final int HEAD = 1 << 16;
  private static final int TAIL = 1 << 12;
  private static final String VERSION = "1";

  private final DuckDatabase database;
  private final Path folder;

  JsonImport(DuckDatabase database, Path cache) {
    this.database = database;
    this.folder = cache.resolve("json");
  }

  /**
   * The parquet copy of a JSON array of objects, or of one object a line.
   *
   * @param fingerprint of the source
   * @throws CapbenchException if the source is not that, naming it
   */
  Path parquet(Path source, String fingerprint, JobContext context) {
    Path copy = folder.resolve(fingerprint + "-" + VERSION + ".parquet");
    if (Files.exists(copy)) {
      return copy;
    }
    try {
      String format = format(source);
      Files.createDirectories(folder);
      Path unfinished = Files.createTempFile(folder, "import-", ".part");
      try {
        write(source, format, unfinished, context);
        Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      return copy;
    } catch (IOException e) {
      throw new CapbenchException(
          source + " cannot be imported into " + folder + ": " + e + "; check both", e);
    } catch (SQLException e) {
      throw new CapbenchException(
          source
              + " is not valid JSON ("
              + DuckErrors.sentence(e)
              + "); mend or write the file again",
          e);
    }
  }

  private void write(Path source, String format, Path target, JobContext context)
      throws SQLException {
    String file = Sql.file(source);
    String sample = "read_json(" + file + ", format='" + format + "', sample_size=-1)";
    List<ColumnInfo> columns =
        database.list(
            "DESCRIBE SELECT * FROM " + sample,
            List.of(),
            row -> new ColumnInfo(row.getString(1), storedType(row.getString(2))));
    if (isEmptyArray(source, columns)) {
      throw new CapbenchException(source + " has no rows; name a file that has some");
    }
    checkSpellings(source, format);
    String types =
        columns.stream()
            .map(column -> Sql.literal(column.name()) + ": " + Sql.literal(column.type()))
            .collect(Collectors.joining(", ", "{", "}"));
    database.execute(
        "COPY (SELECT * FROM read_json("
            + file
            + ", format='"
            + format
            + "', columns="
            + types
            + ")) TO "
            + Sql.literal(target.toAbsolutePath().toString())
            + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10240)",
        List.of(),
        context,
        100,
        "percent");
  }

  // What looks like a date is text that a person wrote, and must come out as it went in.
  private static String storedType(String detected) {
    return switch (detected) {
      case "DATE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "UUID", "JSON" -> "VARCHAR";
      default -> detected;
    };
  }

  private static boolean isEmptyArray(Path source, List<ColumnInfo> columns) throws SQLException {
    if (columns.size() != 1 || !columns.get(0).name().equals("json")) {
      return false;
    }
    try {
      return head(source).replaceAll("\\s", "").equals("[]");
    } catch (IOException e) {
      throw Fingerprint.unreadable(source, e);
    }
  }

  // DuckDB tells names apart regardless of case, and would drop the values of the second key.
  private void checkSpellings(Path source, String format) throws SQLException {
    List<String> keys =
        database.list(
            "SELECT DISTINCT unnest(json_keys(json)) FROM read_json_objects("
                + Sql.file(source)
                + ", format='"
                + format
                + "')",
            List.of(),
            row -> row.getString(1));
    Map<String, Set<String>> spellings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String key : keys) {
      spellings.computeIfAbsent(key, ignored -> new TreeSet<>()).add(key);
    }
    for (Set<String> same : spellings.values()) {
      if (same.size() > 1) {
        throw new CapbenchException(
            source
                + " has keys that differ in case only ("
                + String.join(", ", same)
                + "); give them different names");
      }
    }
  }

  private static String format(Path source) throws IOException {
    String head = head(source).stripLeading();
    if (head.isEmpty()) {
      throw new CapbenchException(source + " is empty; download or write it again");
    }
    if (head.startsWith("{")) {
      return "newline_delimited";
    }
    String inside = head.substring(1).stripLeading();
    boolean array = head.startsWith("[");
    if (!array || !(inside.isEmpty() || inside.startsWith("{") || inside.startsWith("]"))) {
      throw new CapbenchException(
          source + " is not a JSON array of objects, nor one object a line; name such a file");
    }
    if (!tail(source).stripTrailing().endsWith("]")) {
      throw new CapbenchException(
          source + " is cut off: its array has no end; download or write it again");
    }
    return "array";
  }

  private static String head(Path source) throws IOException {
    try (var in = Files.newInputStream(source)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
    }
  }

  private static String tail(Path source) throws IOException {
    try (var in = Files.newByteChannel(source)) {
      in.position(Math.max(0, in.size() - TAIL));
      var buffer = ByteBuffer.allocate(TAIL);
      while (buffer.hasRemaining() && in.read(buffer) >= 0) {
        // until the end of the file
      }
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
  }
}
