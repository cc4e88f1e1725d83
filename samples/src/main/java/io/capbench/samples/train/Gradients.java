package io.capbench.samples.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.capbench.engine.torch.GradientMode;
import java.util.Collection;

/** What is done to the gradients of all parameters together. */
final class Gradients {
  private Gradients() {}

  /**
   * Shortens gradients that are longer than that, all by the same factor.
   *
   * @return the length before, over all numbers of all gradients
   */
  static double clip(Collection<NDArray> leaves, double longest) {
    return GradientMode.unrecorded(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            double square = 0;
            for (NDArray leaf : leaves) {
              square += leaf.getGradient().square().sum().getFloat();
            }
            double length = Math.sqrt(square);
            if (length > longest) {
              leaves.forEach(leaf -> leaf.getGradient().muli(longest / length));
            }
            return length;
          }
        });
  }

  static void clear(Collection<NDArray> leaves) {
    leaves.forEach(GradientMode::clear);
  }
}
