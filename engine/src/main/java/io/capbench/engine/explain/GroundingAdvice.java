package io.capbench.engine.explain;

import io.capbench.engine.weights.ModelAdvice;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a model is best looked with, as whoever made it says, or as usual.
 *
 * @param method that suits it best
 * @param weakMargin for {@link WeakGrounding}, in logits, 0 or more
 * @param note what people are told wherever the model is named, or null
 */
public record GroundingAdvice(GroundingMethod method, double weakMargin, @Nullable String note) {
  /** What holds for models that say nothing. */
  public static final GroundingAdvice USUAL =
      new GroundingAdvice(GroundingMethod.RELEVANCE_LAST, WeakGrounding.MARGIN, null);

  /**
   * The advice of a model.
   *
   * @param model its folder, or the file of weights in it
   * @throws CapbenchException if its advice is not possible
   */
  public static GroundingAdvice of(Path model) {
    ModelAdvice advice = ModelAdvice.of(model);
    String method = advice.groundingMethod();
    Double margin = advice.weakMargin();
    return new GroundingAdvice(
        method == null ? USUAL.method : method(model, method),
        margin == null ? USUAL.weakMargin : margin,
        advice.note());
  }

  private static GroundingMethod method(Path model, String name) {
    try {
      return GroundingMethod.of(name);
    } catch (CapbenchException e) {
      throw new CapbenchException(
          ModelAdvice.file(model) + " says grounding_method \"" + name + "\": " + e.getMessage(),
          e);
    }
  }
}
