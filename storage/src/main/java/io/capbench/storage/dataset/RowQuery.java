package io.capbench.storage.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows, in which order.
 *
 * @param filters conditions that must all hold
 * @param order SQL of an ORDER BY clause without these words, or null for the order of the shards
 */
public record RowQuery(List<RowFilter> filters, @Nullable String order) {
  /** Every row in the order of the shards. */
  public static final RowQuery ALL = new RowQuery(List.of(), null);

  public RowQuery {
    filters = List.copyOf(filters);
  }
}
