package io.capbench.storage.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Texts of rows by position, on disk. A file of entries, eight bytes a position, says where a row
 * begins in a file of rows and how long it is; zero is a row that is not there. One thread adds,
 * any number read at the same time.
 */
final class RowStore implements AutoCloseable {
  private static final int LENGTH_BITS = 24;
  private static final int BUFFER = 1 << 20;
  private static final int PENDING = 8_192;
  private static final int GAPS_ALLOWED = 1 << 16;

  private final ScratchFile index;
  private final ScratchFile data;
  private final int values;
  private final long[] positions = new long[PENDING];
  private final long[] entries = new long[PENDING];
  private int pending;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final AtomicLong written = new AtomicLong();

  /**
   * Takes two empty files over.
   *
   * @param values how many texts a row has
   */
  RowStore(ScratchFile index, ScratchFile data, int values) {
    this.index = index;
    this.data = data;
    this.values = values;
  }

  /** Adds a row; readers see it after the next {@link #flush}, or sooner. */
  void add(long position, IntFunction<byte @Nullable []> texts) {
    int length = 0;
    List<byte @Nullable []> row = new ArrayList<>(values);
    for (int i = 0; i < values; i++) {
      byte[] text = texts.apply(i);
      row.add(text);
      length += Integer.BYTES + (text == null ? 0 : text.length);
      if (length < 0 || length >= 1 << LENGTH_BITS) {
        return; // so long that it is better read from its shard
      }
    }
    if (pending == PENDING || buffer.remaining() < length) {
      flush();
    }
    if (buffer.remaining() < length) {
      buffer = ByteBuffer.allocate(length);
    }
    positions[pending] = position;
    entries[pending++] = ((written.get() + buffer.position() + 1) << LENGTH_BITS) | length;
    for (byte[] text : row) {
      buffer.putInt(text == null ? -1 : text.length);
      if (text != null) {
        buffer.put(text);
      }
    }
  }

  /** Lets readers see everything that was added. */
  void flush() {
    data.write(written.get(), buffer.array(), buffer.position());
    written.addAndGet(buffer.position());
    buffer.clear();
    int from = 0;
    for (int to = 1; to <= pending; to++) {
      if (to == pending || positions[to] != positions[to - 1] + 1) {
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * Long.BYTES);
        bytes.asLongBuffer().put(entries, from, to - from);
        index.write(positions[from] * Long.BYTES, bytes.array(), bytes.capacity());
        from = to;
      }
    }
    pending = 0;
  }

  /** Number of bytes of rows on the disk. */
  long bytes() {
    return written.get();
  }

  /** A row's texts by their place, null where it has none. */
  record Texts(List<@Nullable String> values) {}

  /** Reads rows from a position on; null where there is none. */
  @Nullable Texts[] read(long from, int count) {
    LongBuffer found =
        ByteBuffer.wrap(index.read(from * Long.BYTES, count * Long.BYTES)).asLongBuffer();
    long first = Long.MAX_VALUE;
    long end = 0;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      long entry = found.get(i);
      if (entry != 0) {
        first = Math.min(first, offset(entry));
        end = Math.max(end, offset(entry) + length(entry));
        sum += length(entry);
      }
    }
    @Nullable Texts[] rows = new @Nullable Texts[count];
    boolean together = end - first <= sum + GAPS_ALLOWED;
    byte[] all = together && end > first ? data.read(first, (int) (end - first)) : new byte[0];
    for (int i = 0; i < count; i++) {
      long entry = found.get(i);
      if (entry != 0) {
        rows[i] =
            together
                ? texts(all, (int) (offset(entry) - first))
                : texts(data.read(offset(entry), length(entry)), 0);
      }
    }
    return rows;
  }

  private static long offset(long entry) {
    return (entry >>> LENGTH_BITS) - 1;
  }

  private static int length(long entry) {
    return (int) (entry & ((1 << LENGTH_BITS) - 1));
  }

  private Texts texts(byte[] rows, int from) {
    ByteBuffer row = ByteBuffer.wrap(rows).position(from);
    List<@Nullable String> texts = new ArrayList<>(values);
    for (int i = 0; i < values; i++) {
      int length = row.getInt();
      if (length < 0) {
        texts.add(null);
      } else {
        texts.add(new String(rows, row.position(), length, StandardCharsets.UTF_8));
        row.position(row.position() + length);
      }
    }
    return new Texts(texts);
  }

  @Override
  public void close() throws IOException {
    try (index) {
      data.close();
    }
  }
}
