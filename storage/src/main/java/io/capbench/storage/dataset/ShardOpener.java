package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ShardInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Looks into a file: footer, columns and counts, no rows. */
final class ShardOpener {
  // They would hide the numbers that DuckDB gives files and rows.
  private static final Set<String> RESERVED = Set.of("file_row_number", "file_index");

  private final DuckDatabase database;
  private final JsonImport json;
  private final CsvImport csv;

  /** Opens files with that database, and imports into that cache. */
  ShardOpener(DuckDatabase database, Path cache) {
    this.database = database;
    this.json = new JsonImport(database, cache);
    this.csv = new CsvImport(database, cache);
  }

  /**
   * Opens one file.
   *
   * @throws CapbenchException if its rows cannot be read, naming it, the cause and the remedy
   */
  Shard open(SourceFile source, JobContext context) {
    if (source.problem() != null) {
      throw new CapbenchException(source.problem());
    }
    Path file = source.path();
    try {
      if (source.kind() == SourceFile.Kind.PARQUET) {
        FileTime modified = Files.getLastModifiedTime(file);
        return inspect(source, Fingerprint.ofParquet(file), file, modified);
      }
      String fingerprint = Fingerprint.ofBytes(file, context);
      Path copy =
          source.kind() == SourceFile.Kind.CSV
              ? csv.parquet(file, fingerprint, context)
              : json.parquet(file, fingerprint, context);
      return inspect(source, fingerprint, copy, Files.getLastModifiedTime(copy));
    } catch (IOException e) {
      throw Fingerprint.unreadable(file, e);
    }
  }

  private Shard inspect(SourceFile source, String fingerprint, Path parquet, FileTime modified)
      throws IOException {
    Path file = source.path();
    try {
      List<ColumnInfo> columns =
          database.list(
              "DESCRIBE SELECT * FROM " + Sql.parquet(List.of(parquet)),
              List.of(),
              row -> new ColumnInfo(row.getString(1), row.getString(2)));
      for (ColumnInfo column : columns) {
        if (RESERVED.stream().anyMatch(column.name()::equalsIgnoreCase)) {
          throw new CapbenchException(
              file + " has a column " + column.name() + ", a name that is taken; rename it");
        }
      }
      long bytes = Files.size(file);
      ShardInfo info =
          database
              .list(
                  "SELECT num_rows, num_row_groups FROM parquet_file_metadata("
                      + Sql.file(parquet)
                      + ")",
                  List.of(),
                  row ->
                      new ShardInfo(
                          file, row.getLong(1), (int) row.getLong(2), bytes, fingerprint, null))
              .get(0);
      boolean beside =
          source.beside() || CsvHead.listsImages(columns.stream().map(ColumnInfo::name).toList());
      return new Shard(info, fingerprint, parquet, modified, beside, columns);
    } catch (SQLException e) {
      throw new CapbenchException(
          file
              + " has a damaged footer ("
              + DuckErrors.sentence(e)
              + "); download or write the file again",
          e);
    }
  }
}
