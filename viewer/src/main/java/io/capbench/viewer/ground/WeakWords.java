package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.engine.explain.WeakGrounding;

/** How it is said how similar a sub-caption and the image are, and whether that is weak. */
final class WeakWords {

  boolean weak(Grounding found, int index) {
    return WeakGrounding.weak(found, WeakGrounding.MARGIN).get(index);
  }

  String explain(Grounding found, int index) {
    SubCaptionGrounding one = found.subCaptions().get(index);
    String similarity =
        String.format("Similarity %.3f (cosine of sub-caption and image)", one.similarity());
    return weak(found, index)
        ? similarity
            + String.format(
                ".%nWeakly grounded: its logit is more than %.0f below that of the caption's best"
                    + " sub-caption,%nso the image hardly shows what it says.",
                WeakGrounding.MARGIN)
        : similarity;
  }
}
