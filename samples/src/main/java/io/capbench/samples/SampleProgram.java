package io.capbench.samples;

import io.capbench.samples.caption.Captions;
import io.capbench.samples.draw.ScenePainter;
import io.capbench.storage.export.ParquetTable;
import io.capbench.storage.export.ParquetTable.Column;
import io.capbench.storage.export.ParquetTable.ColumnType;
import io.capbench.storage.export.ParquetTable.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the bundled sample: {@code sample-world.parquet} and {@code truth.jsonl}. */
public final class SampleProgram {
  /** The shard's file name. */
  public static final String SHARD = "sample-world.parquet";

  /** The file with what is true of each row. */
  public static final String TRUTH = "truth.jsonl";

  /** The shard's columns, in their order. */
  static final List<Column> COLUMNS =
      List.of(
          new Column("image", ColumnType.IMAGE),
          new Column("laion_2b", ColumnType.TEXT),
          new Column("laion_coco", ColumnType.TEXT),
          new Column("capsfusion", ColumnType.TEXT),
          new Column("long_caption", ColumnType.TEXT));

  private static final int ROW_GROUP_SIZE = 100;

  private SampleProgram() {}

  /**
   * Writes both files into the folder that the only argument names.
   *
   * @throws IOException if the folder cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("Name one folder to write the sample to");
    }
    System.setProperty("java.awt.headless", "true");
    write(Path.of(args[0]));
  }

  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    ScenePainter painter = new ScenePainter();
    TruthFile truth = new TruthFile();
    StringBuilder lines = new StringBuilder();
    try (ParquetTable table = new ParquetTable(folder.resolve(SHARD), COLUMNS, ROW_GROUP_SIZE)) {
      for (SampleRow row : new SampleWorld().rows()) {
        byte[] bytes = Picture.encode(painter.paint(row.scene()), row.path());
        Captions texts = row.captions();
        table.addRow(
            new Image(bytes, row.path()),
            texts.altText(),
            texts.synthetic(),
            texts.fused(),
            texts.detailed());
        lines.append(truth.line(row)).append('\n');
      }
      table.finish();
    }
    Files.writeString(folder.resolve(TRUTH), lines);
  }
}
