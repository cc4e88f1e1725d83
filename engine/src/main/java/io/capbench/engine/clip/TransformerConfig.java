package io.capbench.engine.clip;

/**
 * The blocks of a tower.
 *
 * @param width W
 * @param layers blocks
 * @param heads A, attention heads of a block; W is a multiple of it
 * @param mlpWidth numbers between the two matrices of a block
 * @param activation what stands between them
 * @param epsilon added to variances in layer normalisation
 * @param layerScale whether blocks scale what they add, number by number
 */
public record TransformerConfig(
    int width,
    int layers,
    int heads,
    int mlpWidth,
    Activation activation,
    double epsilon,
    boolean layerScale) {

  /** Checks that heads share the width evenly. */
  public TransformerConfig {
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "width " + width + " is not shared evenly by " + heads + " attention heads");
    }
  }
}
