package io.capbench.engine.pixels;

import java.util.List;

/**
 * How a model's images were prepared when it was trained.
 *
 * @param size S, pixels of a side of the model's input
 * @param mean of red, green and blue, 0..1
 * @param std standard deviation of red, green and blue, above 0
 * @param interpolation how pixels between pixels are found
 * @param resizeMode how an image becomes a square
 * @param fill what is beside the image with {@link ResizeMode#LONGEST}, 0..255
 */
public record PreprocessConfig(
    int size,
    List<Double> mean,
    List<Double> std,
    Interpolation interpolation,
    ResizeMode resizeMode,
    int fill) {

  /** OpenAI's means, which nearly every CLIP model uses. */
  public static final List<Double> OPENAI_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);

  /** OpenAI's standard deviations. */
  public static final List<Double> OPENAI_STD = List.of(0.26862954, 0.26130258, 0.27577711);

  private static final int LARGEST = 4_096;

  public PreprocessConfig {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException("An image has 1 to 4096 pixels a side, not " + size);
    }
    if (mean.size() != 3 || std.size() != 3) {
      throw new IllegalArgumentException("A colour has three means and three deviations");
    }
    if (std.stream().anyMatch(value -> !(value > 0))) {
      throw new IllegalArgumentException("A standard deviation is above 0, not among " + std);
    }
    if (fill < 0 || fill > 255) {
      throw new IllegalArgumentException("A fill is 0 to 255, not " + fill);
    }
  }

  /**
   * What OpenAI's models were trained with.
   *
   * @param size S, pixels of a side
   */
  public static PreprocessConfig openAi(int size) {
    return new PreprocessConfig(
        size, OPENAI_MEAN, OPENAI_STD, Interpolation.BICUBIC, ResizeMode.SHORTEST, 0);
  }
}
