package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Copies CSV and TSV into a parquet file of the cache. Every column is text, so that what looks
 * like a number comes out as it went in. An empty field is null.
 */
final class CsvImport {
  private static final int MAX_ROW = 1 << 24;
  private static final int BUFFER = 1 << 26;
  private static final Pattern ROW = Pattern.compile("CSV Error on Line: (\\d+)");
  private static final Pattern FIELDS =
      Pattern.compile("\nExpected Number of Columns: (\\d+) Found: (\\d+)");
  private static final String VERSION = "2";

  private final DuckDatabase database;
  private final ImportFolder imports;

  CsvImport(DuckDatabase database, Path cache) {
    this.database = database;
    this.imports = new ImportFolder(cache, ImportCache.Kind.CSV, database.scratch());
  }

  /**
   * The parquet copy of a table of text.
   *
   * @param fingerprint of the source
   * @throws CapbenchException if the source is not such a table, naming it
   */
  Path parquet(Path source, String fingerprint, JobContext context) {
    char delimiter = CsvHead.delimiter(source);
    // The same bytes may be called .csv and .tsv, and are different tables then.
    String version = (delimiter == '\t' ? "tsv" : "csv") + VERSION;
    return imports.once(
        source,
        fingerprint,
        version,
        (scratch, target) -> write(source, delimiter, target, context));
  }

  private void write(Path source, char delimiter, Path target, JobContext context)
      throws IOException {
    CsvHead head = CsvHead.read(source, delimiter);
    checkRows(source, delimiter, context);
    String types =
        head.columns().stream()
            .map(column -> Sql.literal(column) + ": 'VARCHAR'")
            .collect(Collectors.joining(", ", "{", "}"));
    // One thread: several cut long quoted fields at line breaks where their buffers end. No
    // partitions: a folder called caption=7 would take the place of the column.
    String table =
        ("read_csv(%s, auto_detect=false, header=false, skip=%d, delim='%s', quote='\"',"
                + " escape='\"', compression='%s', parallel=false, max_line_size=%d,"
                + " buffer_size=%d, hive_partitioning=false, columns=%s)")
            .formatted(
                Sql.file(source),
                head.named() ? 1 : 0,
                delimiter,
                CsvHead.zipped(source) ? "gzip" : "none",
                MAX_ROW,
                BUFFER,
                types);
    try {
      database.execute(
          "COPY (SELECT * FROM "
              + table
              + ") TO "
              + Sql.literal(target.toAbsolutePath().toString())
              + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10240)",
          List.of(),
          context,
          100,
          "percent");
      String count = "SELECT num_rows FROM parquet_file_metadata(" + Sql.file(target) + ")";
      if (database.list(count, List.of(), row -> row.getLong(1)).get(0) == 0) {
        throw new CapbenchException(source + " has no rows; name a file that has some");
      }
    } catch (SQLException e) {
      throw invalid(source, e);
    }
  }

  // DuckDB drops such rows in silence, or takes them for others.
  private static void checkRows(Path source, char delimiter, JobContext context)
      throws IOException {
    CsvRows rows = new CsvRows(MAX_ROW);
    try {
      rows.read(source, delimiter, context);
    } catch (ZipException | EOFException e) {
      throw CsvHead.cutOff(source, e);
    }
    if (rows.tooLong().isPresent()) {
      throw tooLong(where(source, String.valueOf(rows.tooLong().getAsLong())), null);
    }
    if (rows.unended().isPresent()) {
      throw unended(where(source, String.valueOf(rows.unended().getAsLong())), null);
    }
  }

  // DuckDB's message quotes the row and gives advice on settings that nobody has here.
  private static CapbenchException invalid(Path source, SQLException e) {
    if (DuckErrors.isAboutMemory(e)) {
      return new CapbenchException(
          source
              + " cannot be imported: "
              + DuckErrors.sentence(e)
              + ". Too many columns do that; write the file again with fewer, or as parquet",
          e);
    }
    String problem = String.valueOf(e.getMessage());
    Matcher row = ROW.matcher(problem);
    if (!row.find()) {
      String cause =
          problem.contains("state machine")
              ? "its lines end in different ways, or its quotes do not pair"
              : DuckErrors.sentence(e);
      return new CapbenchException(
          source + " cannot be read as a table (" + cause + "); mend or write the file again", e);
    }
    String where = where(source, row.group(1));
    Matcher fields = FIELDS.matcher(problem);
    if (fields.find()) {
      return new CapbenchException(
          where
              + "has "
              + (fields.group(2).equals("1") ? "1 field" : fields.group(2) + " fields")
              + " where the first line has "
              + fields.group(1)
              + "; mend that row, and quote fields that hold the separator",
          e);
    }
    if (problem.contains("unterminated quote")) {
      return unended(where, e);
    }
    if (problem.contains("Invalid unicode")) {
      return new CapbenchException(where + "is not UTF-8; write the file again as UTF-8", e);
    }
    if (problem.contains("Maximum line size")) {
      return tooLong(where, e);
    }
    return new CapbenchException(where + "cannot be read; mend that row", e);
  }

  private static String where(Path source, String row) {
    return source + ", row " + row + " (the first line is row 1), ";
  }

  private static CapbenchException tooLong(String where, @Nullable SQLException cause) {
    return new CapbenchException(where + "is longer than 16 MB; shorten it or take it out", cause);
  }

  private static CapbenchException unended(String where, @Nullable SQLException cause) {
    return new CapbenchException(
        where
            + "has a quoted field that does not end, or goes on behind its end; mend that row,"
            + " and double the quotes inside of quoted fields",
        cause);
  }
}
