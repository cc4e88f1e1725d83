package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import java.util.List;
import java.util.OptionalLong;

/**
 * The rows of a dataset that match a query, in its order, by position from 0. What matches is
 * settled when the view is made and does not change afterwards; a view that is handed out while its
 * rows are still searched grows at its end until then. Thread-safe; every call may read from disk.
 */
public interface RowView extends AutoCloseable {

  /** Number of matching rows; of a growing view, of those that were found so far. */
  long size();

  /**
   * Reads consecutive rows.
   *
   * @param from first position, from 0
   * @param limit how many at most; fewer come back only at the end of the view
   * @throws io.capbench.storage.model.CapbenchException if the shard cannot be read, naming it
   */
  List<CaptionRow> page(long from, int limit);

  /** Position of that row, or empty if it does not match. */
  OptionalLong positionOf(RowKey key);

  /**
   * Whether no row comes any more and pages are as fast as they get. A view in another order than
   * the shards' copies its rows in the background, and reads the shards until that is done.
   */
  default boolean settled() {
    return true;
  }

  /** Frees what the view holds. Idempotent. */
  @Override
  void close();
}
