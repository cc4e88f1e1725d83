package io.capbench.storage.dataset;

import io.capbench.storage.model.ColumnInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a query reads from: the shards, and beside every row what Capbench adds to it, as far as the
 * query needs that. {@code file_index} and {@code file_row_number} say which row it is.
 *
 * @param from what comes after FROM
 * @param joined whether rows come in no order of their own
 */
record QuerySource(String from, boolean joined) {

  /**
   * A table that Capbench adds.
   *
   * @param sql a subquery; its names meet no column's, except for those that it adds
   * @param shard its column that says which shard a row is in, as the query numbers shards
   * @param row its column that says which row of that shard it is
   */
  record Added(String sql, String shard, String row) {}

  /**
   * A source.
   *
   * @param scan the shards, as {@link Sql#parquet} writes them
   * @param columns of the dataset
   * @param needed the names that the tables add
   * @param tables at most one row for each row of the dataset
   */
  static QuerySource of(
      String scan,
      List<ColumnInfo> columns,
      AddedNames names,
      Set<String> needed,
      List<Added> tables) {
    if (tables.isEmpty()) {
      return new QuerySource(scan, false);
    }
    List<String> own = new ArrayList<>(List.of("file_index", "file_row_number"));
    for (ColumnInfo column : columns) {
      String name = Sql.identifier(column.name());
      boolean hidden = needed.contains(column.name().toLowerCase(Locale.ROOT));
      own.add(hidden ? name + " AS " + Sql.identifier(names.standIn(column.name())) : name);
    }
    StringBuilder from =
        new StringBuilder("(SELECT ").append(String.join(", ", own)).append(" FROM ").append(scan);
    from.append(')');
    for (Added table : tables) {
      from.append(" LEFT JOIN ").append(table.sql()).append(" ON ");
      from.append(table.shard()).append(" = file_index AND ");
      from.append(table.row()).append(" = file_row_number");
    }
    return new QuerySource(from.toString(), true);
  }

  /** The query for shard and row numbers of the rows that match, in order. */
  String rows(Condition condition) {
    String select =
        "SELECT file_index, file_row_number FROM " + from + " WHERE " + condition.where();
    if (condition.order() != null) {
      return select + " ORDER BY " + condition.order() + ", file_index, file_row_number";
    }
    return joined ? select + " ORDER BY file_index, file_row_number" : select;
  }
}
