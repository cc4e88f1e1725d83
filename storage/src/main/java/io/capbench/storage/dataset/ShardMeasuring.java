package io.capbench.storage.dataset;

import io.capbench.storage.dataset.MeasureWorkers.Captions;
import io.capbench.storage.dataset.RowMeasure.Value;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Future;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/**
 * Measures the rows of one shard after the other: DuckDB reads, threads measure, DuckDB writes.
 * Only the captions that are measured are read. For one thread.
 */
final class ShardMeasuring {
  private static final int BATCH_ROWS = 2048;

  /** Huge captions make smaller batches, so that memory stays bounded. */
  private static final int BATCH_CHARS = 1 << 19;

  private final DuckDatabase database;
  private final RowMeasure measure;
  private final MeasureWorkers workers;
  private final Path scratch;

  /**
   * Measures with these threads.
   *
   * @param scratch a folder on the disk of the targets, for files that are not finished
   */
  ShardMeasuring(DuckDatabase database, RowMeasure measure, MeasureWorkers workers, Path scratch) {
    this.database = database;
    this.measure = measure;
    this.workers = workers;
    this.scratch = scratch;
  }

  /** DuckDB's name for the type of a value. */
  static String type(Value value) {
    return value.type() == Value.Type.NUMBER ? "DOUBLE" : "BOOLEAN";
  }

  /**
   * Writes the values of a shard's rows. The target appears complete or not at all.
   *
   * @param captions SQL of the raw, the synthetic and the fused caption
   * @throws CapbenchException if the shard cannot be read, or the target not be written
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  void measure(Shard shard, List<String> captions, Path target, MeasureProgress progress) {
    String table = Sql.identifier("measures of " + target.getFileName());
    try {
      database.run(create(table));
      try {
        read(shard, captions, table, progress);
        write(table, target, progress.context());
      } finally {
        database.run("DROP TABLE IF EXISTS " + table);
      }
    } catch (SQLException | IOException e) {
      throw new CapbenchException(
          shard.info().path()
              + " cannot be measured: "
              + DuckErrors.sentence(e)
              + ". If the file is damaged, or was changed or moved after it was opened, write it"
              + " again and open the dataset again; otherwise free the disk of "
              + target.getParent(),
          e);
    }
  }

  private String create(String table) {
    StringJoiner columns = new StringJoiner(", ", "CREATE OR REPLACE TABLE " + table + " (", ")");
    for (int i = 0; i < measure.values().size(); i++) {
      columns.add("c" + i + " " + type(measure.values().get(i)));
    }
    return columns.toString();
  }

  private void read(Shard shard, List<String> captions, String table, MeasureProgress progress)
      throws SQLException, IOException {
    String sql =
        "SELECT file_row_number, "
            + String.join(", ", captions)
            + " FROM "
            + Sql.parquet(List.of(shard.parquet()));
    String name = table.substring(1, table.length() - 1);
    try (DuckDBConnection source = database.connect();
        Statement statement = source.createStatement();
        DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
        BufferAllocator allocator = new RootAllocator();
        ArrowReader arrow = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS);
        DuckDBConnection sink = database.connect();
        DuckDBAppender appender = sink.createAppender(name)) {
      long rows = new Pass(appender, progress).run(arrow);
      if (shard.changed() || rows != shard.info().rows()) {
        throw new IOException("it has other rows than when it was opened");
      }
    }
  }

  /** One reading of a shard. */
  private final class Pass {
    private final DuckDBAppender appender;
    private final MeasureProgress progress;
    private final JobContext context;
    private final Deque<Future<double[]>> underWay = new ArrayDeque<>();
    private List<Captions> batch = new ArrayList<>();
    private long chars;
    private long rows;

    Pass(DuckDBAppender appender, MeasureProgress progress) {
      this.appender = appender;
      this.progress = progress;
      this.context = progress.context();
    }

    long run(ArrowReader arrow) throws IOException, SQLException {
      VectorSchemaRoot root = arrow.getVectorSchemaRoot();
      while (arrow.loadNextBatch()) {
        context.checkCancelled();
        for (int i = 0; i < root.getRowCount(); i++) {
          if (((BigIntVector) root.getVector(0)).get(i) != rows++) {
            throw new IllegalStateException("DuckDB gives rows in another order");
          }
          add(new Captions(text(root, 1, i), text(root, 2, i), text(root, 3, i)));
        }
      }
      submit();
      while (!underWay.isEmpty()) {
        append();
      }
      return rows;
    }

    private void add(Captions row) throws SQLException {
      batch.add(row);
      chars += length(row.raw()) + length(row.synthetic()) + length(row.fused());
      if (batch.size() == BATCH_ROWS || chars > BATCH_CHARS) {
        submit();
      }
    }

    private void submit() throws SQLException {
      underWay.add(workers.submit(batch));
      batch = new ArrayList<>();
      chars = 0;
      while (underWay.size() > workers.batches()) {
        append();
      }
    }

    private void append() throws SQLException {
      double[] values = MeasureWorkers.await(underWay.remove(), context);
      int width = measure.values().size();
      for (int i = 0; i < values.length; i++) {
        if (i % width == 0) {
          appender.beginRow();
        }
        if (Double.isNaN(values[i])) {
          appender.appendNull();
        } else if (measure.values().get(i % width).type() == Value.Type.NUMBER) {
          appender.append(values[i]);
        } else {
          appender.append(values[i] != 0);
        }
        if (i % width == width - 1) {
          appender.endRow();
        }
      }
      progress.add(values.length / width);
    }
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private static @Nullable String text(VectorSchemaRoot root, int column, int row) {
    VarCharVector vector = (VarCharVector) root.getVector(column);
    return vector.isNull(row) ? null : new String(vector.get(row), StandardCharsets.UTF_8);
  }

  private void write(String table, Path target, JobContext context)
      throws SQLException, IOException {
    Map<String, StringJoiner> groups = new LinkedHashMap<>();
    for (int i = 0; i < measure.values().size(); i++) {
      Value value = measure.values().get(i);
      groups
          .computeIfAbsent(value.group(), group -> new StringJoiner(", ", "struct_pack(", ")"))
          .add(Sql.identifier(value.name()) + " := c" + i);
    }
    StringJoiner select = new StringJoiner(", ", "SELECT ", " FROM " + table);
    groups.forEach((group, fields) -> select.add(fields + " AS " + group));
    Path unfinished = scratch.resolve(target.getFileName());
    database.execute(
        "COPY (" + select + ") TO " + Sql.literal(unfinished.toString()) + " (FORMAT parquet)",
        List.of(),
        new QuietContext(context),
        1,
        "files");
    try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
