package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.source.KeyedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Copies JSON into a parquet file of the cache. */
final class JsonImport {
  private static final int HEAD = 1 << 16;
  private static final int TAIL = 1 << 12;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final String NULL = "\"NULL\"";
  private static final String LINES = "newline_delimited";
  private static final Pattern ADVICE = Pattern.compile("\\s*Try (setting|auto|increasing).*");
  private static final String VERSION = "4";

  private final DuckDatabase database;
  private final ImportFolder imports;
  private final SampleTable samples;

  JsonImport(DuckDatabase database, Path cache) {
    this.database = database;
    this.samples = new SampleTable(database);
    this.imports = new ImportFolder(cache, ImportCache.Kind.JSON, database.scratch());
  }

  /**
   * The parquet copy of a JSON array of objects, or of one object a line.
   *
   * @param fingerprint of the source
   * @throws CapbenchException if the source is not that, naming it
   */
  Path parquet(Path source, String fingerprint, JobContext context) {
    return imports.once(
        source,
        fingerprint,
        VERSION,
        (scratch, target) -> {
          if (isKeyed(source)) {
            KeyedJson rows = new KeyedJson(source);
            samples.write(scratch, target, lines -> rows.read(lines, context), context);
            return;
          }
          String format = format(source);
          Path readable = withoutMark(source, scratch);
          try {
            write(source, readable, format, target, context);
          } catch (SQLException e) {
            throw invalid(source, format, e);
          }
        });
  }

  private static boolean isKeyed(Path source) throws IOException {
    String name = source.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".json") && new KeyedJson(source).fits();
  }

  private static CapbenchException invalid(Path source, String format, SQLException e)
      throws IOException {
    String problem = DuckErrors.sentence(e);
    if (DuckErrors.isAboutMemory(e)) {
      return new CapbenchException(
          source
              + " cannot be imported: "
              + problem
              + ". Too many different keys do that; write the file again with fewer, or as parquet",
          e);
    }
    if (problem.contains("maximum_object_size")) {
      return new CapbenchException(
          source + " holds an object of more than 16 MB; take it out or shorten it", e);
    }
    if (format.equals(LINES)) {
      OptionalLong broken = new JsonLines().firstBroken(source);
      if (broken.isPresent()) {
        return new CapbenchException(
            source
                + " is not valid JSON in line "
                + broken.getAsLong()
                + "; mend that line or write the file again",
            e);
      }
    }
    return new CapbenchException(
        source
            + " is not valid JSON ("
            + ADVICE.matcher(problem).replaceFirst("")
            + "); mend or write the file again",
        e);
  }

  // DuckDB takes the mark at the beginning of an array, but not at the beginning of lines.
  private static Path withoutMark(Path source, Path scratch) throws IOException {
    try (InputStream in = Files.newInputStream(source)) {
      if (!Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
        return source;
      }
      Path copy = scratch.resolve("without-mark.json");
      Files.copy(in, copy);
      return copy;
    }
  }

  private void write(Path source, Path readable, String format, Path target, JobContext context)
      throws SQLException {
    String file = Sql.file(readable);
    // Without the thresholds, objects with many or rare keys would be one column of maps. With
    // partitions, a folder called caption=7 would take the place of the key.
    String sample =
        "read_json("
            + file
            + ", format='"
            + format
            + "', hive_partitioning=false, sample_size=-1, map_inference_threshold=-1, field_appearance_threshold=0)";
    List<ColumnInfo> columns =
        database.list(
            "DESCRIBE SELECT * FROM " + sample,
            row -> new ColumnInfo(row.getString(1), storedType(row.getString(2))),
            context);
    if (isEmptyArray(source, columns)) {
      throw new CapbenchException(source + " has no rows; name a file that has some");
    }
    List<String> keys = keys(file, format, context);
    checkSpellings(source, keys);
    if (columns.size() == 1 && columns.get(0).name().equals("json") && !keys.contains("json")) {
      throw new CapbenchException(
          source
              + " holds values that are no objects, or objects with a key without a name; mend or"
              + " write the file again");
    }
    // A column of nulls says nothing, and its type would be none of another file's.
    boolean anyValue = columns.stream().anyMatch(column -> !column.type().equals(NULL));
    String types =
        columns.stream()
            .filter(column -> !anyValue || !column.type().equals(NULL))
            .map(column -> Sql.literal(column.name()) + ": " + Sql.literal(column.type()))
            .collect(Collectors.joining(", ", "{", "}"));
    database.execute(
        "COPY (SELECT * FROM read_json("
            + file
            + ", format='"
            + format
            + "', hive_partitioning=false, columns="
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

  private List<String> keys(String file, String format, JobContext context) throws SQLException {
    return database.list(
        "SELECT DISTINCT unnest(json_keys(json)) FROM read_json_objects("
            + file
            + ", format='"
            + format
            + "')",
        row -> row.getString(1),
        context);
  }

  // DuckDB tells names apart regardless of case, and would drop the values of the second key.
  private static void checkSpellings(Path source, List<String> keys) {
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
    if (head.indexOf('\0') >= 0) { // UTF-16 has them too
      throw new CapbenchException(source + " is not UTF-8; write the file again as UTF-8");
    }
    if (head.startsWith("{")) {
      return LINES;
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
      String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
      return head.startsWith("\uFEFF") ? head.substring(1) : head;
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
