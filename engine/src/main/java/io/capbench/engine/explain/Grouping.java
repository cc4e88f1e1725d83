package io.capbench.engine.explain;

import java.util.Optional;

/**
 * DreamLIP's sub-caption grouping (Zheng et al. 2024, Eq. 6-7; {@code ClipLoss.forward} in {@code
 * open_clip/loss.py}, {@code sgl_norm=minmax}): how much each patch of an image belongs to a
 * sub-caption. Computed in single precision, as there.
 */
public final class Grouping {
  private static final float EPSILON = 1e-10f;

  private Grouping() {}

  /**
   * The weights of the patches.
   *
   * <p>Similarities are stretched from 0 to 1, {@code (s - min) / (max - min + 1e-10)}; those
   * strictly below sigma become 0; the rest is divided by its sum.
   *
   * @param similarity [P] cosine of the sub-caption and each patch
   * @return [P] weights, 0 or more, with the sum 1; none where the original divides by zero: where
   *     no patch is more similar than another, so that nothing can be said. The original gives NaN
   *     there.
   */
  public static Optional<PatchMap> weights(PatchMap similarity, Sigma sigma) {
    float[] values = stretched(similarity);
    float threshold = sigma.threshold(values.length);
    double sum = 0;
    for (int p = 0; p < values.length; p++) {
      if (values[p] < threshold) {
        values[p] = 0;
      }
      sum += values[p];
    }
    if (!(sum > 0)) {
      return Optional.empty();
    }
    for (int p = 0; p < values.length; p++) {
      values[p] = (float) (values[p] / sum);
    }
    return Optional.of(PatchMap.of(values));
  }

  /**
   * Stretches a map from 0 to 1; all 0 if no patch differs from another.
   *
   * @param map [P] any numbers
   */
  public static PatchMap stretch(PatchMap map) {
    return PatchMap.of(stretched(map));
  }

  private static float[] stretched(PatchMap map) {
    float[] values = map.toArray();
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    for (int p = 0; p < values.length; p++) {
      values[p] = (values[p] - min) / (max - min + EPSILON);
    }
    return values;
  }
}
