package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.workspace.NamedScores;
import io.capbench.storage.workspace.ScoreSeries;
import io.capbench.storage.workspace.Scores;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the scores that queries read, for them to join with. A series is copied when a query
 * first reads it, and again after scores changed. Thread-safe.
 */
final class ScoreMirror {
  private static final String TABLE = "scores";
  private static final int CHECKED = 4_096;

  private final DuckDatabase database;
  private final Map<String, List<Integer>> shardsByFingerprint;

  /** What rows of the table are of; never another series, since a query may run while it grows. */
  private final Map<ScoreSeries, Integer> numbers = new HashMap<>();

  /** How far series were copied. */
  private final Map<ScoreSeries, Scores.Version> copied = new HashMap<>();

  private @Nullable Scores scores;

  ScoreMirror(DuckDatabase database, List<Shard> shards) throws SQLException {
    this.database = database;
    shardsByFingerprint = Shard.numbers(shards);
    database.run(
        "CREATE TABLE "
            + TABLE
            + " (series INTEGER, shard INTEGER, row_number BIGINT, similarity DOUBLE)");
  }

  /** Takes these scores from now on. */
  synchronized void use(Scores source) {
    if (source != scores) {
      scores = source;
      copied.clear();
    }
  }

  /**
   * The similarities that rows have, by what queries call them: the tracks' names for the model
   * that scored last, then {@code LABEL:TRACK} for every model.
   */
  synchronized Map<String, ScoreSeries> names(ColumnMapping mapping) {
    return scores == null
        ? Map.of()
        : new NamedScores(scores, shardsByFingerprint.keySet(), mapping).series();
  }

  /**
   * The similarities as one value a row with fields.
   *
   * @param needed which of them queries read
   * @throws CapbenchException if there is no such similarity
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  QuerySource.Added table(
      ColumnMapping mapping, AddedNames.Similarities needed, AddedNames names, JobContext context)
      throws SQLException {
    Map<String, Integer> fields = fields(mapping, needed, context);
    String shard = names.unused("scored_shard");
    String row = names.unused("scored_row");
    String values =
        fields.entrySet().stream()
            .map(
                field ->
                    Sql.identifier(field.getKey())
                        + " := max(similarity) FILTER (series = "
                        + field.getValue()
                        + ")")
            .collect(Collectors.joining(", "));
    String wanted =
        fields.values().stream().distinct().map(String::valueOf).collect(Collectors.joining(", "));
    String sql =
        "(SELECT shard AS %s, row_number AS %s, struct_pack(%s) AS %s FROM %s"
                .formatted(shard, row, values, AddedNames.SIMILARITY, TABLE)
            + " WHERE series IN (%s) GROUP BY shard, row_number)".formatted(wanted);
    return QuerySource.Added.ofRows(sql, shard, row, "");
  }

  private synchronized Map<String, Integer> fields(
      ColumnMapping mapping, AddedNames.Similarities needed, JobContext context)
      throws SQLException {
    Map<String, ScoreSeries> known = names(mapping);
    Scores source = scores;
    if (source == null || known.isEmpty()) {
      throw new CapbenchException(
          "No row was scored by a model"
              + (mapping.imageColumn() == null ? ", since there is no image column" : "")
              + ", so there is no similarity. Score them with capbench score DATASET --model DIR");
    }
    Map<String, ScoreSeries> wanted = new LinkedHashMap<>();
    for (String name : needed.named()) {
      wanted.put(name, find(name, known));
    }
    if (needed.all()) {
      Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER); // as DuckDB compares names
      taken.addAll(wanted.keySet());
      known.forEach(
          (name, series) -> {
            if (taken.add(name)) {
              wanted.put(name, series);
            }
          });
    }
    Scores.Version now = source.version();
    Map<String, Integer> fields = new LinkedHashMap<>();
    for (Map.Entry<String, ScoreSeries> one : wanted.entrySet()) {
      ScoreSeries series = one.getValue();
      int number = numbers.computeIfAbsent(series, unknown -> numbers.size());
      if (!now.equals(copied.get(series))) {
        copy(source, series, number, context);
        copied.put(series, now);
      }
      fields.put(one.getKey(), number);
    }
    return fields;
  }

  private static ScoreSeries find(String name, Map<String, ScoreSeries> known) {
    ScoreSeries exact = known.get(name);
    if (exact != null) {
      return exact;
    }
    return known.entrySet().stream()
        .filter(one -> one.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                new CapbenchException(
                    "There is no similarity called "
                        + name
                        + ". There are "
                        + String.join(", ", known.keySet())
                        + ". Score other tracks with capbench score DATASET --model DIR"
                        + " --tracks NAME"));
  }

  /** Copies one series in place of what was copied of it, all of it or nothing. */
  private void copy(Scores source, ScoreSeries series, int number, JobContext context)
      throws SQLException {
    try (DuckDBConnection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("DELETE FROM " + TABLE + " WHERE series = " + number);
      }
      try (DuckDBAppender appender = connection.createAppender(TABLE)) {
        for (Map.Entry<String, List<Integer>> shard : shardsByFingerprint.entrySet()) {
          source.forEach(
              series,
              shard.getKey(),
              (row, similarity) -> {
                if (row % CHECKED == 0) {
                  context.checkCancelled();
                }
                append(appender, number, shard.getValue(), row, similarity);
              });
        }
      }
      connection.commit();
    }
  }

  private static void append(
      DuckDBAppender appender, int number, List<Integer> shards, long row, double similarity) {
    try {
      for (int shard : shards) {
        appender.beginRow().append(number).append(shard).append(row).append(similarity).endRow();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB takes no row", e);
    }
  }
}
