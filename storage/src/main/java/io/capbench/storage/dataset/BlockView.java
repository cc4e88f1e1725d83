package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A view that reads blocks of rows and keeps the last ones. */
final class BlockView implements RowView {
  private static final long CACHED_ROWS = 1 << 15;
  private static final long CACHED_CHARS = 1 << 24;

  private final Blocks blocks;
  private final BlockCache cache = new BlockCache(CACHED_ROWS, CACHED_CHARS);
  private volatile boolean closed;

  BlockView(Blocks blocks) {
    this.blocks = blocks;
  }

  /** Where the rows of a view come from. Thread-safe. */
  interface Blocks {
    /** Number of rows. */
    long size();

    /** Reads the block with a position; it has that row, and others around it. */
    BlockCache.Block read(long position);

    OptionalLong positionOf(RowKey key);

    /** Frees what it holds; called once. */
    void close();
  }

  @Override
  public long size() {
    return blocks.size();
  }

  @Override
  public List<CaptionRow> page(long from, int limit) {
    if (from < 0 || limit < 0) {
      throw new IllegalArgumentException("No page from " + from + " with " + limit + " rows");
    }
    if (closed) {
      throw new IllegalStateException("The view is closed");
    }
    long end = Math.min(size(), from + limit);
    List<CaptionRow> page = new ArrayList<>();
    long position = from;
    while (position < end) {
      BlockCache.Block block = cache.find(position);
      if (block == null) {
        block = blocks.read(position);
        cache.add(block);
      }
      long stop = Math.min(end, block.end());
      page.addAll(
          block.rows().subList((int) (position - block.from()), (int) (stop - block.from())));
      position = stop;
    }
    return page;
  }

  @Override
  public OptionalLong positionOf(RowKey key) {
    if (closed) {
      throw new IllegalStateException("The view is closed");
    }
    return blocks.positionOf(key);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    cache.clear();
    blocks.close();
  }
}
