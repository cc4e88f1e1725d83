package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.query.SqlToken;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the shard that a query failed at: DuckDB seldom says which of many files is damaged. */
final class DamageSearch {
  private final DuckDatabase database;
  private final List<Shard> shards;

  DamageSearch(DuckDatabase database, List<Shard> shards) {
    this.database = database;
    this.shards = List.copyOf(shards);
  }

  /**
   * Reads the columns that a condition names, shard by shard.
   *
   * @throws CapbenchException if one cannot be read, naming the shard
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  void refuse(Condition condition, JobContext context) {
    String query = condition.where() + " " + (condition.order() == null ? "" : condition.order());
    List<SqlToken> tokens = SqlToken.of(query);
    for (Shard shard : shards) {
      String columns =
          shard.columns().stream()
              .filter(column -> tokens.stream().anyMatch(token -> token.isName(column.name())))
              .map(column -> Sql.identifier(column.name()))
              .collect(Collectors.joining(", "));
      if (!columns.isEmpty()) {
        refuse(shard, columns, context);
      }
    }
  }

  private void refuse(Shard shard, String columns, JobContext context) {
    String sql = "EXPLAIN ANALYZE SELECT " + columns + " FROM ";
    try {
      database.execute(
          sql + Sql.parquet(List.of(shard.parquet())), List.of(), context, 100, "percent");
    } catch (SQLException e) {
      throw new CapbenchException(
          shard.info().path()
              + " cannot be filtered or ordered: "
              + DuckErrors.sentence(e)
              + ". The file is damaged, or was changed or moved after it was opened; write it again,"
              + " or open the other files without it",
          e);
    }
  }
}
