package io.capbench.storage.dataset;

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
    String what = "rows " + from + " to " + (to - 1);
    List<CaptionRow> rows =
        read(shard, "file_row_number BETWEEN " + from + " AND " + (to - 1), what, maxChars);
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
    String where =
        numbers.stream()
            .map(number -> Long.toString(number))
            .collect(Collectors.joining(", ", "file_row_number IN (", ")"));
    String what =
        numbers.size()
            + " rows between "
            + Collections.min(numbers)
            + " and "
            + Collections.max(numbers);
    Map<Long, CaptionRow> rows = new HashMap<>();
    for (CaptionRow row : read(shard, where, what, Long.MAX_VALUE)) {
      rows.put(row.key().row(), row);
    }
    if (rows.size() != numbers.size()) {
      throw failure(shards.get(shard), what + " are incomplete", null);
    }
    return rows;
  }

  private List<CaptionRow> read(int shard, String where, String what, long maxChars) {
    Shard source = shards.get(shard);
    Projection projection = projections.get(shard);
    String sql =
        "SELECT "
            + projection.select()
            + " FROM "
            + Sql.parquet(List.of(source.parquet()))
            + " WHERE "
            + where;
    try (DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement();
        DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
        BufferAllocator allocator = new RootAllocator();
        ArrowReader arrow = (ArrowReader) result.arrowExportStream(allocator, BATCH)) {
      List<CaptionRow> rows = decode(arrow, projection, maxChars);
      if (source.changed()) {
        throw failure(source, what + " are not those of the file that was opened", null);
      }
      return rows;
    } catch (SQLException | IOException e) {
      throw failure(source, what + " cannot be read: " + DuckErrors.sentence(e), e);
    }
  }

  private static List<CaptionRow> decode(ArrowReader arrow, Projection projection, long maxChars)
      throws IOException {
    List<CaptionRow> rows = new ArrayList<>();
    long chars = 0;
    VectorSchemaRoot root = arrow.getVectorSchemaRoot();
    while (arrow.loadNextBatch()) {
      List<FieldVector> vectors = root.getFieldVectors();
      BigIntVector numbers = (BigIntVector) vectors.get(0);
      for (int i = 0; i < root.getRowCount(); i++) {
        int index = i;
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
