package io.capbench.engine.pixels;

import io.capbench.storage.image.ImageSamples;
import io.capbench.storage.image.ImageSamples.Kind;
import java.util.Arrays;

/** Red, green and blue of a pixel of any kind, as Pillow's convert("RGB") has them. */
final class Colours {
  private final Kind kind;
  private final int[] palette;

  Colours(ImageSamples image) {
    kind = image.kind();
    palette = image.palette();
  }

  /**
   * The colour of a pixel; opacity does not matter.
   *
   * @param at where its first channel stands
   * @return 0xRRGGBB
   */
  int rgb(byte[] values, int at) {
    int first = values[at] & 0xff;
    return switch (kind) {
      case BILEVEL, GRAY, GRAY_ALPHA -> first * 0x010101;
      case PALETTE -> palette[first];
      case RGB, RGBA -> first << 16 | (values[at + 1] & 0xff) << 8 | (values[at + 2] & 0xff);
      case CMYK -> printed(values, at);
    };
  }

  /** The colour of a pixel whose channels all have one value. */
  int filled(int value) {
    byte[] pixel = new byte[kind.channels()];
    Arrays.fill(pixel, (byte) (kind == Kind.BILEVEL && value > 0 ? 255 : value));
    return rgb(pixel, 0);
  }

  private static int printed(byte[] values, int at) {
    int paper = 255 - (values[at + 3] & 0xff);
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      rgb = rgb << 8 | Math.max(0, paper - times(values[at + channel] & 0xff, paper));
    }
    return rgb;
  }

  /** The product of two fractions of 255, as Pillow's MULDIV255 rounds it. */
  static int times(int a, int b) {
    int product = a * b + 128;
    return ((product >> 8) + product) >> 8;
  }
}
