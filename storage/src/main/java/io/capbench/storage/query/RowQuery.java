package io.capbench.storage.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows, in which order.
 *
 * @param filters conditions that must all hold
 * @param order what they are ordered by, or null for the order of the shards
 */
public record RowQuery(List<RowFilter> filters, @Nullable RowOrder order) {
  /** Every row in the order of the shards. */
  public static final RowQuery ALL = new RowQuery(List.of(), null);

  public RowQuery {
    filters = List.copyOf(filters);
  }
}
