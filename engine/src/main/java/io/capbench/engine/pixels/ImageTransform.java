package io.capbench.engine.pixels;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;

/** Turns encoded images into a model's input. Thread-safe. */
public final class ImageTransform {
  private final PreprocessConfig config;

  /** Prepares images as the model's training did. */
  public ImageTransform(PreprocessConfig config) {
    this.config = config;
  }

  /** What images are prepared for. */
  public PreprocessConfig config() {
    return config;
  }

  /**
   * Decodes, turns upright, resizes and normalises an image.
   *
   * @throws ImageException if the data do not decode
   */
  @SuppressWarnings("DoNotCallSuggester")
  public PixelTensor apply(ImageBytes image) throws ImageException {
    throw new UnsupportedOperationException(image.toString());
  }
}
