package io.capbench.engine.explain;

import io.capbench.engine.text.SubCaption;
import java.util.ArrayList;
import java.util.List;

/** Small groundings for tests: 2 x 2 patches, 3 blocks. */
final class Groundings {
  static final String CAPTION = "A dog. A cat sleeps.";

  private Groundings() {}

  static Grounding of(float logitScale, float... similarities) {
    SubCaption dog = new SubCaption("A dog.", 0, 6);
    SubCaption cat = new SubCaption("A cat sleeps.", 7, 20);
    List<SubCaption> parts = List.of(dog, cat);
    List<SubCaptionGrounding> found = new ArrayList<>();
    for (int i = 0; i < similarities.length; i++) {
      SubCaption part = parts.get(i % 2);
      found.add(
          new SubCaptionGrounding(
              part,
              similarities[i],
              List.of(map(i + 1), map(i + 2), map(i + 3)),
              map(i + 4),
              List.of(
                  new TokenGrounding(part.start(), part.start() + 1, map(i + 5)),
                  new TokenGrounding(part.start() + 2, part.start() + 5, map(i + 6)))));
    }
    return new Grounding(
        "ab".repeat(32),
        new PatchGrid(2, 2, -0.125, 0, 1.25, 1),
        true,
        logitScale,
        map(20),
        map(21),
        List.copyOf(found));
  }

  static PatchMap map(int seed) {
    return PatchMap.of(seed, -seed / 3f, Float.MIN_VALUE * seed, 1e-7f / seed);
  }
}
