package io.capbench.app.bench;

import java.util.EnumSet;
import java.util.Set;

/**
 * How large a benchmark is.
 *
 * @param rows rows of a shard
 * @param files how many shards are opened at once
 * @param manyFiles how many shards the memory is measured with
 * @param pages random pages a case
 * @param repetitions how often everything else is repeated
 * @param groups what is measured
 */
public record BenchPlan(
    long rows, int files, int manyFiles, int pages, int repetitions, Set<Group> groups) {
  /** Cases that belong together. */
  public enum Group {
    OPEN,
    PAGE,
    FILTER,
    SORT,
    MEASURE,
    CANCEL,
    MEMORY
  }

  public BenchPlan {
    groups = Set.copyOf(groups);
  }

  /** As large as the figures that are promised: shards of a million rows. */
  public static BenchPlan full(long rows) {
    return new BenchPlan(rows, 114, 20, 100, 5, EnumSet.allOf(Group.class));
  }

  /** Small enough for a test; its figures mean nothing. */
  public static BenchPlan quick() {
    return new BenchPlan(20_000, 6, 3, 10, 2, EnumSet.allOf(Group.class));
  }

  /** The same with these rows and groups only. */
  public BenchPlan with(long otherRows, Set<Group> otherGroups) {
    return new BenchPlan(otherRows, files, manyFiles, pages, repetitions, otherGroups);
  }
}
