package io.capbench.storage.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rows that stand for all rows of a large dataset: runs of neighbours, spread evenly, because
 * neighbours cost little to read.
 *
 * @param where a condition that only these rows fulfil
 * @param rows how many there are
 * @param partial whether there are others
 */
record RowSample(String where, long rows, boolean partial) {
  /** Up to so many rows, all of them are looked at. */
  static final long ALL_UP_TO = 2_000_000;

  private static final int RUNS = 40;
  private static final long RUN_ROWS = 25_000;

  /** Chooses rows of these shards. */
  static RowSample of(List<Shard> shards) {
    long total = shards.stream().mapToLong(shard -> shard.info().rows()).sum();
    if (total <= ALL_UP_TO) {
      return new RowSample("true", total, false);
    }
    Set<Integer> files = new TreeSet<>();
    List<String> runs = new ArrayList<>();
    long chosen = 0;
    int shard = 0;
    long start = 0; // of that shard
    for (int i = 0; i < RUNS; i++) {
      long position = total / RUNS * i;
      while (position >= start + shards.get(shard).info().rows()) {
        start += shards.get(shard).info().rows();
        shard++;
      }
      long from = position - start;
      long to = Math.min(from + RUN_ROWS, shards.get(shard).info().rows());
      files.add(shard);
      runs.add(
          "(file_index = %d AND file_row_number BETWEEN %d AND %d)".formatted(shard, from, to - 1));
      chosen += to - from;
    }
    // The first condition keeps DuckDB from opening the other files.
    String where =
        files.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "file_index IN (", ")"))
            + " AND ("
            + String.join(" OR ", runs)
            + ")";
    return new RowSample(where, chosen, true);
  }
}
