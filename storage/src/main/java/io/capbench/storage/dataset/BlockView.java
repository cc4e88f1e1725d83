package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A view that reads blocks of rows and keeps the last ones. */
final class BlockView implements RowView {
  private static final long CACHED_ROWS = 1 << 15;
  private static final long CACHED_CHARS = 1 << 24;
  private static final long CHARS_TO_GROW = 1 << 20;

  private final Blocks blocks;
  private final BlockCache cache = new BlockCache(CACHED_ROWS, CACHED_CHARS);
  private volatile BlockCache.@Nullable Block last;
  private volatile boolean closed;

  BlockView(Blocks blocks) {
    this.blocks = blocks;
  }

  /** Where the rows of a view come from. Thread-safe. */
  interface Blocks {
    /** Number of rows. */
    long size();

    /** Whether {@link #read} is as fast as it gets. */
    boolean settled();

    /** How many rows to read where nobody read before. */
    int blockRows();

    /** How many rows to read at once, at most, where one block after another is read. */
    int mostRows();

    /**
     * Reads a block with a position; it has that row, and others behind it. It may begin before it
     * if it has {@link #blockRows} rows.
     *
     * @param count how many rows to read at most
     * @param wanted how many rows from the position on are needed now: the block has them all, if
     *     it may have as many rows
     */
    BlockCache.Block read(long position, int count, long wanted);

    /**
     * Where to begin a block of {@link #blockRows} rows: at a multiple of them or of half of them,
     * so that blocks meet, or else at the position itself; whatever is the first with which the
     * wanted rows are in one block, because every block is a query.
     */
    static long start(long position, int blockRows, long wanted) {
      for (int step : new int[] {blockRows, blockRows / 2}) {
        if (position % step + wanted <= blockRows) {
          return position - position % step;
        }
      }
      return position;
    }

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
        block = blocks.read(position, count(position), end - position);
        cache.add(block);
        last = block;
      }
      long stop = Math.min(end, block.end());
      page.addAll(
          block.rows().subList((int) (position - block.from()), (int) (stop - block.from())));
      position = stop;
    }
    return page;
  }

  // Whoever reads on from block to block gets larger ones: every block costs a query of its own.
  private int count(long position) {
    BlockCache.Block before = last;
    if (before == null || before.end() != position || before.chars() > CHARS_TO_GROW) {
      return blocks.blockRows();
    }
    return Math.min(blocks.mostRows(), Math.max(blocks.blockRows(), before.rows().size()) * 2);
  }

  @Override
  public boolean settled() {
    return blocks.settled();
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
    last = null;
    cache.clear();
    blocks.close();
  }
}
