package io.capbench.storage.dataset;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.query.QueryText;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filters and the order of a query as SQL over a {@link QuerySource}. What they mean is {@link
 * QueryText}'s; here they are checked and fitted to the columns.
 *
 * @param where a condition that holds for every row that matches
 * @param order what comes after ORDER BY, or null
 * @param added what the source has of what Capbench adds to the columns
 */
record Condition(String where, @Nullable String order, Set<String> added) {
  Condition {
    added = Set.copyOf(added);
  }

  /**
   * Turns a query into SQL.
   *
   * @param columns of the dataset
   * @param added what the source has of what Capbench adds: what the query reads at least
   * @throws CapbenchException if an expression is not one, or a track is not in the mapping
   */
  static Condition of(
      RowQuery query,
      ColumnMapping mapping,
      List<ColumnInfo> columns,
      AddedNames names,
      SqlCheck check,
      Set<String> added) {
    QueryText text = new QueryText(mapping, column -> asText(column, columns));
    List<String> parts = new ArrayList<>();
    for (RowFilter filter : query.filters()) {
      check(filter, mapping, check);
      // The end of the line ends a comment.
      parts.add("(" + names.resolve(text.write(List.of(filter)), added) + "\n)");
    }
    String order = null;
    if (query.order() != null) {
      check(query.order(), mapping, check);
      order = names.resolve(text.write(query.order()), added) + "\n";
    }
    String where = parts.isEmpty() ? "true" : String.join(" AND ", parts);
    return new Condition(where, order, added);
  }

  /** A column's content as text. */
  static String asText(String column, List<ColumnInfo> columns) {
    String name = Sql.identifier(column);
    boolean text =
        columns.stream()
            .anyMatch(one -> one.name().equalsIgnoreCase(column) && one.type().equals("VARCHAR"));
    return text ? name : "CAST(" + name + " AS VARCHAR)";
  }

  private static void check(RowFilter filter, ColumnMapping mapping, SqlCheck check) {
    String track = null;
    if (filter instanceof RowFilter.Not not) {
      check(not.filter(), mapping, check);
    } else if (filter instanceof RowFilter.Sql sql) {
      check.expression(sql.expression());
    } else if (filter instanceof RowFilter.Contains contains) {
      track = contains.track();
    } else if (filter instanceof RowFilter.Matches matches) {
      track = matches.track();
    } else if (filter instanceof RowFilter.Words words) {
      track = words.track();
    } else if (filter instanceof RowFilter.Equal equal) {
      track = equal.track();
    } else if (filter instanceof RowFilter.Missing missing) {
      track = missing.track();
    }
    checkTrack("filter", track, mapping);
  }

  private static void check(RowOrder order, ColumnMapping mapping, SqlCheck check) {
    if (order instanceof RowOrder.Sql sql) {
      check.order(sql.expressions());
    } else if (order instanceof RowOrder.ByLength by) {
      checkTrack("order", by.track(), mapping);
    } else if (order instanceof RowOrder.ByWords by) {
      checkTrack("order", by.track(), mapping);
    }
  }

  private static void checkTrack(String what, @Nullable String track, ColumnMapping mapping) {
    if (track != null && mapping.track(track).isEmpty()) {
      throw new CapbenchException(
          "The "
              + what
              + " names the track "
              + track
              + ", which does not exist. The tracks are "
              + mapping.tracks().stream()
                  .map(CaptionTrack::name)
                  .collect(Collectors.joining(", ")));
    }
  }
}
