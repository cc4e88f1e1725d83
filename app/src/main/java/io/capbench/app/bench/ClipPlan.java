package io.capbench.app.bench;

import io.capbench.engine.bench.RandomClip;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How large the benchmark of models is.
 *
 * @param shapes models with random weights, by name; the last is the one whose memory is measured
 * @param subCaptions relevance maps a time
 * @param repetitions how often Capbench's way is timed
 * @param images images that are scored
 * @param groundings how often a small model is asked to see whether memory grows
 * @param groups what is measured
 */
public record ClipPlan(
    Map<String, RandomClip> shapes,
    int subCaptions,
    int repetitions,
    int images,
    int groundings,
    Set<Group> groups) {
  /** Cases that belong together. */
  public enum Group {
    MEMORY,
    RELEVANCE,
    SCORING,
    GROWTH
  }

  public ClipPlan {
    groups = Set.copyOf(groups);
  }

  /** As large as the figures that are promised. */
  public static ClipPlan full() {
    Map<String, RandomClip> shapes = new LinkedHashMap<>();
    shapes.put("ViT-B/16", RandomClip.B_16);
    shapes.put("ViT-L/14", RandomClip.L_14);
    return new ClipPlan(shapes, 8, 5, 128, 1_000, EnumSet.allOf(Group.class));
  }

  /** Small enough for a test; its figures mean nothing. */
  public static ClipPlan quick() {
    return new ClipPlan(
        Map.of("small", RandomClip.SMALL), 3, 2, 20, 30, EnumSet.allOf(Group.class));
  }

  /** The same with these groups only. */
  public ClipPlan with(Set<Group> others) {
    return new ClipPlan(shapes, subCaptions, repetitions, images, groundings, others);
  }
}
