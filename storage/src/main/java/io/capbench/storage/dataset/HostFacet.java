package io.capbench.storage.dataset;

import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.QueryText;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The web hosts of the images of rows, the most frequent ones by name.
 *
 * @param host the expression that finds a row's host, as people may write it; empty without one
 */
record HostFacet(String host) {
  private static final int NAMED = 12;

  /** The hosts of that column. */
  static HostFacet of(String column) {
    // With QueryText, quotes stand only where the column's name needs them.
    String name = new QueryText(ColumnMapping.NONE).write(new RowOrder.ByColumn(column, false));
    return new HostFacet("lower(split_part(" + name + ", '/', 3))");
  }

  /** How often a host occurs. */
  record Count(String host, long rows) {}

  /** The query for {@code host, rows}, one row a host. */
  String select(String resolved, String from, String where) {
    return "SELECT %s AS host, count(*) AS rows FROM %s WHERE %s GROUP BY ALL"
        .formatted(resolved, from, where);
  }

  /** The query for the hosts that are named, out of a table of all. */
  static String named(String table) {
    return "SELECT host, rows FROM "
        + table
        + " WHERE host <> '' ORDER BY rows DESC, host LIMIT "
        + NAMED;
  }

  /**
   * The facet.
   *
   * @param named the most frequent hosts
   * @param withHost number of rows that have a host
   * @param rows number of rows
   */
  Facet facet(List<Count> named, long withHost, long rows, boolean sampled) {
    List<Bucket> buckets = new ArrayList<>();
    for (Count count : named) {
      String filter = host + " = " + Sql.literal(count.host());
      buckets.add(new Bucket(count.host(), count.rows(), List.of(new RowFilter.Sql(filter))));
    }
    long others = withHost - named.stream().mapToLong(Count::rows).sum();
    if (others > 0) {
      String all =
          named.stream()
              .map(count -> Sql.literal(count.host()))
              .collect(Collectors.joining(", ", "('', ", ")"));
      buckets.add(
          new Bucket("others", others, List.of(new RowFilter.Sql(host + " NOT IN " + all))));
    }
    return new Facet("host", "Hosts of images", buckets, rows, sampled);
  }
}
