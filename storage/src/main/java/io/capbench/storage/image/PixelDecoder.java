package io.capbench.storage.image;

import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException.Reason;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes every encoding that {@link ImageInspector} lets through, small if wanted, upright, the
 * first frame or page of several. Thread-safe.
 */
public final class PixelDecoder {
  /** How many pixels an image may have whose decoder cannot leave any out: 40 million. */
  static final long MAX_WHOLE_PIXELS = 40_000_000L;

  private static final int FOUR_COLOURS = 4;

  /**
   * Decodes an image.
   *
   * @param image as {@link ImageInspector} checked it
   * @param longestSide pixels that its longer side may have; a larger image is decoded and scaled
   *     down, in memory that grows with what is wanted rather than with the image
   * @throws ImageException if the data do not decode
   */
  public Pixels decode(ImageBytes image, int longestSide) throws ImageException {
    checkSize(image);
    BufferedImage decoded;
    try {
      decoded = read(image, longestSide);
    } catch (IOException | RuntimeException e) { // the readers throw both on damaged data
      throw damaged(image, e);
    }
    return Orientation.of(image).apply(pixels(scaled(decoded, image, longestSide)));
  }

  /** Refuses what would take too much memory. */
  static void checkSize(ImageBytes image) throws ImageException {
    if (image.format() == Format.WEBP && (long) image.width() * image.height() > MAX_WHOLE_PIXELS) {
      throw new ImageException(
          Reason.TOO_LARGE,
          "A WebP image of "
              + image.width()
              + " x "
              + image.height()
              + " pixels is too large to be shown; the limit is 40 million");
    }
  }

  static ImageException damaged(ImageBytes image, Exception cause) {
    return new ImageException(
        Reason.NOT_AN_IMAGE,
        "The image is damaged: its " + image.format() + " data do not decode.",
        cause);
  }

  private static BufferedImage read(ImageBytes image, int longestSide) throws IOException {
    ImageReader reader = ImageInspector.reader(image.format());
    try (ImageInputStream in = input(image)) {
      boolean gif = image.format() == Format.GIF;
      reader.setInput(in, true, !gif);
      ImageReadParam parameters = reader.getDefaultReadParam();
      // Twice what is wanted, so that scaling down the rest leaves no jagged edges.
      int step = Math.max(1, longest(image) / (2 * longestSide));
      parameters.setSourceSubsampling(step, step, 0, 0);
      if (gif) {
        return gifScreen(reader, parameters, image, step);
      }
      return forPrint(image)
          ? FourColours.toRgb(
              reader.readRaster(0, parameters), JpegSegments.adobeTransform(image.bytes()))
          : reader.read(0, parameters);
    } finally {
      reader.dispose();
    }
  }

  static ImageInputStream input(ImageBytes image) {
    return image.format() == Format.WEBP
        ? new PaddedInput(image.bytes())
        : new MemoryCacheImageInputStream(new ByteArrayInputStream(image.bytes()));
  }

  private static int longest(ImageBytes image) {
    return Math.max(image.width(), image.height());
  }

  /** The first frame where it belongs on the screen, which may be larger. */
  private static BufferedImage gifScreen(
      ImageReader reader, ImageReadParam parameters, ImageBytes image, int step)
      throws IOException {
    BufferedImage frame = reader.read(0, parameters);
    int width = Math.max(1, image.width() / step);
    int height = Math.max(1, image.height() / step);
    if (frame.getWidth() >= width && frame.getHeight() >= height) {
      return frame;
    }
    int left = GifScreen.position(reader, "imageLeftPosition");
    int top = GifScreen.position(reader, "imageTopPosition");
    BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = screen.createGraphics();
    graphics.drawImage(frame, left / step, top / step, null);
    graphics.dispose();
    return screen;
  }

  private static BufferedImage scaled(BufferedImage decoded, ImageBytes image, int longestSide) {
    double scale = Math.min(1, (double) longestSide / longest(image));
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    if (decoded.getWidth() == width && decoded.getHeight() == height) {
      return decoded;
    }
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(decoded, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }

  private static Pixels pixels(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    return new Pixels(image.getRGB(0, 0, width, height, null, 0, width), width, height);
  }

  /** Whether a JPEG has the four colours of print, which few decoders know. */
  public static boolean forPrint(ImageBytes image) {
    return image.format() == Format.JPEG && JpegSegments.components(image.bytes()) == FOUR_COLOURS;
  }
}
