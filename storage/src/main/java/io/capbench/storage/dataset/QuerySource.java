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
   * @param on says which of its rows belongs to a row of the dataset
   * @param value a column that is computed from both, with its name; empty for none
   */
  record Added(String sql, String on, String value) {

    /**
     * A table with a row for some of the dataset's rows.
     *
     * @param shard its column that says which shard a row is in, as the query numbers shards
     * @param row its column that says which row of that shard it is
     */
    static Added ofRows(String sql, String shard, String row, String value) {
      return new Added(sql, shard + " = file_index AND " + row + " = file_row_number", value);
    }
  }

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
      String visible = visible(column.name(), names, needed);
      own.add(visible.equals(name) ? name : name + " AS " + visible);
    }
    StringBuilder from =
        new StringBuilder("(SELECT ").append(String.join(", ", own)).append(" FROM ").append(scan);
    from.append(')');
    StringBuilder values = new StringBuilder();
    for (Added table : tables) {
      from.append(" LEFT JOIN ").append(table.sql()).append(" ON ").append(table.on());
      if (!table.value().isEmpty()) {
        values.append(", ").append(table.value());
      }
    }
    if (!values.isEmpty()) {
      from.insert(0, "(SELECT *" + values + " FROM ").append(')');
    }
    return new QuerySource(from.toString(), true);
  }

  /**
   * How an expression in the source speaks of a column of the dataset.
   *
   * @param needed the names that tables add
   */
  static String visible(String column, AddedNames names, Set<String> needed) {
    boolean hidden = needed.contains(column.toLowerCase(Locale.ROOT));
    return Sql.identifier(hidden ? names.standIn(column) : column);
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
