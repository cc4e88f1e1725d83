package io.capbench.app.cli;

import io.capbench.storage.dataset.CopyFormat;
import io.capbench.storage.dataset.DatasetCopy;
import io.capbench.storage.dataset.DatasetCopy.CopiedColumn;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.export.ParquetTable;
import io.capbench.storage.export.ParquetTable.Column;
import io.capbench.storage.export.ParquetTable.ColumnType;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.FusedCaptions;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionColumns;
import io.capbench.storage.workspace.KnownFuser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The file that {@code capbench fuse --out} writes: all rows of the input with fused captions. */
final class FusedFile {
  private static final String FUSED = "fused";
  private static final String FLAGS = "fused_flags";
  private static final String ERROR = "fused_error";
  private static final String RAW = "laion_2b";
  private static final String SYNTHETIC = "laion_coco";
  private static final String MERGED = "capsfusion";
  private static final int ROW_GROUP = 100_000;

  private final Path target;
  private final CopyFormat format;

  private FusedFile(Path target, CopyFormat format) {
    this.target = target;
    this.format = format;
  }

  /** The file of that name, whose end says what is written. */
  static FusedFile at(Path target) {
    String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
    for (CopyFormat format : CopyFormat.values()) {
      if (name.endsWith(format.ending())) {
        return new FusedFile(target, format);
      }
    }
    throw new UsageException(
        "--out: " + target + " does not end in .parquet, .jsonl or .json (CapsFusion's form)");
  }

  /** Writes it. */
  void write(
      OpenedDataset opened,
      KnownFuser fuser,
      CaptionTrack raw,
      CaptionTrack synthetic,
      JobContext context) {
    FusionColumns columns = new FusionColumns(raw.column(), synthetic.column());
    Path beside = target.resolveSibling(target.getFileName() + ".results");
    try {
      results(opened, fuser, columns, beside, context);
      List<CopiedColumn> own =
          format == CopyFormat.JSON_ARRAY
              ? capsFusion(opened, columns)
              : own(opened.info().columns(), Set.of(FUSED, FLAGS, ERROR));
      List<CopiedColumn> added = new ArrayList<>();
      if (format == CopyFormat.JSON_ARRAY) {
        added.add(new CopiedColumn(MERGED, FUSED, false));
      }
      added.add(CopiedColumn.same(FUSED));
      added.add(new CopiedColumn(FLAGS, FLAGS, true));
      added.add(CopiedColumn.same(ERROR));
      opened.dataset().copy().write(target, format, own, beside, added, context);
    } finally {
      remove(beside);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CapbenchException("Cannot remove " + file + ". Remove it by hand.", e);
    }
  }

  /**
   * Makes sure before the work that its results can be written.
   *
   * @throws CapbenchException if not, or if that would replace a file of the dataset
   */
  void check(OpenedDataset opened) {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new CapbenchException(
          "Cannot write " + target + ": its folder is missing or read-only. Choose another.");
    }
    for (ShardInfo shard : opened.info().shards()) {
      if (isSame(shard.path())) {
        throw new CapbenchException(
            target + " is a file of the dataset, which is never changed. Choose another name.");
      }
    }
  }

  private boolean isSame(Path shard) {
    try {
      return Files.exists(target) && Files.exists(shard) && Files.isSameFile(target, shard);
    } catch (IOException e) {
      throw new CapbenchException("Cannot look at " + target + ". Choose another name.", e);
    }
  }

  /** What this fuser made of every row of the dataset, in their order. */
  private static void results(
      OpenedDataset opened,
      KnownFuser fuser,
      FusionColumns columns,
      Path file,
      JobContext context) {
    FusedCaptions captions = opened.workspace().fusions();
    List<Column> cells =
        List.of(
            new Column(FUSED, ColumnType.TEXT),
            new Column(FLAGS, ColumnType.TEXT),
            new Column(ERROR, ColumnType.TEXT));
    try (RowView rows = opened.view(RowQuery.ALL);
        ParquetTable table = new ParquetTable(file, cells, ROW_GROUP)) {
      opened.forEachPage(
          rows,
          0,
          Long.MAX_VALUE,
          page -> {
            List<RowKey> keys = page.stream().map(CaptionRow::key).toList();
            Map<RowKey, Fusion> found = captions.of(fuser, columns, keys);
            for (RowKey key : keys) {
              Fusion fusion = found.get(key);
              if (fusion == null) {
                table.addRow(null, null, null);
              } else {
                table.addRow(fusion.text(), String.join(" ", fusion.flags()), fusion.reason());
              }
            }
            context.checkCancelled();
          });
      table.finish();
    }
  }

  /** All columns of the dataset; those that have a name of this file's get another. */
  private static List<CopiedColumn> own(List<ColumnInfo> columns, Set<String> reserved) {
    List<String> taken = new ArrayList<>(reserved);
    List<CopiedColumn> own = new ArrayList<>();
    columns.stream()
        .map(ColumnInfo::name)
        .filter(name -> reserved.stream().noneMatch(name::equalsIgnoreCase))
        .forEach(taken::add);
    for (ColumnInfo column : columns) {
      String name = column.name();
      if (reserved.stream().anyMatch(name::equalsIgnoreCase)) {
        name = DatasetCopy.free(name, taken);
        taken.add(name);
      }
      own.add(new CopiedColumn(name, column.name(), false));
    }
    return own;
  }

  /** The captions under the names that CapsFusion has for them, then all other columns. */
  private static List<CopiedColumn> capsFusion(OpenedDataset opened, FusionColumns parents) {
    List<CopiedColumn> all = new ArrayList<>();
    all.add(new CopiedColumn(RAW, parents.raw(), false));
    all.add(new CopiedColumn(SYNTHETIC, parents.synthetic(), false));
    List<ColumnInfo> others =
        opened.info().columns().stream()
            .filter(column -> !column.name().equalsIgnoreCase(parents.raw()))
            .filter(column -> !column.name().equalsIgnoreCase(parents.synthetic()))
            .toList();
    all.addAll(own(others, Set.of(RAW, SYNTHETIC, MERGED, FUSED, FLAGS, ERROR)));
    return all;
  }
}
