package io.capbench.app.cli;

import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows, in which order. */
final class QueryOptions {
  @Option(
      names = "--where",
      paramLabel = "SQL",
      description =
          "Only rows for which this condition holds: SQL of DuckDB over the shards' columns,"
              + " words(COLUMN), decision.verdict, decision.preferred, decision.edited,"
              + " decision.annotator, decision.at, decision.tags, decision.span_types, provenance.raw, .synthetic, .both, .neither,"
              + " .content_words, flags.prompt_leak, .invented_number, .empty, .truncated,"
              + " .concatenation, .mismatched_parents, similarity.TRACK. Provenance and flags of all rows are found"
              + " once and kept.")
  private @Nullable String where;

  @Option(
      names = "--order",
      paramLabel = "SQL",
      description =
          "Order by these SQL expressions, or shuffled(SEED) (default: the order of the shards).")
  private @Nullable String order;

  @Nullable String where() {
    return where;
  }

  @Nullable String order() {
    return order;
  }

  /** The query with these filters too. */
  RowQuery with(List<RowFilter> more) {
    List<RowFilter> filters = new ArrayList<>(more);
    if (where != null) {
      filters.add(new RowFilter.Sql(where));
    }
    return new RowQuery(filters, order == null ? null : new RowOrder.Sql(order));
  }
}
