package io.capbench.storage.workspace;

import io.capbench.storage.model.RowKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How alike captions and images are to models, row by row. A score belongs to a row of a shard, so
 * it is gone from filters when the shard is written anew; {@link #ofSameContent} finds it again.
 *
 * <p>Thread-safe. Methods that write throw a {@link io.capbench.storage.model.CapbenchException} if
 * that fails; then nothing was written.
 */
public final class Scores {
  private static final int BATCH = 5_000;

  /**
   * Different after scores changed, here or in another program.
   *
   * @param own counts what this object wrote
   * @param others changes with whatever others write to the workspace
   */
  public record Version(long own, long others) {}

  /** Takes one row's similarity. */
  public interface EachSimilarity {

    /**
     * Takes it.
     *
     * @param row number in its shard
     * @param similarity cosine, -1..1
     */
    void row(long row, double similarity);
  }

  private final WorkspaceConnection connection;
  private final ResultTables<Score> tables;
  private final AtomicLong writes = new AtomicLong();

  Scores(WorkspaceConnection connection) {
    this.connection = connection;
    tables = ScoreTables.of(connection);
  }

  /**
   * Makes a model the one that scored last, and known if it is not.
   *
   * @param sha256 identifies its weights and configuration
   * @param name what it is called, such as the name of its folder
   */
  public ScoredModel use(String sha256, String name) {
    ScoredModel model =
        connection.write(
            sql -> {
              try (PreparedStatement put =
                  sql.prepareStatement(
                      "INSERT INTO score_model (sha256, label, used)"
                          + " SELECT ?, ?, coalesce(max(used), 0) + 1 FROM score_model WHERE true"
                          + " ON CONFLICT (sha256) DO UPDATE SET used = excluded.used")) {
                put.setString(1, sha256);
                put.setString(2, ScoreTables.unusedLabel(sql, name));
                put.executeUpdate();
              }
              return ScoreTables.models(sql).get(0);
            });
    writes.incrementAndGet();
    return model;
  }

  /** The models that scored, the last one first. */
  public List<ScoredModel> models() {
    return connection.read(ScoreTables::models);
  }

  /**
   * Keeps scores in place of any earlier ones, all of them or none.
   *
   * @param scores of rows of any shards
   */
  public void put(ScoredModel model, ScoreColumns columns, Collection<Score> scores) {
    if (scores.isEmpty()) {
      return;
    }
    tables.put(series(model, columns), scores);
    writes.incrementAndGet();
  }

  private static ResultTables.Series series(ScoredModel model, ScoreColumns columns) {
    return new ResultTables.Series(model.id(), columns.caption(), columns.image());
  }

  /** The scores of these rows; rows that were not scored are left out. */
  public Map<RowKey, Score> of(ScoredModel model, ScoreColumns columns, Collection<RowKey> keys) {
    return tables.of(series(model, columns), keys);
  }

  /**
   * The similarity that a model gave to the same caption and the same image in whatever shard.
   *
   * @param captionHash as in {@link Score}
   * @param imageHash as in {@link Score}
   */
  public OptionalDouble ofSameContent(ScoredModel model, String captionHash, String imageHash) {
    return connection.read(
        sql -> {
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT similarity FROM score JOIN score_series ON score_series.id = series"
                      + " WHERE caption_hash = ? AND image_hash = ? AND similarity IS NOT NULL"
                      + " AND model = ? LIMIT 1")) {
            query.setBytes(1, HexFormat.of().parseHex(captionHash));
            query.setBytes(2, HexFormat.of().parseHex(imageHash));
            query.setLong(3, model.id());
            try (ResultSet result = query.executeQuery()) {
              return result.next()
                  ? OptionalDouble.of(result.getDouble(1))
                  : OptionalDouble.empty();
            }
          }
        });
  }

  /** What models compared in rows of these shards, those of the last model first. */
  public List<ScoreSeries> series(Set<String> fingerprints) {
    String shards = JsonText.of(fingerprints);
    return connection.read(
        sql -> {
          List<ScoreSeries> series = new ArrayList<>();
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT DISTINCT score_model.id, sha256, label, caption_column, image_column"
                      + " FROM score_series JOIN score_model ON score_model.id = model"
                      + " WHERE fingerprint IN (SELECT value FROM json_each(?))"
                      + " ORDER BY used DESC, caption_column, image_column")) {
            query.setString(1, shards);
            try (ResultSet result = query.executeQuery()) {
              while (result.next()) {
                series.add(ScoreTables.series(result));
              }
            }
          }
          return series;
        });
  }

  /**
   * Hands over the similarities of a shard in the order of its rows, in bounded memory. Others may
   * write meanwhile: a row is handed over once at most, as it was when its turn came.
   *
   * @param each called on this thread; may use the workspace
   */
  public void forEach(ScoreSeries series, String fingerprint, EachSimilarity each) {
    long[] rows = new long[BATCH];
    double[] similarities = new double[BATCH];
    long after = -1;
    int read;
    do {
      read = batch(series, fingerprint, after, rows, similarities);
      for (int i = 0; i < read; i++) {
        each.row(rows[i], similarities[i]);
      }
      after = read == 0 ? after : rows[read - 1];
    } while (read == BATCH);
  }

  private int batch(
      ScoreSeries series, String fingerprint, long after, long[] rows, double[] similarities) {
    return connection.read(
        sql -> {
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT score.row, similarity"
                      + " FROM score_series CROSS JOIN score ON series = score_series.id"
                      + tables.where()
                      + " AND score.row > ? AND similarity IS NOT NULL ORDER BY score.row LIMIT "
                      + BATCH)) {
            ResultTables.set(query, series(series.model(), series.columns()), fingerprint);
            query.setLong(5, after);
            int read = 0;
            try (ResultSet result = query.executeQuery()) {
              for (; result.next(); read++) {
                rows[read] = result.getLong(1);
                similarities[read] = result.getDouble(2);
              }
            }
            return read;
          }
        });
  }

  /** Tells whether scores may have changed since it was asked for before. Costs microseconds. */
  public Version version() {
    long others =
        connection.read(
            sql -> {
              try (Statement query = sql.createStatement();
                  ResultSet result = query.executeQuery("PRAGMA data_version")) {
                result.next();
                return result.getLong(1);
              }
            });
    return new Version(writes.get(), others);
  }
}
