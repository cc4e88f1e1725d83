package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.query.Facet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Counts the facets of one query: a pass over the rows, and one over their addresses. */
final class Facets {
  private final DuckDatabase database;
  private final String table;
  private final QuerySource source;
  private final Condition condition;
  private final RowSample sample;
  private final JobContext context;

  /**
   * Facets of a query.
   *
   * @param table a name that no other table has
   */
  Facets(
      DuckDatabase database,
      String table,
      QuerySource source,
      Condition condition,
      RowSample sample,
      JobContext context) {
    this.database = database;
    this.table = Sql.identifier(table);
    this.source = source;
    this.condition = condition;
    this.sample = sample;
    this.context = context;
  }

  /**
   * Counts.
   *
   * @param known what else there is to count
   * @param added what the source has of what Capbench adds
   * @throws SQLException if an expression does not fit the columns, or a shard cannot be read
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  List<Facet> count(
      ColumnMapping mapping,
      List<ColumnInfo> columns,
      List<RowMeasure.Value> values,
      FacetPlan.Known known,
      AddedNames names,
      Set<String> added)
      throws SQLException {
    String where = condition.where() + " AND " + sample.where();
    FacetPlan plan = new FacetPlan(mapping, columns, values, known);
    List<Facet> facets =
        new ArrayList<>(
            plan.facets(
                from(
                    plan.select(source.from(), where),
                    () ->
                        database
                            .list(
                                "SELECT * FROM " + table,
                                List.of(),
                                row -> {
                                  long[] counts = new long[plan.size()];
                                  for (int i = 0; i < counts.length; i++) {
                                    counts[i] = row.getLong(i + 1);
                                  }
                                  return counts;
                                })
                            .get(0)),
                sample.partial()));
    String image = mapping.imageColumn();
    if (image != null && mapping.imageKind() == ImageKind.URL) {
      HostFacet hosts = HostFacet.of(image);
      String host = names.resolve(hosts.host(), added);
      facets.add(
          from(hosts.select(host, source.from(), where), () -> hosts(hosts, facets.get(0).rows())));
    }
    return facets;
  }

  private Facet hosts(HostFacet hosts, long rows) throws SQLException {
    List<HostFacet.Count> named =
        database.list(
            HostFacet.named(table),
            List.of(),
            row -> new HostFacet.Count(row.getString(1), row.getLong(2)));
    long withHost =
        database
            .list(
                "SELECT coalesce(sum(rows), 0) FROM " + table + " WHERE host <> ''",
                List.of(),
                row -> row.getLong(1))
            .get(0);
    return hosts.facet(named, withHost, rows, sample.partial());
  }

  private interface Answer<T> {
    T read() throws SQLException;
  }

  // Only a statement without a result can be watched and cancelled.
  private <T> T from(String select, Answer<T> answer) throws SQLException {
    try {
      database.execute(
          "CREATE TABLE " + table + " AS " + select, List.of(), context, sample.rows(), "rows");
      return answer.read();
    } finally {
      database.run("DROP TABLE IF EXISTS " + table);
    }
  }
}
