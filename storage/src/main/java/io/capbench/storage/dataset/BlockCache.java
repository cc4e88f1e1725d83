package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of rows that were read last, within a number of rows and of characters. The newest
 * block stays even if it alone is larger. Thread-safe.
 */
final class BlockCache {
  private final long maxRows;
  private final long maxChars;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private long rows;
  private long chars;

  BlockCache(long maxRows, long maxChars) {
    this.maxRows = maxRows;
    this.maxChars = maxChars;
  }

  /** A run of rows of a view. */
  record Block(long from, List<CaptionRow> rows) {
    Block {
      rows = List.copyOf(rows);
    }

    boolean has(long position) {
      return position >= from && position < end();
    }

    long end() {
      return from + rows.size();
    }

    long chars() {
      return rows.stream().mapToLong(BlockCache::chars).sum();
    }
  }

  /** The block with that position, or null. */
  synchronized @Nullable Block find(long position) {
    for (Iterator<Block> all = blocks.iterator(); all.hasNext(); ) {
      Block block = all.next();
      if (block.has(position)) {
        all.remove();
        blocks.addFirst(block);
        return block;
      }
    }
    return null;
  }

  synchronized void add(Block block) {
    blocks.addFirst(block);
    rows += block.rows().size();
    chars += block.chars();
    while (blocks.size() > 1 && (rows > maxRows || chars > maxChars)) {
      Block oldest = blocks.removeLast();
      rows -= oldest.rows().size();
      chars -= oldest.chars();
    }
  }

  synchronized void clear() {
    blocks.clear();
    rows = 0;
    chars = 0;
  }

  /** Number of rows held. */
  synchronized long rows() {
    return rows;
  }

  /** Number of characters held. */
  synchronized long characters() {
    return chars;
  }

  /** Characters of a row's captions and names, which are nearly all of its memory. */
  static long chars(CaptionRow row) {
    long sum = row.image().name().length();
    for (String caption : row.captions().values()) {
      sum += caption.length();
    }
    return sum;
  }
}
