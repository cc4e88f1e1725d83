package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that match a query, in its order. Rows that were found can be read while others are
 * still searched.
 */
final class Hits implements BlockView.Blocks {
  private static final Logger LOG = LoggerFactory.getLogger(Hits.class);

  // Neighbours here may be far apart in the files, so blocks are smaller than in file order.
  private static final int BLOCK_ROWS = 256;
  private static final int MOST_ROWS = 1_024;
  private static final int SCAN_HITS = 1 << 16;

  private final DuckDatabase database;
  private final RowReader reader;
  private final List<Shard> shards;
  private final boolean fileOrder;
  private final HitFile found;
  private final HitCopy copy;
  private volatile boolean over;
  private volatile boolean closed;

  /**
   * Nothing yet.
   *
   * @param fileOrder whether the rows come in the order of the shards
   * @throws CapbenchException if the disk cannot be written
   */
  Hits(DuckDatabase database, RowReader reader, List<Shard> shards, boolean fileOrder) {
    this.database = database;
    this.reader = reader;
    this.shards = List.copyOf(shards);
    this.fileOrder = fileOrder;
    this.found = new HitFile(database.scratchFile("hits"));
    this.copy = new HitCopy(database, found, reader, this.shards, fileOrder);
    database.owns(this);
  }

  /**
   * Finds the rows, on this thread.
   *
   * @param select gives shards and row numbers in order
   * @param first called at the first hit, if the rows come in file order
   * @throws SQLException if an expression does not fit the columns, or a shard cannot be read
   * @throws CancellationException if cancelled, or closed meanwhile
   */
  void find(String select, List<Object> parameters, JobContext context, Runnable first)
      throws SQLException {
    long total = shards.stream().mapToLong(shard -> shard.info().rows()).sum();
    try {
      database.stream(
          select,
          parameters,
          new DuckDatabase.Watch(context, total, "rows"),
          row -> {
            if (closed) {
              throw new CancellationException("The view was closed");
            }
            found.add(row.getInt(1), row.getLong(2));
            if (fileOrder && found.size() == 1) {
              first.run();
            }
          });
      copy.start();
    } finally {
      over = true;
    }
  }

  @Override
  public long size() {
    return found.size();
  }

  @Override
  public boolean settled() {
    return over && !copy.running();
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
    long from =
        count > BLOCK_ROWS ? position : BlockView.Blocks.start(position, BLOCK_ROWS, wanted);
    long[] hits = found.read(from, count);
    copy.pageBegins();
    try {
      return new BlockCache.Block(from, rows(from, hits));
    } finally {
      copy.pageEnds();
    }
  }

  private List<CaptionRow> rows(long from, long[] hits) {
    @Nullable CaptionRow[] rows = copy.rows(from, hits);
    Map<Integer, List<Long>> missing = new TreeMap<>();
    for (int i = 0; i < hits.length; i++) {
      if (rows[i] == null) {
        missing
            .computeIfAbsent(HitFile.shard(hits[i]), shard -> new ArrayList<>())
            .add(HitFile.row(hits[i]));
      }
    }
    Map<Integer, Map<Long, CaptionRow>> read = new HashMap<>();
    missing.forEach((shard, numbers) -> read.put(shard, reader.rows(shard, numbers)));
    List<CaptionRow> block = new ArrayList<>(hits.length);
    for (int i = 0; i < hits.length; i++) {
      CaptionRow row = rows[i];
      if (row == null) {
        row = read.getOrDefault(HitFile.shard(hits[i]), Map.of()).get(HitFile.row(hits[i]));
      }
      block.add(Objects.requireNonNull(row));
    }
    return block;
  }

  @Override
  public OptionalLong positionOf(RowKey key) {
    for (int i = 0; i < shards.size(); i++) {
      if (shards.get(i).fingerprint().equals(key.fingerprint())) {
        long hit = HitFile.hit(i, key.row());
        OptionalLong position = fileOrder ? search(hit) : scan(hit);
        if (position.isPresent()) {
          return position;
        }
      }
    }
    return OptionalLong.empty();
  }

  private OptionalLong search(long hit) {
    long low = 0;
    long high = size() - 1;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      long there = found.read(middle, 1)[0];
      if (there == hit) {
        return OptionalLong.of(middle);
      }
      if (there < hit) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return OptionalLong.empty();
  }

  private OptionalLong scan(long hit) {
    for (long from = 0; from < size(); from += SCAN_HITS) {
      long[] hits = found.read(from, SCAN_HITS);
      for (int i = 0; i < hits.length; i++) {
        if (hits[i] == hit) {
          return OptionalLong.of(from + i);
        }
      }
    }
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    closed = true;
    database.disowns(this);
    try (found) {
      copy.close();
    } catch (IOException e) {
      LOG.warn("What a view needed on the disk stays there until the dataset is closed", e);
    }
  }
}
