package io.capbench.storage.query;

import java.util.List;

/**
 * A group of rows in a {@link Facet}.
 *
 * @param label for people, such as {@code 10-19}
 * @param count number of rows in it
 * @param filters what to filter by to see just these rows; all of them must hold; never empty
 */
public record Bucket(String label, long count, List<RowFilter> filters) {
  public Bucket {
    filters = List.copyOf(filters);
  }
}
