package io.capbench.storage.dataset;

import io.capbench.storage.dataset.MeasureWorkers.Captions;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.TrackRole;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RowMeasure} says of rows whose fused caption a model made. These captions come a
 * few a second, so they are measured as they come and kept while the dataset is open. Thread-safe.
 */
final class FusedMeasures {
  private static final int BATCH = 2_048;

  private final DuckDatabase database;
  private final List<Shard> shards;
  private final FusionMirror mirror;
  private final RowMeasure measure;

  /** Parents by the number of their table. */
  private final List<String> parents = new ArrayList<>();

  private final Set<String> tables = new HashSet<>();

  FusedMeasures(
      DuckDatabase database, List<Shard> shards, FusionMirror mirror, RowMeasure measure) {
    this.database = database;
    this.shards = List.copyOf(shards);
    this.mirror = mirror;
    this.measure = measure;
  }

  private record Row(int shard, long number, long stamp, Captions captions) {}

  /**
   * The values of all rows that have a caption in that column.
   *
   * @param mapping says which columns are the raw and the synthetic captions
   * @param groups which values the query reads
   * @throws java.util.concurrent.CancellationException if cancelled; what was measured stays
   */
  synchronized QuerySource.Added table(
      FusedColumn column,
      ColumnMapping mapping,
      Set<String> groups,
      AddedNames names,
      JobContext context)
      throws SQLException {
    int series = mirror.refresh(column, context);
    String table = make(series, mapping);
    for (int i = 0; i < shards.size(); i++) {
      context.checkCancelled();
      measure(i, series, table, mapping, context);
    }
    String shard = names.unused("measured_shard");
    String row = names.unused("measured_row");
    Map<String, StringJoiner> fields = new LinkedHashMap<>();
    for (int i = 0; i < measure.values().size(); i++) {
      RowMeasure.Value value = measure.values().get(i);
      if (groups.contains(value.group())) {
        fields
            .computeIfAbsent(value.group(), group -> new StringJoiner(", ", "struct_pack(", ")"))
            .add(Sql.identifier(value.name()) + " := c" + i);
      }
    }
    StringJoiner values = new StringJoiner(", ");
    fields.forEach((group, struct) -> values.add(struct + " AS " + group));
    String sql =
        "(SELECT m.shard AS %s, m.row_number AS %s, %s FROM %s AS m SEMI JOIN %s AS f"
                .formatted(shard, row, values, table, FusionMirror.TABLE)
            + " ON f.series = %d AND f.stamp = m.stamp)".formatted(series);
    return QuerySource.Added.ofRows(sql, shard, row, "");
  }

  /** The table for a series and its parents, which is made if there is none. */
  private String make(int series, ColumnMapping mapping) throws SQLException {
    String key =
        series + "\0" + name(mapping, TrackRole.RAW) + "\0" + name(mapping, TrackRole.SYNTHETIC);
    if (!parents.contains(key)) {
      parents.add(key);
    }
    String table = "fusion_measures_" + parents.indexOf(key);
    if (tables.add(table)) {
      StringJoiner columns =
          new StringJoiner(
              ", ",
              "CREATE TABLE " + table + " (shard INTEGER, row_number BIGINT, stamp BIGINT, ",
              ")");
      for (int i = 0; i < measure.values().size(); i++) {
        columns.add("c" + i + " " + ShardMeasuring.type(measure.values().get(i)));
      }
      database.run(columns.toString());
    }
    return table;
  }

  private static String name(ColumnMapping mapping, TrackRole role) {
    return mapping.first(role).map(CaptionTrack::column).orElse("");
  }

  private void measure(
      int shard, int series, String table, ColumnMapping mapping, JobContext context)
      throws SQLException {
    String open =
        "SELECT row_number, stamp, text FROM %s WHERE series = %d AND shard = %d"
                .formatted(FusionMirror.TABLE, series, shard)
            + " AND text IS NOT NULL AND stamp NOT IN (SELECT stamp FROM %s)".formatted(table);
    List<long[]> bounds =
        database.list(
            "SELECT count(*), min(row_number), max(row_number) FROM (" + open + ")",
            List.of(),
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)});
    long[] bound = bounds.get(0);
    if (bound[0] == 0) {
      return;
    }
    Shard source = shards.get(shard);
    String sql =
        "SELECT f.row_number, f.stamp, %s, %s, f.text FROM (%s) AS f JOIN"
                .formatted(
                    text(source, mapping, TrackRole.RAW),
                    text(source, mapping, TrackRole.SYNTHETIC),
                    open)
            + " (SELECT *, file_row_number FROM %s WHERE file_row_number BETWEEN %d AND %d) AS p"
                .formatted(Sql.parquet(List.of(source.parquet())), bound[1], bound[2])
            + " ON p.file_row_number = f.row_number";
    List<Row> batch = new ArrayList<>();
    for (Row row :
        database.list(
            sql,
            found ->
                new Row(
                    shard,
                    found.getLong(1),
                    found.getLong(2),
                    new Captions(found.getString(3), found.getString(4), found.getString(5))),
            context)) {
      batch.add(row);
      if (batch.size() == BATCH) {
        append(batch, table, context);
      }
    }
    append(batch, table, context);
  }

  private static String text(Shard shard, ColumnMapping mapping, TrackRole role) {
    @Nullable ColumnInfo column =
        mapping.first(role).map(CaptionTrack::column).flatMap(shard::column).orElse(null);
    return column == null
        ? "CAST(NULL AS VARCHAR)"
        : "CAST(p." + Sql.identifier(column.name()) + " AS VARCHAR)";
  }

  private void append(List<Row> batch, String table, JobContext context) throws SQLException {
    context.checkCancelled();
    double[] values = new double[measure.values().size()];
    try (DuckDBConnection connection = database.connect();
        DuckDBAppender appender = connection.createAppender(table)) {
      for (Row row : batch) {
        Captions captions = row.captions();
        measure.measure(captions.raw(), captions.synthetic(), captions.fused(), values);
        appender.beginRow().append(row.shard()).append(row.number()).append(row.stamp());
        for (int i = 0; i < values.length; i++) {
          if (Double.isNaN(values[i])) {
            appender.appendNull();
          } else if (measure.values().get(i).type() == RowMeasure.Value.Type.NUMBER) {
            appender.append(values[i]);
          } else {
            appender.append(values[i] != 0);
          }
        }
        appender.endRow();
      }
    }
    batch.clear();
  }
}
