package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.engine.explain.WeakGrounding;
import java.text.DecimalFormat;

/** How it is said how similar a sub-caption and the image are, and whether that is weak. */
final class WeakWords {
  private final double margin;

  /**
   * Words.
   *
   * @param margin logits, 0 or more
   */
  WeakWords(double margin) {
    this.margin = margin;
  }

  boolean weak(Grounding found, int index) {
    return WeakGrounding.weak(found, margin).get(index);
  }

  String explain(Grounding found, int index) {
    SubCaptionGrounding one = found.subCaptions().get(index);
    String similarity =
        String.format("Similarity %.3f (cosine of sub-caption and image)", one.similarity());
    return weak(found, index)
        ? similarity
            + String.format(
                ".%nWeakly grounded: its logit is more than %s below that of the caption's best"
                    + " sub-caption,%nso the image hardly shows what it says.",
                new DecimalFormat("0.#").format(margin))
        : similarity;
  }
}
