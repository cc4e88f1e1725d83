package io.capbench.storage.workspace;

import io.capbench.storage.model.RowKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of the tables behind {@link Scores}. */
final class ScoreTables {
  private ScoreTables() {}

  static ResultTables<Score> of(WorkspaceConnection connection) {
    return new ResultTables<>(
        connection,
        new ResultTables.Names(
            "score",
            "model",
            "caption_column",
            "image_column",
            List.of("caption_hash", "image_hash", "similarity", "reason")),
        Score::key,
        ScoreTables::score,
        ScoreTables::set);
  }

  private static Score score(ResultSet result) throws SQLException {
    byte @Nullable [] image = result.getBytes(4);
    double similarity = result.getDouble(5);
    boolean none = result.wasNull();
    return new Score(
        new RowKey(result.getString(1), result.getLong(2)),
        HexFormat.of().formatHex(result.getBytes(3)),
        image == null ? null : HexFormat.of().formatHex(image),
        none ? null : similarity,
        result.getString(6));
  }

  static ScoreSeries series(ResultSet result) throws SQLException {
    return new ScoreSeries(
        new ScoredModel(result.getLong(1), result.getString(2), result.getString(3)),
        new ScoreColumns(result.getString(4), result.getString(5)));
  }

  /** A name for a model that no other one has. */
  static String unusedLabel(Connection sql, String name) throws SQLException {
    return Labels.unused(
        name.isBlank() ? "model" : name.strip(),
        "-",
        models(sql).stream().map(ScoredModel::label).toList());
  }

  /** The models, the one used last first. */
  static List<ScoredModel> models(Connection sql) throws SQLException {
    List<ScoredModel> models = new ArrayList<>();
    try (Statement query = sql.createStatement();
        ResultSet result =
            query.executeQuery("SELECT id, sha256, label FROM score_model ORDER BY used DESC")) {
      while (result.next()) {
        models.add(new ScoredModel(result.getLong(1), result.getString(2), result.getString(3)));
      }
    }
    return models;
  }

  private static void set(PreparedStatement put, Score score) throws SQLException {
    String image = score.imageHash();
    Double similarity = score.similarity();
    put.setBytes(3, HexFormat.of().parseHex(score.captionHash()));
    put.setBytes(4, image == null ? null : HexFormat.of().parseHex(image));
    if (similarity == null) {
      put.setNull(5, Types.REAL);
    } else {
      put.setDouble(5, similarity);
    }
    put.setString(6, score.reason());
  }
}
