package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/** Reads rows of shards: DuckDB scans, Arrow carries, records come out. Thread-safe. */
final class RowReader {
  private static final int BATCH = 256;
  private static final int SCAN_BATCH = 2_048;

  /** Rows from first to last, below which all are decoded and the others dropped. */
  private static final int CLOSE = 4_096;

  private final DuckDatabase database;
  private final List<Projection> projections;
  private final List<Shard> shards;

  /**
   * A reader for one mapping.
   *
   * @param projections one for every shard, in their order
   */
  RowReader(DuckDatabase database, List<Shard> shards, List<Projection> projections) {
    this.database = database;
    this.shards = List.copyOf(shards);
    this.projections = List.copyOf(projections);
  }

  /**
   * Reads consecutive rows of a shard.
   *
   * @param shard its place among the readable shards
   * @param from first row number
   * @param to row number after the last
   * @param maxChars stop after about that many characters, with one row at least
   * @throws CapbenchException naming the shard and the rows
   */
  List<CaptionRow> range(int shard, long from, long to, long maxChars) {
    String what = to - from == 1 ? "row " + from : "rows " + from + " to " + (to - 1);
    List<CaptionRow> rows =
        read(
            shard,
            "file_row_number BETWEEN " + from + " AND " + (to - 1),
            number -> true,
            what,
            maxChars);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).key().row() != from + i) {
        throw failure(shards.get(shard), what + " are incomplete", null);
      }
    }
    if (rows.isEmpty()) {
      throw failure(shards.get(shard), what + " are missing", null);
    }
    return rows;
  }

  /**
   * Reads rows of a shard by number.
   *
   * @param numbers any order, none twice, at least one
   * @throws CapbenchException naming the shard and the rows
   */
  Map<Long, CaptionRow> rows(int shard, Collection<Long> numbers) {
    long first = Collections.min(numbers);
    long last = Collections.max(numbers);
    String where =
        last - first < CLOSE
            ? "file_row_number BETWEEN " + first + " AND " + last
            : numbers.stream()
                .map(number -> Long.toString(number))
                .collect(Collectors.joining(", ", "file_row_number IN (", ")"));
    String what =
        numbers.size()
            + " rows between "
            + Collections.min(numbers)
            + " and "
            + Collections.max(numbers);
    Set<Long> wanted = Set.copyOf(numbers);
    Map<Long, CaptionRow> rows = new HashMap<>();
    for (CaptionRow row : read(shard, where, wanted::contains, what, Long.MAX_VALUE)) {
      rows.put(row.key().row(), row);
    }
    if (rows.size() != numbers.size()) {
      throw failure(shards.get(shard), what + " are incomplete", null);
    }
    return rows;
  }

  /** Takes the texts of one row after another, as UTF-8. */
  interface Texts {
    /**
     * Takes a row.
     *
     * @param texts by place, null where the row has none; valid during the call
     */
    void accept(long number, IntFunction<byte @Nullable []> texts);
  }

  /**
   * Reads the texts of consecutive rows without making rows of them.
   *
   * @param to row number after the last
   * @throws CapbenchException naming the shard and the rows
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  void scan(int shard, long from, long to, JobContext context, Texts rows) {
    refuseIfChanged(shard);
    String sql = select(shard) + " WHERE file_row_number BETWEEN " + from + " AND " + (to - 1);
    try (DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement();
        DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
        BufferAllocator allocator = new RootAllocator();
        ArrowReader arrow = (ArrowReader) result.arrowExportStream(allocator, SCAN_BATCH)) {
      VectorSchemaRoot root = arrow.getVectorSchemaRoot();
      while (arrow.loadNextBatch()) {
        context.checkCancelled();
        List<FieldVector> vectors = root.getFieldVectors();
        BigIntVector numbers = (BigIntVector) vectors.get(0);
        for (int i = 0; i < root.getRowCount(); i++) {
          int index = i;
          rows.accept(
              numbers.get(i),
              place ->
                  place + 1 < vectors.size()
                      ? bytes((VarCharVector) vectors.get(place + 1), index)
                      : null);
        }
      }
    } catch (SQLException | IOException e) {
      context.checkCancelled();
      throw unreadable(shards.get(shard), "rows " + from + " to " + (to - 1), e, sql);
    }
    refuseIfChanged(shard);
  }

  /** How many texts every row has, at most. */
  int values() {
    return projections.stream().mapToInt(Projection::size).max().orElse(0);
  }

  /** Makes a row of texts that were read before; null where it has none. */
  CaptionRow row(int shard, long number, IntFunction<@Nullable String> texts) {
    return projections.get(shard).row(number, texts);
  }

  /**
   * Sees to it that rows are those of the file that was opened.
   *
   * @throws CapbenchException naming the shard if it was changed
   */
  void refuseIfChanged(int shard) {
    Shard source = shards.get(shard);
    try {
      if (source.changed()) {
        throw failure(source, "these rows are not those of the file that was opened", null);
      }
    } catch (IOException e) {
      throw failure(source, "the file cannot be looked at: " + DuckErrors.sentence(e), e);
    }
  }

  private String select(int shard) {
    return "SELECT "
        + projections.get(shard).select()
        + " FROM "
        + Sql.parquet(List.of(shards.get(shard).parquet()));
  }

  private List<CaptionRow> read(
      int shard, String where, LongPredicate wanted, String what, long maxChars) {
    Shard source = shards.get(shard);
    Projection projection = projections.get(shard);
    String sql = select(shard) + " WHERE " + where;
    try (DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement();
        DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
        BufferAllocator allocator = new RootAllocator();
        ArrowReader arrow = (ArrowReader) result.arrowExportStream(allocator, BATCH)) {
      List<CaptionRow> rows = decode(arrow, projection, wanted, maxChars);
      if (source.changed()) {
        throw failure(source, what + " are not those of the file that was opened", null);
      }
      return rows;
    } catch (SQLException | IOException e) {
      throw unreadable(source, what, e, sql);
    }
  }

  private CapbenchException unreadable(Shard shard, String what, Exception e, String sql) {
    Exception cause = e instanceof SQLException lost ? database.cause(lost, sql) : e;
    String problem = what + " cannot be read: " + DuckErrors.sentence(cause);
    if (DuckErrors.isAboutMemory(cause)) {
      return new CapbenchException(
          shard.info().path()
              + ": "
              + problem
              + ". Write the file again with shorter texts or with fewer rows in a row group",
          cause);
    }
    return failure(shard, problem, cause);
  }

  private static List<CaptionRow> decode(
      ArrowReader arrow, Projection projection, LongPredicate wanted, long maxChars)
      throws IOException {
    List<CaptionRow> rows = new ArrayList<>();
    long chars = 0;
    VectorSchemaRoot root = arrow.getVectorSchemaRoot();
    while (arrow.loadNextBatch()) {
      List<FieldVector> vectors = root.getFieldVectors();
      BigIntVector numbers = (BigIntVector) vectors.get(0);
      for (int i = 0; i < root.getRowCount(); i++) {
        int index = i;
        if (!wanted.test(numbers.get(i))) {
          continue;
        }
        CaptionRow row =
            projection.row(
                numbers.get(i), place -> text((VarCharVector) vectors.get(place + 1), index));
        chars += BlockCache.chars(row);
        if (chars > maxChars && !rows.isEmpty()) {
          return rows;
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static byte @Nullable [] bytes(VarCharVector vector, int index) {
    return vector.isNull(index) ? null : vector.get(index);
  }

  private static @Nullable String text(VarCharVector vector, int index) {
    return vector.isNull(index) ? null : new String(vector.get(index), StandardCharsets.UTF_8);
  }

  private static CapbenchException failure(Shard shard, String problem, @Nullable Throwable cause) {
    return new CapbenchException(
        shard.info().path()
            + ": "
            + problem
            + ". The file is damaged, or was changed or moved after it was opened; open the dataset"
            + " again or write the file again",
        cause);
  }
}
