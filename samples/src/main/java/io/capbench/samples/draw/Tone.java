package io.capbench.samples.draw;

import java.awt.Color;

/** Colour arithmetic in sRGB. */
final class Tone {
  private static final Color SHADE = new Color(0x2A2350);

  private Tone() {}

  static Color rgb(int rgb) {
    return new Color(rgb);
  }

  /** {@code t} = 0 is the first colour, 1 the second. */
  static Color mix(Color a, Color b, double t) {
    return new Color(
        blend(a.getRed(), b.getRed(), t),
        blend(a.getGreen(), b.getGreen(), t),
        blend(a.getBlue(), b.getBlue(), t),
        blend(a.getAlpha(), b.getAlpha(), t));
  }

  private static int blend(int a, int b, double t) {
    return (int) Math.round(a + (b - a) * t);
  }

  static Color light(Color colour, double t) {
    return mix(colour, Color.WHITE, t);
  }

  /** Darker and a little cooler, as shadows under a warm light are. */
  static Color dark(Color colour, double t) {
    return mix(colour, SHADE, t);
  }

  /** The colour with that opacity, 0 to 1. */
  static Color veil(Color colour, double opacity) {
    int alpha = (int) Math.round(255 * opacity);
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  /** What can be read on that colour: near white or near black. */
  static Color ink(Color ground) {
    double bright = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
    return bright > 165 ? new Color(0x2B2D3A) : new Color(0xFDFBF6);
  }
}
