package io.capbench.engine.pixels;

import java.util.Arrays;

/**
 * How much each input pixel of a row or column counts for each output pixel, in Pillow's fixed
 * point (precompute_coeffs and normalize_coeffs_8bpc in Resample.c): when an image gets smaller,
 * the filter gets wider, so that every input pixel counts. Immutable.
 */
final class ResampleWeights {
  /** Fraction bits of a weight: 8 of 32 are the pixel's, 2 are left for sums beyond 0..255. */
  private static final int BITS = 32 - 8 - 2;

  private static final int HALF = 1 << (BITS - 1);

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

  /** One after the last input pixel that counts for any output pixel. */
  int end() {
    int last = first.length - 1;
    return first[last] + count[last];
  }

  /**
   * Makes one row of output pixels of one row of input pixels.
   *
   * @param row channels of every input pixel, 0..255 as bytes
   * @param out where the wanted output pixels go
   * @param at where the first of them goes
   */
  void alongRow(byte[] row, int channels, byte[] out, int at) {
    for (int x = 0; x < first.length; x++) {
      if (channels == 3) {
        weighThree(row, x, out, at + 3 * x);
        continue;
      }
      for (int channel = 0; channel < channels; channel++) {
        int sum = HALF;
        int place = first[x] * channels + channel;
        for (int k = x * stride; k < x * stride + count[x]; k++) {
          sum += (row[place] & 0xff) * weights[k];
          place += channels;
        }
        out[at + x * channels + channel] = clipped(sum);
      }
    }
  }

  private void weighThree(byte[] row, int x, byte[] out, int at) {
    int red = HALF;
    int green = HALF;
    int blue = HALF;
    int place = 3 * first[x];
    for (int k = x * stride; k < x * stride + count[x]; k++) {
      int weight = weights[k];
      red += (row[place] & 0xff) * weight;
      green += (row[place + 1] & 0xff) * weight;
      blue += (row[place + 2] & 0xff) * weight;
      place += 3;
    }
    out[at] = clipped(red);
    out[at + 1] = clipped(green);
    out[at + 2] = clipped(blue);
  }

  /**
   * Makes one output row of several input rows.
   *
   * @param output which output row, counted among the wanted ones
   * @param rows input rows, one behind the other
   * @param at where the first row that counts begins
   * @param sums [row length] room for sums
   * @param out where the output row goes
   * @param to where it begins
   */
  void acrossRows(int output, byte[] rows, int at, int[] sums, byte[] out, int to) {
    Arrays.fill(sums, HALF);
    for (int k = 0; k < count[output]; k++) {
      int weight = weights[output * stride + k];
      int row = at + k * sums.length;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (rows[row + i] & 0xff) * weight;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      out[to + i] = clipped(sums[i]);
    }
  }

  private static byte clipped(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> BITS));
  }
}
