package io.capbench.engine.pixels;

import io.capbench.storage.image.ImageSamples;
import io.capbench.storage.image.ImageSamples.Kind;

/**
 * Resizes images as Pillow's Image.resize does, to the last bit: horizontally first, then
 * vertically, 8 bits in between; colours multiplied with their opacity while that is done; numbers
 * of palette colours and black-and-white images by the nearest pixel. Only the part that is wanted
 * is computed.
 */
final class Resampler {
  private final ImageSamples image;
  private final Window window;
  private final int channels;

  Resampler(ImageSamples image, Window window) {
    this.image = image;
    this.window = window;
    channels = image.kind().channels();
  }

  /** The wanted part of the resized image: its channels, row by row. */
  byte[] resize(Interpolation interpolation) {
    boolean numbers = image.kind() == Kind.PALETTE || image.kind() == Kind.BILEVEL;
    boolean sameSize = window.width() == image.width() && window.height() == image.height();
    return sameSize || numbers || interpolation == Interpolation.NEAREST
        ? nearest()
        : smooth(interpolation);
  }

  private byte[] nearest() {
    int[] columns = positions(image.width(), window.width(), window.left(), window.columns());
    int[] rows = positions(image.height(), window.height(), window.top(), window.rows());
    byte[] out = new byte[rows.length * columns.length * channels];
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        int from = (row * image.width() + column) * channels;
        for (int channel = 0; channel < channels; channel++) {
          out[at++] = image.values()[from + channel];
        }
      }
    }
    return out;
  }

  // Pillow adds up the steps instead of multiplying (ImagingScaleAffine), rounding errors included.
  private static int[] positions(int in, long out, long from, int length) {
    double step = (double) in / out;
    double position = step * 0.5;
    int[] positions = new int[length];
    for (long i = 0; i < from + length; i++) {
      if (i >= from) {
        positions[(int) (i - from)] = Math.min(in - 1, (int) position);
      }
      position += step;
    }
    return positions;
  }

  private byte[] smooth(Interpolation interpolation) {
    boolean vertically = window.height() != image.height();
    int firstRow = (int) window.top();
    int endRow = firstRow + window.rows();
    ResampleWeights vertical =
        new ResampleWeights(
            interpolation, image.height(), window.height(), window.top(), window.rows());
    if (vertically) {
      firstRow = vertical.first(0);
      endRow = vertical.end();
    }
    byte[] narrow = horizontally(interpolation, firstRow, endRow);
    byte[] out = vertically ? vertically(vertical, narrow, firstRow) : narrow;
    if (hasOpacity()) {
      divideByOpacity(out);
    }
    return out;
  }

  private byte[] horizontally(Interpolation interpolation, int firstRow, int endRow) {
    int columns = window.columns();
    int rowLength = image.width() * channels;
    ResampleWeights weights =
        new ResampleWeights(interpolation, image.width(), window.width(), window.left(), columns);
    boolean resized = window.width() != image.width();
    byte[] narrow = new byte[(endRow - firstRow) * columns * channels];
    byte[] row = new byte[rowLength];
    int at = 0;
    for (int y = firstRow; y < endRow; y++) {
      System.arraycopy(image.values(), y * rowLength, row, 0, rowLength);
      if (hasOpacity()) {
        multiplyWithOpacity(row);
      }
      if (!resized) {
        System.arraycopy(row, (int) window.left() * channels, narrow, at, columns * channels);
        at += columns * channels;
        continue;
      }
      for (int x = 0; x < columns; x++) {
        int from = weights.first(x) * channels;
        for (int channel = 0; channel < channels; channel++) {
          narrow[at++] = (byte) weights.weigh(x, row, from + channel, channels);
        }
      }
    }
    return narrow;
  }

  private byte[] vertically(ResampleWeights weights, byte[] narrow, int firstRow) {
    int rowLength = window.columns() * channels;
    byte[] out = new byte[window.rows() * rowLength];
    for (int y = 0; y < window.rows(); y++) {
      int from = (weights.first(y) - firstRow) * rowLength;
      for (int i = 0; i < rowLength; i++) {
        out[y * rowLength + i] = (byte) weights.weigh(y, narrow, from + i, rowLength);
      }
    }
    return out;
  }

  private boolean hasOpacity() {
    return image.kind() == Kind.RGBA || image.kind() == Kind.GRAY_ALPHA;
  }

  // Pillow's MULDIV255: division by 255, rounded, without dividing.
  private void multiplyWithOpacity(byte[] row) {
    for (int at = 0; at < row.length; at += channels) {
      int opacity = row[at + channels - 1] & 0xff;
      for (int channel = 0; channel < channels - 1; channel++) {
        row[at + channel] = (byte) Colours.times(row[at + channel] & 0xff, opacity);
      }
    }
  }

  private void divideByOpacity(byte[] pixels) {
    for (int at = 0; at < pixels.length; at += channels) {
      int opacity = pixels[at + channels - 1] & 0xff;
      for (int channel = 0; opacity > 0 && opacity < 255 && channel < channels - 1; channel++) {
        pixels[at + channel] = (byte) Math.min(255, 255 * (pixels[at + channel] & 0xff) / opacity);
      }
    }
  }
}
