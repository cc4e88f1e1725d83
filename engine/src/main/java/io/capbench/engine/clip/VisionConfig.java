package io.capbench.engine.clip;

/**
 * A vision transformer.
 *
 * @param transformer its blocks
 * @param imageHeight H, pixels
 * @param imageWidth S, pixels
 * @param patchHeight pixels
 * @param patchWidth pixels
 * @param preNorm whether tokens are normalised before the first block
 * @param finalNormAfterPool whether the pooled feature is normalised in place of all tokens
 * @param pool what becomes the feature
 */
public record VisionConfig(
    TransformerConfig transformer,
    int imageHeight,
    int imageWidth,
    int patchHeight,
    int patchWidth,
    boolean preNorm,
    boolean finalNormAfterPool,
    VisionPool pool) {

  /** Patches from top to bottom; pixels below the last whole patch are not seen. */
  public int rows() {
    return imageHeight / patchHeight;
  }

  /** Patches from left to right. */
  public int columns() {
    return imageWidth / patchWidth;
  }
}
