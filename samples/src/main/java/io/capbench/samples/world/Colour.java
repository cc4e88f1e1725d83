package io.capbench.samples.world;

import java.util.Locale;

/** The named colours of things: few enough to be told apart and named by anyone. */
public enum Colour {
  RED(0xE0434A),
  ORANGE(0xF2812B),
  YELLOW(0xF6C633),
  GREEN(0x3E9E57),
  TEAL(0x1FA39C),
  BLUE(0x3A6FDB),
  PURPLE(0x8150C4),
  PINK(0xF283B0),
  WHITE(0xF3F1EC),
  BLACK(0x363841),
  BROWN(0x8B5B3B),
  GREY(0x949CA7);

  private final int rgb;

  Colour(int rgb) {
    this.rgb = rgb;
  }

  /** The paint, {@code 0xRRGGBB}. */
  public int rgb() {
    return rgb;
  }

  /** The English name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
