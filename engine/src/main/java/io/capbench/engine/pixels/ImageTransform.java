package io.capbench.engine.pixels;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageSamples;
import io.capbench.storage.image.SampleDecoder;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/**
 * Turns encoded images into a model's input as open_clip's image_transform does: resized and
 * cropped in the colours of the file, then made red, green and blue, then normalised. Unlike the
 * original it turns photos upright first, so that the model sees what a person sees. Thread-safe.
 */
public final class ImageTransform {
  /** Larger images are prepared one at a time, so that several threads do not fill the memory. */
  private static final long LARGE = 8_000_000L;

  private final PreprocessConfig config;
  private final SampleDecoder decoder = new SampleDecoder();
  private final Semaphore large = new Semaphore(1);
  private final float[][] normalized = new float[3][256];

  /** Prepares images as the model's training did. */
  public ImageTransform(PreprocessConfig config) {
    this.config = config;
    for (int channel = 0; channel < normalized.length; channel++) {
      float mean = config.mean().get(channel).floatValue();
      float std = config.std().get(channel).floatValue();
      for (int value = 0; value < 256; value++) {
        normalized[channel][value] = (value / 255f - mean) / std;
      }
    }
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
  public PixelTensor apply(ImageBytes image) throws ImageException {
    if ((long) image.width() * image.height() < LARGE) {
      return apply(decoder.decode(image));
    }
    large.acquireUninterruptibly();
    try {
      return apply(decoder.decode(image));
    } finally {
      large.release();
    }
  }

  /**
   * Resizes and normalises an image.
   *
   * @throws ImageException if the image is thousands of times longer than wide
   */
  public PixelTensor apply(ImageSamples image) throws ImageException {
    Window window = Window.of(config, image.width(), image.height());
    byte[] resized = new Resampler(image, window).resize(config.interpolation());
    int[] rgb = square(resized, window, new Colours(image), image.kind().channels());
    int plane = rgb.length;
    float[] values = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      values[i] = normalized[0][rgb[i] >> 16 & 0xff];
      values[plane + i] = normalized[1][rgb[i] >> 8 & 0xff];
      values[2 * plane + i] = normalized[2][rgb[i] & 0xff];
    }
    return new PixelTensor(values, config.size(), window.region());
  }

  private int[] square(byte[] resized, Window window, Colours colours, int channels) {
    int size = config.size();
    int[] rgb = new int[size * size];
    if (window.columns() < size || window.rows() < size) {
      Arrays.fill(rgb, colours.filled(config.fill()));
    }
    int at = 0;
    for (int y = 0; y < window.rows(); y++) {
      int row = (window.padTop() + y) * size + window.padLeft();
      for (int x = 0; x < window.columns(); x++) {
        rgb[row + x] = colours.rgb(resized, at);
        at += channels;
      }
    }
    return rgb;
  }
}
