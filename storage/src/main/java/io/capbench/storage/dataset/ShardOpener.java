package io.capbench.storage.dataset;

import io.capbench.storage.image.ArchiveFile;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.source.FolderSamples;
import io.capbench.storage.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks into a file: footer, columns and counts, no rows. */
final class ShardOpener {
  // They would hide the numbers that DuckDB gives files and rows.
  private static final Set<String> RESERVED = Set.of("file_row_number", "file_index");

  private final DuckDatabase database;
  private final Fingerprints fingerprints;
  private final JsonImport json;
  private final CsvImport csv;
  private final SampleImport samples;

  /** Opens files with that database, and imports into that cache. */
  ShardOpener(DuckDatabase database, Path cache) {
    this.database = database;
    this.fingerprints = new Fingerprints(cache);
    this.json = new JsonImport(database, cache);
    this.csv = new CsvImport(database, cache);
    this.samples = new SampleImport(database, cache);
  }

  /**
   * A shard that opened.
   *
   * @param problem null, or a sentence that says why it may lack rows
   */
  record Opened(Shard shard, @Nullable String problem) {}

  /**
   * What rows are read from.
   *
   * @param fingerprint of the source
   * @param parquet the source itself or its copy
   * @param bytes how long the source is
   */
  private record Table(String fingerprint, Path parquet, long bytes) {}

  /**
   * Opens one file or image folder.
   *
   * @throws CapbenchException if its rows cannot be read, naming it, the cause and the remedy
   */
  Opened open(SourceFile source, JobContext context) {
    if (source.problem() != null) {
      throw new CapbenchException(source.problem());
    }
    try {
      // Before its content, so that what is changed in between is noticed.
      ArchiveFile archive = archive(source);
      FileTime modified = Files.getLastModifiedTime(source.path());
      Table table = table(source, context);
      if (!table.parquet().equals(source.path())) {
        modified = Files.getLastModifiedTime(table.parquet());
      }
      return inspect(source, table, modified, archive);
    } catch (IOException e) {
      throw Fingerprint.unreadable(source.path(), e);
    }
  }

  private static @Nullable ArchiveFile archive(SourceFile source) throws IOException {
    if (source.kind() == SourceFile.Kind.TAR) {
      return ArchiveFile.of(source.path());
    }
    Path images = source.images();
    return images == null || Files.isDirectory(images) ? null : ArchiveFile.of(images);
  }

  private Table table(SourceFile source, JobContext context) throws IOException {
    Path file = source.path();
    if (source.kind() == SourceFile.Kind.PARQUET) {
      return new Table(Fingerprint.ofParquet(file), file, Files.size(file));
    }
    if (source.kind() == SourceFile.Kind.IMAGES) {
      FolderSamples folder = new FolderSamples(file);
      String fingerprint = folder.fingerprint(context);
      Path copy = samples.ofFolder(file, folder, fingerprint, context);
      return new Table(fingerprint, copy, folder.bytes());
    }
    String fingerprint = fingerprints.of(file, context);
    Path copy =
        switch (source.kind()) {
          case CSV -> csv.parquet(file, fingerprint, context);
          case TAR -> samples.ofTar(file, fingerprint, context);
          default -> json.parquet(file, fingerprint, context);
        };
    return new Table(fingerprint, copy, Files.size(file));
  }

  private Opened inspect(
      SourceFile source, Table table, FileTime modified, @Nullable ArchiveFile archive) {
    Path file = source.path();
    Path parquet = table.parquet();
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
      ShardInfo info =
          database
              .list(
                  "SELECT num_rows, num_row_groups FROM parquet_file_metadata("
                      + Sql.file(parquet)
                      + ")",
                  List.of(),
                  row ->
                      new ShardInfo(
                          file,
                          row.getLong(1),
                          (int) row.getLong(2),
                          table.bytes(),
                          table.fingerprint(),
                          null))
              .get(0);
      Path images = source.images();
      if (images == null && CsvHead.listsImages(names(columns))) {
        images = file.toAbsolutePath().getParent();
      }
      String problem =
          parquet.equals(file) ? null : new SampleTable(database).problem(parquet).orElse(null);
      return new Opened(
          new Shard(info, table.fingerprint(), parquet, modified, images, archive, columns),
          problem);
    } catch (SQLException e) {
      throw new CapbenchException(
          file
              + " has a damaged footer ("
              + DuckErrors.sentence(e)
              + "); download or write the file again",
          e);
    }
  }

  private static List<String> names(List<ColumnInfo> columns) {
    return columns.stream().map(ColumnInfo::name).toList();
  }
}
