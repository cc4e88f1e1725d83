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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of the tables behind {@link FusedCaptions}. */
final class FusionTables {
  /** What {@link #fuser} reads. */
  static final String FUSER = "fuser.id, model_sha256, prompt_sha256, dtype, decoding, label";

  private FusionTables() {}

  static ResultTables<Fusion> of(WorkspaceConnection connection) {
    return new ResultTables<>(
        connection,
        new ResultTables.Names(
            "fusion",
            "fuser",
            "raw_column",
            "synthetic_column",
            List.of("parents_hash", "text", "score", "finish", "flags", "reason")),
        Fusion::key,
        FusionTables::fusion,
        FusionTables::set);
  }

  /** Reads what {@link ResultTables#columns} names. */
  static Fusion fusion(ResultSet result) throws SQLException {
    double score = result.getDouble(5);
    boolean none = result.wasNull();
    return new Fusion(
        new RowKey(result.getString(1), result.getLong(2)),
        HexFormat.of().formatHex(result.getBytes(3)),
        result.getString(4),
        none ? null : score,
        result.getString(6),
        flags(result.getString(7)),
        result.getString(8));
  }

  private static List<String> flags(String kept) {
    return kept.isEmpty() ? List.of() : List.of(kept.split(" ", -1));
  }

  static KnownFuser fuser(ResultSet result) throws SQLException {
    return new KnownFuser(
        result.getLong(1),
        new FuserIdentity(
            result.getString(2), result.getString(3), result.getString(4), result.getString(5)),
        result.getString(6));
  }

  /** The fusers, the one that was known first comes first. */
  static List<KnownFuser> fusers(Connection sql) throws SQLException {
    List<KnownFuser> fusers = new ArrayList<>();
    try (Statement query = sql.createStatement();
        ResultSet result =
            query.executeQuery("SELECT " + FUSER + " FROM fuser ORDER BY fuser.id")) {
      while (result.next()) {
        fusers.add(fuser(result));
      }
    }
    return fusers;
  }

  static Optional<KnownFuser> find(Connection sql, FuserIdentity identity) throws SQLException {
    return fusers(sql).stream().filter(fuser -> fuser.identity().equals(identity)).findFirst();
  }

  /** Makes a fuser that is not known. */
  static void makeFuser(Connection sql, FuserIdentity identity, String name) throws SQLException {
    String what = name.isBlank() ? "model" : name.strip();
    String label =
        "fused (" + what + (identity.dtype().isBlank() ? "" : ", " + identity.dtype()) + ")";
    List<String> used = fusers(sql).stream().map(KnownFuser::label).toList();
    try (PreparedStatement put =
        sql.prepareStatement(
            "INSERT INTO fuser (model_sha256, prompt_sha256, dtype, decoding, label)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      put.setString(1, identity.modelSha256());
      put.setString(2, identity.promptSha256());
      put.setString(3, identity.dtype());
      put.setString(4, identity.decoding());
      put.setString(5, Labels.unused(label, " ", used));
      put.executeUpdate();
    }
  }

  private static void set(PreparedStatement put, Fusion fusion) throws SQLException {
    @Nullable Double score = fusion.score();
    put.setBytes(3, HexFormat.of().parseHex(fusion.parentsHash()));
    put.setString(4, fusion.text());
    if (score == null) {
      put.setNull(5, Types.REAL);
    } else {
      put.setDouble(5, score);
    }
    put.setString(6, fusion.finish());
    put.setString(7, String.join(" ", fusion.flags()));
    put.setString(8, fusion.reason());
  }
}
