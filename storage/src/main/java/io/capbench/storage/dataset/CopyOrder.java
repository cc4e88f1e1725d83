package io.capbench.storage.dataset;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * In which order the rows of a view are copied: shard by shard and from the front of each, whatever
 * the view's order, because that reads the shards once. Takes memory for one batch.
 */
final class CopyOrder {
  private static final int CHUNK = 1 << 18;
  private static final int POSITION_BITS = 31;
  private static final int BUCKET_BITS = 18;
  private static final long MOST_ROW = 1L << (Long.SIZE - 1 - POSITION_BITS);

  private final HitFile found;
  private final long rows;
  private final boolean fileOrder;

  /**
   * An order.
   *
   * @param rows how many of the first positions are copied, below 2^31
   * @param fileOrder whether the hits are sorted by shard and row
   */
  CopyOrder(HitFile found, long rows, boolean fileOrder) {
    this.found = found;
    this.rows = rows;
    this.fileOrder = fileOrder;
  }

  /** Takes one batch after another. */
  interface Batches {
    /**
     * Takes rows of one shard.
     *
     * @param batch sorted; {@link #row} and {@link #position} say which rows
     */
    void accept(int shard, long[] batch);
  }

  static long row(long packed) {
    return packed >>> POSITION_BITS;
  }

  static long position(long packed) {
    return packed & ((1L << POSITION_BITS) - 1);
  }

  private static long pack(long hit, long position) {
    return (HitFile.row(hit) << POSITION_BITS) | position;
  }

  /** Gives every row once. */
  void forEach(Batches batches) {
    if (fileOrder) {
      inFileOrder(batches);
    } else {
      inOtherOrder(batches);
    }
  }

  private void inFileOrder(Batches batches) {
    for (long from = 0; from < rows; from += CHUNK) {
      long[] hits = chunk(from);
      int start = 0;
      for (int end = 1; end <= hits.length; end++) {
        if (end == hits.length || HitFile.shard(hits[end]) != HitFile.shard(hits[start])) {
          long[] batch = new long[end - start];
          int count = 0;
          for (int i = start; i < end; i++) {
            if (HitFile.row(hits[i]) < MOST_ROW) {
              batch[count++] = pack(hits[i], from + i);
            }
          }
          batches.accept(HitFile.shard(hits[start]), Arrays.copyOf(batch, count));
          start = end;
        }
      }
    }
  }

  // Counts the hits in ranges of rows, joins neighbouring ranges of a shard as long as they are
  // few, and looks through all hits once for every such range.
  private void inOtherOrder(Batches batches) {
    TreeMap<Long, Integer> counts = new TreeMap<>();
    for (long from = 0; from < rows; from += CHUNK) {
      for (long hit : chunk(from)) {
        if (HitFile.row(hit) < MOST_ROW) {
          counts.merge(hit >>> BUCKET_BITS, 1, Integer::sum);
        }
      }
    }
    while (!counts.isEmpty()) {
      long first = counts.firstKey();
      int shard = HitFile.shard(first << BUCKET_BITS);
      long last = first;
      int sum = 0;
      while (!counts.isEmpty()
          && HitFile.shard(counts.firstKey() << BUCKET_BITS) == shard
          && (sum == 0 || sum + counts.firstEntry().getValue() <= 4 * CHUNK)) {
        last = counts.firstKey();
        sum += counts.pollFirstEntry().getValue();
      }
      batches.accept(shard, collect(first, last, sum));
    }
  }

  private long[] collect(long first, long last, int count) {
    long[] batch = new long[count];
    int at = 0;
    for (long from = 0; from < rows; from += CHUNK) {
      long[] hits = chunk(from);
      for (int i = 0; i < hits.length; i++) {
        long bucket = hits[i] >>> BUCKET_BITS;
        if (bucket >= first && bucket <= last && HitFile.row(hits[i]) < MOST_ROW) {
          batch[at++] = pack(hits[i], from + i);
        }
      }
    }
    Arrays.sort(batch);
    return batch;
  }

  private long[] chunk(long from) {
    return found.read(from, (int) Math.min(CHUNK, rows - from));
  }
}
