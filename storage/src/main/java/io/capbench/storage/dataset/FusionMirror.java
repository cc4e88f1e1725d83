package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.FusedCaptions;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionSeries;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A copy of the fused captions that queries read, for them to join with. What was written since the
 * last query is copied before the next one. Thread-safe.
 */
final class FusionMirror {
  /** With {@code stamp}, which no two versions of a row's caption share. */
  static final String TABLE = "fusions";

  private static final int CHECKED = 1_024;

  private final DuckDatabase database;
  private final FusedColumns columns;
  private final Map<String, List<Integer>> shardsByFingerprint;

  /** What rows of the table are of; never another series, since a query may run while it grows. */
  private final Map<FusionSeries, Integer> numbers = new HashMap<>();

  /** How far a series was copied, by fingerprint. */
  private final Map<FusionSeries, Map<String, Long>> copied = new HashMap<>();

  private long stamps;

  FusionMirror(DuckDatabase database, List<Shard> shards, FusedColumns columns)
      throws SQLException {
    this.database = database;
    this.columns = columns;
    shardsByFingerprint = Shard.numbers(shards);
    database.run(
        "CREATE TABLE "
            + TABLE
            + " (series INTEGER, shard INTEGER, row_number BIGINT, stamp BIGINT,"
            + " text VARCHAR, flags VARCHAR[], error VARCHAR)");
  }

  /**
   * A column's captions, with its flags and errors.
   *
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  QuerySource.Added table(FusedColumn column, AddedNames names, JobContext context)
      throws SQLException {
    int number = refresh(column, context);
    String shard = names.unused("fused_shard_" + number);
    String row = names.unused("fused_row_" + number);
    String sql =
        "(SELECT shard AS %s, row_number AS %s, text AS %s, flags AS %s, error AS %s FROM %s"
                .formatted(
                    shard,
                    row,
                    Sql.identifier(column.name()),
                    Sql.identifier(column.flags()),
                    Sql.identifier(column.error()),
                    TABLE)
            + " WHERE series = %d)".formatted(number);
    return QuerySource.Added.ofRows(sql, shard, row, "");
  }

  /** The ids of the detectors that found something in a column, most frequent first. */
  List<String> flags(FusedColumn column, JobContext context) throws SQLException {
    int number = refresh(column, context);
    return database.list(
        "SELECT flag FROM (SELECT unnest(flags) AS flag FROM %s WHERE series = %d)"
                .formatted(TABLE, number)
            + " GROUP BY flag ORDER BY count(*) DESC, flag",
        List.of(),
        row -> row.getString(1));
  }

  /**
   * Copies what was written to a column since the last time.
   *
   * @return the number of its series in {@link #TABLE}
   */
  synchronized int refresh(FusedColumn column, JobContext context) throws SQLException {
    FusionSeries series = column.series();
    int number = numbers.computeIfAbsent(series, unknown -> numbers.size());
    Map<String, Long> before = copied.getOrDefault(series, Map.of());
    Map<String, Long> now = new HashMap<>();
    try (Copy copy = new Copy(number)) {
      for (String fingerprint : shardsByFingerprint.keySet()) {
        long after = before.getOrDefault(fingerprint, 0L);
        FusedCaptions source = columns.source();
        now.put(
            fingerprint,
            source.forEachSince(
                series,
                fingerprint,
                after,
                fusion -> {
                  if (fusion.key().row() % CHECKED == 0) {
                    context.checkCancelled();
                  }
                  copy.add(fusion);
                }));
      }
      copy.commit();
    }
    copied.put(series, now);
    return number;
  }

  /** One transaction that takes rows in place of those that there are. Begins when one comes. */
  private final class Copy implements AutoCloseable {
    private static final int BATCH = 4_096;

    private final int number;
    private final DuckDBConnection connection;
    private final Map<RowKey, Fusion> waiting = new LinkedHashMap<>();

    Copy(int number) throws SQLException {
      this.number = number;
      connection = database.connect();
      connection.setAutoCommit(false);
    }

    void add(Fusion fusion) {
      waiting.put(fusion.key(), fusion);
      if (waiting.size() == BATCH) {
        try {
          flush();
        } catch (SQLException e) {
          throw new IllegalStateException("DuckDB takes no row", e);
        }
      }
    }

    private void flush() throws SQLException {
      Map<Integer, StringJoiner> rows = new TreeMap<>();
      waiting.forEach(
          (key, fusion) ->
              shardsByFingerprint
                  .getOrDefault(key.fingerprint(), List.of())
                  .forEach(
                      shard ->
                          rows.computeIfAbsent(shard, none -> new StringJoiner(", ", "(", ")"))
                              .add(Long.toString(key.row()))));
      try (Statement delete = connection.createStatement()) {
        for (Map.Entry<Integer, StringJoiner> shard : rows.entrySet()) {
          delete.execute(
              "DELETE FROM %s WHERE series = %d AND shard = %d AND row_number IN %s"
                  .formatted(TABLE, number, shard.getKey(), shard.getValue()));
        }
      }
      try (DuckDBAppender appender = connection.createAppender(TABLE)) {
        for (Fusion fusion : waiting.values()) {
          append(appender, fusion);
        }
      }
      waiting.clear();
    }

    private void append(DuckDBAppender appender, Fusion fusion) throws SQLException {
      for (int shard : shardsByFingerprint.getOrDefault(fusion.key().fingerprint(), List.of())) {
        appender
            .beginRow()
            .append(number)
            .append(shard)
            .append(fusion.key().row())
            .append(stamps++)
            .append(fusion.text())
            .append(fusion.flags())
            .append(fusion.reason())
            .endRow();
      }
    }

    void commit() throws SQLException {
      flush();
      connection.commit();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
