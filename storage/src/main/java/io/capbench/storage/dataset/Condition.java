package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filters and the order of a query as SQL.
 *
 * @param where a condition that holds for every row that matches
 * @param order what comes after ORDER BY, or null
 * @param parameters values of the question marks in {@code where}
 * @param decisions whether it reads decisions, which costs a join
 */
record Condition(String where, @Nullable String order, List<Object> parameters, boolean decisions) {
  Condition {
    parameters = List.copyOf(parameters);
  }

  /**
   * Turns a query into SQL.
   *
   * @param column finds a column of the dataset by name
   * @throws io.capbench.storage.model.CapbenchException if an expression is not one
   */
  static Condition of(
      RowQuery query,
      List<CaptionTrack> tracks,
      Function<String, Optional<ColumnInfo>> column,
      SqlCheck check) {
    List<String> parts = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    boolean decisions = false;
    for (RowFilter filter : query.filters()) {
      if (filter instanceof RowFilter.Contains contains) {
        List<ColumnInfo> columns =
            tracks.stream()
                .map(CaptionTrack::column)
                .map(column)
                .flatMap(Optional::stream)
                .toList();
        parts.add(contains(columns));
        columns.forEach(searched -> parameters.add(contains.text()));
      } else if (filter instanceof RowFilter.Sql sql) {
        check.expression(sql.expression());
        parts.add("(" + sql.expression() + "\n)");
        decisions |= mentionsDecisions(sql.expression());
      } else if (filter instanceof RowFilter.Decided decided) {
        decisions = true;
        if (decided.verdict() == null) {
          parts.add("decision.verdict IS NULL");
        } else {
          parts.add("decision.verdict = ?");
          parameters.add(decided.verdict().id());
        }
      } else if (filter instanceof RowFilter.Edited) {
        decisions = true;
        parts.add("decision.edited");
      } else {
        throw new IllegalStateException("No SQL for " + filter);
      }
    }
    String order = null;
    if (query.order() instanceof RowOrder.Sql sql) {
      order = sql.expressions();
      check.order(order);
      decisions |= mentionsDecisions(order);
    } else if (query.order() != null) {
      throw new IllegalStateException("No SQL for " + query.order());
    }
    String where = parts.isEmpty() ? "true" : String.join(" AND ", parts);
    return new Condition(where, order, parameters, decisions);
  }

  private static String contains(List<ColumnInfo> columns) {
    return columns.isEmpty()
        ? "false"
        : columns.stream()
            .map(
                found ->
                    "contains(lower(CAST("
                        + Sql.identifier(found.name())
                        + " AS VARCHAR)), lower(?))")
            .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private static boolean mentionsDecisions(String sql) {
    return sql.toLowerCase(Locale.ROOT).contains("decision");
  }
}
