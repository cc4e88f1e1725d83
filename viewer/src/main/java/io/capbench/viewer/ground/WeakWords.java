package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.SubCaptionGrounding;

/** Whether a sub-caption is weakly grounded, and how that is said. */
final class WeakWords {
  private static final double BELOW_BEST = 3;

  boolean weak(Grounding found, int index) {
    return below(found, index) > BELOW_BEST;
  }

  private static double below(Grounding found, int index) {
    double best = Double.NEGATIVE_INFINITY;
    for (SubCaptionGrounding each : found.subCaptions()) {
      best = Math.max(best, each.similarity());
    }
    return found.logitScale() * (best - found.subCaptions().get(index).similarity());
  }

  String explain(Grounding found, int index) {
    SubCaptionGrounding one = found.subCaptions().get(index);
    String similarity =
        String.format("Similarity %.3f (cosine of sentence and image)", one.similarity());
    return weak(found, index)
        ? similarity
            + String.format(
                ".%nWeakly grounded: its logit is %.1f below that of the best sentence, more than"
                    + " %.0f.",
                below(found, index), BELOW_BEST)
        : similarity;
  }
}
