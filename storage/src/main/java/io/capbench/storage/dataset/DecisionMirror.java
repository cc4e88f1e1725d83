package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.Verdict;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A copy of the current decisions for filters to join with. */
final class DecisionMirror {
  private static final String TABLE = "decisions";
  private static final int NAMED = 12;

  private final DuckDatabase database;
  private final Map<String, List<Integer>> shardsByFingerprint;

  /**
   * What people noted beside their decisions, most used first, a dozen of each at most.
   *
   * @param tags in lower case
   * @param spanTypes ids of what words are marked as
   */
  record Notes(List<String> tags, List<String> spanTypes) {}

  DecisionMirror(DuckDatabase database, List<Shard> shards) throws SQLException {
    this.database = database;
    shardsByFingerprint = Shard.numbers(shards);
    database.run(
        "CREATE TABLE "
            + TABLE
            + " (shard INTEGER, row_number BIGINT, verdict VARCHAR, preferred VARCHAR,"
            + " edited BOOLEAN, annotator VARCHAR, decided_at TIMESTAMP,"
            + " tags VARCHAR[], span_types VARCHAR[])");
  }

  /** Takes these decisions for the ones before; queries see all of them or none. */
  synchronized void replace(Collection<Decision> decisions) throws SQLException {
    try (DuckDBConnection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("DELETE FROM " + TABLE);
      }
      try (DuckDBAppender appender = connection.createAppender(TABLE)) {
        for (Decision decision : decisions) {
          List<Integer> shards =
              shardsByFingerprint.getOrDefault(decision.key().fingerprint(), List.of());
          for (int shard : shards) {
            append(appender, shard, decision);
          }
        }
      }
      connection.commit();
    }
  }

  private static void append(DuckDBAppender appender, int shard, Decision decision)
      throws SQLException {
    Verdict verdict = decision.verdict();
    // Who tagged a row has not decided on it.
    boolean decided = decision.decided();
    appender
        .beginRow()
        .append(shard)
        .append(decision.key().row())
        .append(verdict == null ? null : verdict.id())
        .append(decision.preferredTrack())
        .append(decision.editedText() != null)
        .append(decided ? decision.annotator() : null)
        .append(decided ? LocalDateTime.ofInstant(decision.at(), ZoneOffset.UTC) : null)
        .append(decision.tags().stream().map(tag -> tag.toLowerCase(Locale.ROOT)).toList())
        .append(decision.spans().stream().map(CaptionSpan::type).distinct().sorted().toList())
        .endRow();
  }

  /** The tags and types of spans that rows of the dataset have. */
  Notes notes() throws SQLException {
    return new Notes(mostUsed("tags"), mostUsed("span_types"));
  }

  private List<String> mostUsed(String column) throws SQLException {
    return database.list(
        "SELECT note FROM (SELECT unnest(%s) AS note FROM %s)".formatted(column, TABLE)
            + " GROUP BY note ORDER BY count(*) DESC, note LIMIT "
            + NAMED,
        List.of(),
        row -> row.getString(1));
  }

  /**
   * The decisions as one value a row with fields, so that their names and the dataset's columns
   * cannot be mixed up.
   */
  QuerySource.Added table(AddedNames names) {
    String shard = names.unused("decided_shard");
    String row = names.unused("decided_row");
    String sql =
        "(SELECT shard AS %s, row_number AS %s,".formatted(shard, row)
            + " struct_pack(verdict := verdict, preferred := preferred, edited := edited,"
            + " annotator := annotator, \"at\" := decided_at,"
            + " tags := tags, span_types := span_types) AS "
            + AddedNames.DECISION
            + " FROM "
            + TABLE
            + ")";
    return QuerySource.Added.ofRows(sql, shard, row, "");
  }
}
