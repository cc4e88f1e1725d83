package io.capbench.engine.llama;

/**
 * Rotary position embeddings (Su et al., "RoFormer", 2021), with the ways that reach further than
 * the model was trained for.
 *
 * @param theta base of the wave lengths
 * @param scaling how they are stretched
 * @param positions how many the model was trained for
 */
record Rope(double theta, Scaling scaling, int positions) {

  /** How wave lengths are stretched. */
  sealed interface Scaling permits Plain, Linear, Dynamic, Llama3 {}

  /** Not at all. */
  record Plain() implements Scaling {}

  /**
   * All alike (position interpolation).
   *
   * @param factor how far
   */
  record Linear(double factor) implements Scaling {}

  /**
   * The base grows with the text once it is longer than {@link Rope#positions} ("dynamic NTK").
   *
   * @param factor how far
   */
  record Dynamic(double factor) implements Scaling {}

  /**
   * Long waves as {@link Linear}, short ones not, smooth between (Llama 3.1).
   *
   * @param factor how far
   * @param low waves longer than {@code original / low} are long
   * @param high waves shorter than {@code original / high} are short
   * @param original positions before stretching
   */
  record Llama3(double factor, double low, double high, int original) implements Scaling {}

  /** Whether frequencies depend on the length of the text. */
  boolean dynamic() {
    return scaling instanceof Dynamic;
  }

  /**
   * Angles per position, in single precision as transformers' {@code modeling_rope_utils.py}
   * computes them.
   *
   * @param headSize C, even
   * @param length tokens of the text; matters to {@link Dynamic} only
   * @return C / 2 of them
   */
  float[] frequencies(int headSize, int length) {
    float[] frequencies = plain(baseAt(headSize, length), headSize);
    for (int i = 0; i < frequencies.length; i++) {
      if (scaling instanceof Linear linear) {
        frequencies[i] /= (float) linear.factor();
      } else if (scaling instanceof Llama3 llama3) {
        frequencies[i] = stretched(frequencies[i], llama3);
      }
    }
    return frequencies;
  }

  private double baseAt(int headSize, int length) {
    if (scaling instanceof Dynamic dynamic && length > positions) {
      double grown = dynamic.factor() * length / positions - (dynamic.factor() - 1);
      return theta * Math.pow(grown, headSize / (headSize - 2.0));
    }
    return theta;
  }

  private static float[] plain(double base, int headSize) {
    float[] frequencies = new float[headSize / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float exponent = 2f * i / headSize;
      frequencies[i] = 1f / (float) Math.pow((float) base, exponent);
    }
    return frequencies;
  }

  private static float stretched(float frequency, Llama3 scaling) {
    float wave = (float) (2 * Math.PI) / frequency;
    float original = scaling.original();
    if (wave > original / scaling.low()) {
      return frequency / (float) scaling.factor();
    }
    if (wave < original / scaling.high()) {
      return frequency;
    }
    float smooth =
        (original / wave - (float) scaling.low()) / (float) (scaling.high() - scaling.low());
    return (1 - smooth) * frequency / (float) scaling.factor() + smooth * frequency;
  }
}
