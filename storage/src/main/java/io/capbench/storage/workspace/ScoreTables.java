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
  /** What {@link #score} reads. */
  static final String SELECT =
      "SELECT fingerprint, score.row, caption_hash, image_hash, similarity, reason";

  private ScoreTables() {}

  static Score score(ResultSet result) throws SQLException {
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

  /** The name, with a number behind it if another model is called so. */
  static String unusedLabel(Connection sql, String name) throws SQLException {
    List<ScoredModel> models = models(sql);
    String label = name;
    for (int number = 2; isUsed(models, label); number++) {
      label = name + "-" + number;
    }
    return label;
  }

  private static boolean isUsed(List<ScoredModel> models, String label) {
    return models.stream().anyMatch(model -> model.label().equalsIgnoreCase(label));
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

  /** Fills all parameters but the first. */
  static void set(PreparedStatement put, Score score) throws SQLException {
    String image = score.imageHash();
    Double similarity = score.similarity();
    put.setLong(2, score.key().row());
    put.setBytes(3, HexFormat.of().parseHex(score.captionHash()));
    put.setBytes(4, image == null ? null : HexFormat.of().parseHex(image));
    if (similarity == null) {
      put.setNull(5, Types.REAL);
    } else {
      put.setDouble(5, similarity);
    }
    put.setString(6, score.reason());
  }

  /** The id of a series, which is made if there is none. */
  static long makeSeries(
      Connection sql, ScoredModel model, ScoreColumns columns, String fingerprint)
      throws SQLException {
    try (PreparedStatement make =
            sql.prepareStatement(
                "INSERT OR IGNORE INTO score_series"
                    + " (model, fingerprint, caption_column, image_column) VALUES (?, ?, ?, ?)");
        PreparedStatement query =
            sql.prepareStatement(
                "SELECT id FROM score_series WHERE model = ? AND fingerprint = ?"
                    + " AND caption_column = ? AND image_column = ?")) {
      for (PreparedStatement statement : List.of(make, query)) {
        statement.setLong(1, model.id());
        statement.setString(2, fingerprint);
        statement.setString(3, columns.caption());
        statement.setString(4, columns.image());
      }
      make.executeUpdate();
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }
}
