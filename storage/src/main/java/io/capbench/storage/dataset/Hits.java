package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The rows that match a query, in its order: a table of shard and row numbers, made once. Its own
 * row ids are the positions.
 */
final class Hits implements BlockView.Blocks {
  // Neighbours here may be far apart in the files, so blocks are smaller than in file order.
  private static final int BLOCK_ROWS = 256;

  private final DuckDatabase database;
  private final String table;
  private final RowReader reader;
  private final List<Shard> shards;
  private final long size;

  /**
   * Finds the rows.
   *
   * @param table a name that no other table has
   * @throws SQLException if an expression does not fit the columns, or a shard cannot be read
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  Hits(
      DuckDatabase database,
      String table,
      String select,
      RowReader reader,
      List<Shard> shards,
      JobContext context)
      throws SQLException {
    this.database = database;
    this.table = Sql.identifier(table);
    this.reader = reader;
    this.shards = List.copyOf(shards);
    long total = shards.stream().mapToLong(shard -> shard.info().rows()).sum();
    run("CREATE TABLE " + this.table + " (shard INTEGER, row_number BIGINT)");
    boolean found = false;
    try {
      database.execute(
          "INSERT INTO " + this.table + " " + select, List.of(), context, total, "rows");
      size =
          database
              .list("SELECT count(*) FROM " + this.table, List.of(), row -> row.getLong(1))
              .get(0);
      found = true;
    } finally {
      if (!found) {
        run("DROP TABLE " + this.table);
      }
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public BlockCache.Block read(long position) {
    long from = position - position % BLOCK_ROWS;
    List<long[]> hits = hits(from, from + BLOCK_ROWS - 1);
    Map<Integer, List<Long>> numbers = new TreeMap<>();
    for (long[] hit : hits) {
      numbers.computeIfAbsent((int) hit[0], shard -> new ArrayList<>()).add(hit[1]);
    }
    Map<Integer, Map<Long, CaptionRow>> found = new HashMap<>();
    numbers.forEach((shard, rows) -> found.put(shard, reader.rows(shard, rows)));
    List<CaptionRow> block = new ArrayList<>(hits.size());
    for (long[] hit : hits) {
      block.add(Objects.requireNonNull(found.getOrDefault((int) hit[0], Map.of()).get(hit[1])));
    }
    return new BlockCache.Block(from, block);
  }

  private List<long[]> hits(long from, long to) {
    try {
      return database.list(
          "SELECT shard, row_number FROM " + table + " WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
          List.of(from, to),
          row -> new long[] {row.getLong(1), row.getLong(2)});
    } catch (SQLException e) {
      throw new CapbenchException(
          "The matching rows cannot be listed: " + DuckErrors.sentence(e) + ". Filter again", e);
    }
  }

  @Override
  public OptionalLong positionOf(RowKey key) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      if (shards.get(i).fingerprint().equals(key.fingerprint())) {
        places.add(i);
      }
    }
    try {
      for (int shard : places) {
        List<Long> positions =
            database.list(
                "SELECT rowid FROM " + table + " WHERE shard = ? AND row_number = ?",
                List.of(shard, key.row()),
                row -> row.getLong(1));
        if (!positions.isEmpty()) {
          return OptionalLong.of(positions.get(0));
        }
      }
      return OptionalLong.empty();
    } catch (SQLException e) {
      throw new CapbenchException(
          "The row cannot be looked up: " + DuckErrors.sentence(e) + ". Filter again", e);
    }
  }

  @Override
  public void close() {
    if (database.closed()) {
      return; // the tables went with it
    }
    try {
      run("DROP TABLE " + table);
    } catch (SQLException e) {
      throw new IllegalStateException("The view cannot be closed", e);
    }
  }

  private void run(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
