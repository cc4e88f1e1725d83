package io.capbench.storage.dataset;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Every row in the order of the shards: positions are sums, nothing is read to make it. */
final class FileOrder implements BlockView.Blocks {
  // DuckDB decodes a row group as a whole, so that more rows cost little there; making records of
  // them costs more.
  private static final int BLOCK_ROWS = 512;
  private static final int MOST_ROWS = 4_096;

  private static final long BLOCK_CHARS = 1 << 22;

  private final RowReader reader;
  private final List<Shard> shards;
  private final long[] starts;

  FileOrder(RowReader reader, List<Shard> shards) {
    this.reader = reader;
    this.shards = List.copyOf(shards);
    this.starts = new long[shards.size() + 1];
    for (int i = 0; i < shards.size(); i++) {
      starts[i + 1] = starts[i] + shards.get(i).info().rows();
    }
  }

  @Override
  public long size() {
    return starts[shards.size()];
  }

  @Override
  public boolean settled() {
    return true;
  }

  @Override
  public int blockRows() {
    return BLOCK_ROWS;
  }

  @Override
  public int mostRows() {
    return MOST_ROWS;
  }

  @Override
  public BlockCache.Block read(long position, int count, long wanted) {
    int shard = shardAt(position);
    long row = position - starts[shard];
    long from = count > BLOCK_ROWS ? row : BlockView.Blocks.start(row, BLOCK_ROWS, wanted);
    long to = Math.min(from + count, shards.get(shard).info().rows());
    List<CaptionRow> rows;
    try {
      rows = reader.range(shard, from, to, BLOCK_CHARS);
    } catch (CapbenchException e) {
      return new BlockCache.Block(position, readable(shard, from, row, to, e));
    }
    if (from + rows.size() <= row) { // huge captions ended the block before the row
      from = row;
      rows = reader.range(shard, from, to, BLOCK_CHARS);
    }
    return new BlockCache.Block(starts[shard] + from, rows);
  }

  /** What can be read of a block with damage in it, which must not hide the rows before it. */
  private List<CaptionRow> readable(
      int shard, long from, long row, long to, CapbenchException damage) {
    CapbenchException last = damage;
    for (long count = (to - row) / 2; count > 0; count /= 2) {
      try {
        return reader.range(shard, row, row + count, BLOCK_CHARS);
      } catch (CapbenchException e) {
        last = e;
      }
    }
    throw row == from ? damage : last;
  }

  private int shardAt(long position) {
    int found = Arrays.binarySearch(starts, position);
    int shard = found >= 0 ? found : -found - 2;
    while (starts[shard + 1] == starts[shard]) { // shards without rows start where others do
      shard++;
    }
    return shard;
  }

  @Override
  public OptionalLong positionOf(RowKey key) {
    for (int i = 0; i < shards.size(); i++) {
      Shard shard = shards.get(i);
      if (shard.fingerprint().equals(key.fingerprint()) && key.row() < shard.info().rows()) {
        return OptionalLong.of(starts[i] + key.row());
      }
    }
    return OptionalLong.empty();
  }

  @Override
  public void close() {}
}
