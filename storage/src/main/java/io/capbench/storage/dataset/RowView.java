package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import java.util.List;
import java.util.OptionalLong;

/**
 * The rows of a dataset that match a query, in its order, by position from 0. What matches is
 * settled when the view is made and does not change afterwards. Thread-safe; every call may read
 * from disk.
 */
public interface RowView extends AutoCloseable {

  /** Number of matching rows. */
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

  /** Frees what the view holds. Idempotent. */
  @Override
  void close();
}
