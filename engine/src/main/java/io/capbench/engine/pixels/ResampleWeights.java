package io.capbench.engine.pixels;

/**
 * How much each input pixel of a row or column counts for each output pixel, in Pillow's fixed
 * point (precompute_coeffs and normalize_coeffs_8bpc in Resample.c): when an image gets smaller,
 * the filter gets wider, so that every input pixel counts. Immutable.
 */
final class ResampleWeights {
  /** Fraction bits of a weight: 8 of 32 are the pixel's, 2 are left for sums beyond 0..255. */
  static final int BITS = 32 - 8 - 2;

  private final int[] first;
  private final int[] count;
  private final int[] weights;
  private final int stride;

  /**
   * Computes weights.
   *
   * @param filter bicubic or bilinear
   * @param in number of input pixels
   * @param out number of output pixels of the whole resized side
   * @param from the first output pixel that is wanted
   * @param length how many output pixels are wanted
   */
  ResampleWeights(Interpolation filter, int in, long out, long from, int length) {
    double scale = (double) in / out;
    double filterScale = Math.max(scale, 1.0);
    double support = radius(filter) * filterScale;
    stride = (int) Math.ceil(support) * 2 + 1;
    first = new int[length];
    count = new int[length];
    weights = new int[Math.multiplyExact(length, stride)];
    double[] row = new double[stride];
    for (int i = 0; i < length; i++) {
      double center = (from + i + 0.5) * scale;
      int start = Math.max(0, (int) (center - support + 0.5));
      int end = Math.min(in, (int) (center + support + 0.5));
      double sum = 0;
      for (int x = start; x < end; x++) {
        row[x - start] = weight(filter, (x - center + 0.5) * (1.0 / filterScale));
        sum += row[x - start];
      }
      for (int k = 0; k < end - start; k++) {
        double share = sum == 0 ? row[k] : row[k] / sum;
        weights[i * stride + k] = (int) ((share < 0 ? -0.5 : 0.5) + share * (1 << BITS));
      }
      first[i] = start;
      count[i] = end - start;
    }
  }

  private static double radius(Interpolation filter) {
    return filter == Interpolation.BICUBIC ? 2.0 : 1.0;
  }

  private static double weight(Interpolation filter, double distance) {
    double x = Math.abs(distance);
    if (filter == Interpolation.BILINEAR) {
      return x < 1.0 ? 1.0 - x : 0.0;
    }
    double a = -0.5;
    if (x < 1.0) {
      return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
    }
    return x < 2.0 ? (((x - 5) * x + 8) * x - 4) * a : 0.0;
  }

  /** The first input pixel that counts for an output pixel. */
  int first(int output) {
    return first[output];
  }

  /** How many input pixels count for an output pixel. */
  int count(int output) {
    return count[output];
  }

  /** One after the last input pixel that counts for any output pixel. */
  int end() {
    int last = first.length - 1;
    return first[last] + count[last];
  }

  /**
   * Weighs input pixels.
   *
   * @param pixels values 0..255 as bytes
   * @param at where the first pixel that counts stands
   * @param step from one pixel to the next
   * @return 0..255
   */
  int weigh(int output, byte[] pixels, int at, int step) {
    int sum = 1 << (BITS - 1);
    int weight = output * stride;
    int place = at;
    for (int k = 0; k < count[output]; k++) {
      sum += (pixels[place] & 0xff) * weights[weight + k];
      place += step;
    }
    return Math.max(0, Math.min(255, sum >> BITS));
  }
}
