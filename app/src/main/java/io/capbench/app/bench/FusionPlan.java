package io.capbench.app.bench;

import io.capbench.engine.bench.RandomLlama;
import java.util.EnumSet;
import java.util.Set;

/**
 * How large the benchmark of fusing is.
 *
 * @param name of the model's shape
 * @param shape of the model, with random weights
 * @param tokens generated greedily each time
 * @param turns how often that is timed
 * @param prompts merged with three beams
 * @param checked prompts of which both ways have to give the same tokens in single precision
 * @param rows in flight at the same time
 * @param fusions of a small model, to see whether memory grows
 * @param bandwidthBytes of the array that shows how fast memory is
 * @param groups what is measured
 */
public record FusionPlan(
    String name,
    RandomLlama shape,
    int tokens,
    int turns,
    int prompts,
    int checked,
    int rows,
    int fusions,
    long bandwidthBytes,
    Set<Group> groups) {
  /** Cases that belong together. */
  public enum Group {
    MEMORY,
    GREEDY,
    BEAMS,
    GROWTH
  }

  public FusionPlan {
    groups = Set.copyOf(groups);
  }

  /** As large as the figures that are promised. */
  public static FusionPlan full() {
    return new FusionPlan(
        "TinyLlama",
        RandomLlama.TINY_LLAMA,
        48,
        5,
        64,
        4,
        32,
        1_000,
        1L << 30,
        EnumSet.allOf(Group.class));
  }

  /** Small enough for a test; its figures mean nothing. */
  public static FusionPlan quick() {
    return new FusionPlan(
        "small", RandomLlama.SMALL, 4, 2, 6, 5, 3, 5, 1L << 20, EnumSet.allOf(Group.class));
  }

  /** The same with these groups only. */
  public FusionPlan with(Set<Group> others) {
    return new FusionPlan(
        name, shape, tokens, turns, prompts, checked, rows, fusions, bandwidthBytes, others);
  }
}
