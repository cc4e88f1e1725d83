package io.capbench.storage.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shards and row numbers in the order of a view, eight bytes a row on disk, so that a view of any
 * length takes no memory. One thread adds, any number read at the same time.
 */
final class HitFile implements AutoCloseable {
  private static final int ROW_BITS = 40;
  private static final int TAIL = 8_192;

  private final ScratchFile file;
  private final AtomicLong size = new AtomicLong();
  private volatile Tail tail = new Tail(0, new long[TAIL]);

  /** Takes an empty file over. */
  HitFile(ScratchFile file) {
    this.file = file;
  }

  /**
   * The last hits, which are not in the file yet.
   *
   * @param from position of the first
   * @param hits filled up to the size that was told to readers
   */
  @SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
  private record Tail(long from, long[] hits) {}

  /** A shard's place and a row number as one number; they sort like the file order. */
  static long hit(int shard, long row) {
    return ((long) shard << ROW_BITS) | row;
  }

  /** The shard's place in a {@link #hit}. */
  static int shard(long hit) {
    return (int) (hit >>> ROW_BITS);
  }

  /** The row number in a {@link #hit}. */
  static long row(long hit) {
    return hit & ((1L << ROW_BITS) - 1);
  }

  /** Adds one at the end; readers see it at once. */
  void add(int shard, long row) {
    long position = size.get();
    Tail last = tail;
    if (position == last.from + TAIL) {
      ByteBuffer bytes = ByteBuffer.allocate(TAIL * Long.BYTES);
      bytes.asLongBuffer().put(last.hits);
      file.write(last.from * Long.BYTES, bytes.array(), bytes.capacity());
      last = new Tail(position, new long[TAIL]);
      tail = last;
    }
    last.hits[(int) (position - last.from)] = hit(shard, row);
    size.setRelease(position + 1);
  }

  /** How many were added. */
  long size() {
    return size.get();
  }

  /** Reads hits from a position on; fewer than {@code count} at the end. */
  long[] read(long from, int count) {
    int length = (int) Math.max(0, Math.min(count, size() - from));
    Tail last = tail; // after the size: whatever is before this tail is in the file
    long[] hits = new long[length];
    int stored = (int) Math.max(0, Math.min(length, last.from - from));
    if (stored > 0) {
      ByteBuffer.wrap(file.read(from * Long.BYTES, stored * Long.BYTES))
          .asLongBuffer()
          .get(hits, 0, stored);
    }
    if (stored < length) {
      System.arraycopy(last.hits, (int) (from + stored - last.from), hits, stored, length - stored);
    }
    return hits;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
