package io.capbench.storage.dataset;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts of a view's rows, copied in the background so that a page does not read as many places
 * of the shards as it has rows. What is not copied yet, or never, is read from the shards. Pages
 * come first: the copy gives way to them.
 */
final class HitCopy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HitCopy.class);
  private static final long MOST_BYTES = 4L << 30;
  private static final int SHARE_OF_DISK = 4;
  private static final int ROW_BYTES = 512;
  private static final int FEWEST_ROWS = 64;
  private static final int PAGE_ROWS = 200;

  /** As many rows as a page may decode, if all hits are neighbours. */
  private static final long FAST_ROWS = 20_480;

  /** The same for hits with gaps between them, whose pages lie in two row groups more often. */
  private static final long FAST_ROWS_WITH_GAPS = 8_192;

  /** Rows between two hits from which on it is cheaper to start anew than to read over them. */
  private static final int GAP = 20_000;

  private static final int ROWS_BETWEEN_PAUSES = 4_096;
  private static final long PAUSE_NANOS = 200_000;

  /** Whoever reads page after page must not keep the copy from ever being made. */
  private static final long LONGEST_PAUSE_NANOS = 20_000_000;

  private final DuckDatabase database;
  private final HitFile found;
  private final RowReader reader;
  private final List<Shard> shards;
  private final boolean fileOrder;
  private final ForegroundContext context = new ForegroundContext(progress -> {});
  private final AtomicInteger pages = new AtomicInteger();
  private volatile @Nullable RowStore store;
  private volatile boolean broken;
  private @Nullable Thread thread;
  private boolean closed;

  /** Nothing is copied yet. */
  HitCopy(
      DuckDatabase database,
      HitFile found,
      RowReader reader,
      List<Shard> shards,
      boolean fileOrder) {
    this.database = database;
    this.found = found;
    this.reader = reader;
    this.shards = shards;
    this.fileOrder = fileOrder;
  }

  /** Begins to copy if that makes pages faster. To be called once, when all rows are found. */
  synchronized void start() {
    if (closed || !worthwhile()) {
      return;
    }
    try {
      store =
          new RowStore(
              database.scratchFile("copy-index"),
              database.scratchFile("copy-rows"),
              reader.values());
    } catch (CapbenchException e) {
      LOG.warn("Rows are not copied, and pages are slower", e);
      return;
    }
    thread = new Thread(this::run, "row-copy");
    thread.setDaemon(true);
    thread.start();
  }

  private boolean worthwhile() {
    long hits = found.size();
    if (hits < FEWEST_ROWS) {
      return false;
    }
    long rows = shards.stream().mapToLong(shard -> shard.info().rows()).sum();
    long groups = shards.stream().mapToLong(shard -> shard.info().rowGroups()).sum();
    long inGroup = Math.max(1, rows / Math.max(1, groups));
    long spanned = PAGE_ROWS * Math.max(1, rows / hits);
    long fast = 2 * hits > rows ? FAST_ROWS : FAST_ROWS_WITH_GAPS;
    return !fileOrder || Math.max(inGroup, spanned) > fast;
  }

  /** Whether it is copying. */
  synchronized boolean running() {
    return thread != null && thread.isAlive();
  }

  private void run() {
    RowStore target = store;
    if (target == null) {
      return;
    }
    try {
      long bytes = Math.min(MOST_BYTES, database.freeBytes() / SHARE_OF_DISK);
      long rows = Math.min(found.size(), bytes / ROW_BYTES);
      new CopyOrder(found, rows, fileOrder)
          .forEach((shard, batch) -> copy(target, shard, batch, bytes));
      target.flush();
      LOG.debug("Copied {} of {} rows, {} bytes", rows, found.size(), target.bytes());
    } catch (IOException | RuntimeException e) {
      if (context.cancelled()) {
        LOG.debug("The copy of a view's rows was given up", e);
      } else {
        LOG.warn("Rows are not copied any further, and some pages are slower", e);
      }
    }
  }

  private void copy(RowStore target, int shard, long[] batch, long mostBytes) {
    int start = 0;
    for (int end = 1; end <= batch.length; end++) {
      if (end == batch.length || CopyOrder.row(batch[end]) - CopyOrder.row(batch[end - 1]) > GAP) {
        if (target.bytes() < mostBytes) {
          copy(target, shard, batch, start, end);
        }
        start = end;
      }
    }
  }

  private void copy(RowStore target, int shard, long[] batch, int start, int end) {
    int[] next = {start};
    reader.scan(
        shard,
        CopyOrder.row(batch[start]),
        CopyOrder.row(batch[end - 1]) + 1,
        context,
        (number, texts) -> {
          if (number % ROWS_BETWEEN_PAUSES == 0) {
            letPagesPass();
          }
          if (next[0] < end && CopyOrder.row(batch[next[0]]) == number) {
            target.add(CopyOrder.position(batch[next[0]]), texts);
            next[0]++;
          }
        });
    if (next[0] < end) {
      throw new IllegalStateException("Row " + CopyOrder.row(batch[next[0]]) + " did not come");
    }
  }

  private void letPagesPass() {
    long end = System.nanoTime() + LONGEST_PAUSE_NANOS;
    while (pages.get() > 0 && !context.cancelled() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** A page is read from now on; the copy gives way until {@link #pageEnds}. */
  void pageBegins() {
    pages.incrementAndGet();
  }

  void pageEnds() {
    pages.decrementAndGet();
  }

  /**
   * The rows from a position on, as far as they are copied; null where they are not.
   *
   * @param hits which rows these are
   * @throws CapbenchException if a shard was changed after it was opened
   */
  @Nullable CaptionRow[] rows(long from, long[] hits) {
    @Nullable CaptionRow[] rows = new @Nullable CaptionRow[hits.length];
    RowStore source = store;
    if (source == null || broken) {
      return rows;
    }
    RowStore.@Nullable Texts[] texts;
    try {
      texts = source.read(from, hits.length);
    } catch (CapbenchException e) {
      broken = true;
      LOG.warn("Copied rows cannot be read; the shards are read instead", e);
      return rows;
    }
    boolean[] known = new boolean[shards.size()];
    for (int i = 0; i < hits.length; i++) {
      RowStore.Texts row = texts[i];
      if (row != null) {
        int shard = HitFile.shard(hits[i]);
        if (!known[shard]) {
          reader.refuseIfChanged(shard);
          known[shard] = true;
        }
        rows[i] = reader.row(shard, HitFile.row(hits[i]), row.values()::get);
      }
    }
    return rows;
  }

  /** Gives the copy up and removes it. */
  @Override
  public void close() throws IOException {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    context.cancel();
    if (running != null) {
      QueryProgressWatch.await(running);
    }
    RowStore copied = store;
    if (copied != null) {
      copied.close();
    }
  }
}
