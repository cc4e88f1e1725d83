package io.capbench.storage.image;

/**
 * A decoded image in the colours that its file has, which is what models are trained on: a palette
 * is not resolved, transparency not applied, and gray stays gray.
 *
 * @param values the channels of every pixel, 0 to 255 (as signed bytes), row by row from the top
 *     left; not copied, not to be changed
 * @param kind what the channels are
 * @param palette with {@link Kind#PALETTE} the colours, 0xRRGGBB, else empty; not copied, not to be
 *     changed
 * @param width in pixels
 * @param height in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ImageSamples(byte[] values, Kind kind, int[] palette, int width, int height) {

  /** What the channels of an image are. */
  public enum Kind {
    /** Black or white, as 0 or 255. */
    BILEVEL(1),
    /** The number of a colour in the palette. */
    PALETTE(1),
    /** Black to white. */
    GRAY(1),
    /** Black to white, and opacity. */
    GRAY_ALPHA(2),
    /** Red, green, blue. */
    RGB(3),
    /** Red, green, blue, and opacity; colours are not multiplied with it. */
    RGBA(4),
    /** Cyan, magenta, yellow and black ink; 0 is none. */
    CMYK(4);

    private final int channels;

    Kind(int channels) {
      this.channels = channels;
    }

    /** Number of values that a pixel has. */
    public int channels() {
      return channels;
    }
  }
}
