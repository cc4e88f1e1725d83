package io.capbench.viewer.ground;

import io.capbench.engine.explain.HeatColours;

/** Colours a field. Immutable. */
final class HeatImage {
  private static final int PIXELS_A_PATCH = 16;
  private static final int MOST_PIXELS = 512;

  /**
   * How far above the threshold the colours are whole; softer than a step, so that none is seen.
   */
  private static final double EDGE = 0.06;

  private final HeatColours colours = new HeatColours();

  /** How many pixels wide a coloured field is. */
  int width(HeatField field) {
    return Math.min(MOST_PIXELS, field.columns() * PIXELS_A_PATCH);
  }

  /** How many pixels high a coloured field is. */
  int height(HeatField field) {
    return Math.min(MOST_PIXELS, field.rows() * PIXELS_A_PATCH);
  }

  /**
   * Colours a field: the numbers are interpolated, then coloured.
   *
   * @param threshold below it there is no colour, 0 to 1
   * @return [height * width] ARGB, not premultiplied, row-major
   */
  int[] argb(HeatField field, double threshold) {
    int width = width(field);
    int height = height(field);
    int[] argb = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double value = field.at((x + 0.5) / width, (y + 0.5) / height);
        argb[y * width + x] = argb(value, threshold);
      }
    }
    return argb;
  }

  /**
   * The colour of a value.
   *
   * @param value 0 to 1
   * @return ARGB, not premultiplied
   */
  int argb(double value, double threshold) {
    double cover = threshold <= 0 ? 1 : Math.max(0, Math.min(1, (value - threshold) / EDGE));
    return ((int) Math.round(255 * cover) << 24) | colours.rgb(value);
  }
}
