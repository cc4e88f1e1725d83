package io.capbench.engine.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * Which sub-captions an image hardly shows. CLIP's logit of a sub-caption is its cosine with the
 * image times the learned scale; a sub-caption is weakly grounded if its logit is more than a
 * margin below the best of its caption. Cosines of different images and lengths of text are not
 * comparable, but those within one caption are: a margin of 3 says that the model, made to choose,
 * would take the best one 20 times (e^3) as readily.
 *
 * <p>This compares; it does not prove. A caption of which nothing is true has a best sub-caption
 * too, and the only sub-caption of a caption is never weak.
 */
public final class WeakGrounding {
  /** What is used where nobody chose another margin. */
  public static final double MARGIN = 3;

  private WeakGrounding() {}

  /**
   * Whether each sub-caption is weakly grounded.
   *
   * @param margin logits, 0 or more
   * @return one for every sub-caption of the grounding, in its order
   */
  public static List<Boolean> weak(Grounding grounding, double margin) {
    double best =
        grounding.subCaptions().stream()
            .mapToDouble(SubCaptionGrounding::similarity)
            .max()
            .orElse(0);
    List<Boolean> weak = new ArrayList<>();
    for (SubCaptionGrounding found : grounding.subCaptions()) {
      weak.add(grounding.logitScale() * (best - found.similarity()) > margin);
    }
    return List.copyOf(weak);
  }
}
