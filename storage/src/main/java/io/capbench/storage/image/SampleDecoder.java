package io.capbench.storage.image;

import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageSamples.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes images for models: every pixel, upright, in the colours of the file, the first frame or
 * page of several. Thread-safe.
 */
public final class SampleDecoder {
  /**
   * Decodes an image. One of more than 40 million pixels is read with some left out evenly, so that
   * memory stays below 200 MB; those of WebP cannot be left out.
   *
   * @param image as {@link ImageInspector} checked it
   * @throws ImageException if the data do not decode, or would take too much memory
   */
  public ImageSamples decode(ImageBytes image) throws ImageException {
    PixelDecoder.checkSize(image);
    ImageSamples samples;
    try {
      samples = read(image);
    } catch (IOException | RuntimeException e) { // the readers throw both on damaged data
      throw PixelDecoder.damaged(image, e);
    } catch (OutOfMemoryError e) {
      throw new ImageException(
          Reason.TOO_LARGE,
          "An image of "
              + image.width()
              + " x "
              + image.height()
              + " pixels does not fit into memory",
          e);
    }
    return Orientation.of(image).apply(samples);
  }

  private static ImageSamples read(ImageBytes image) throws IOException {
    ImageReader reader = ImageInspector.reader(image.format());
    try (ImageInputStream in = PixelDecoder.input(image)) {
      boolean gif = image.format() == Format.GIF;
      reader.setInput(in, true, !gif);
      ImageReadParam parameters = reader.getDefaultReadParam();
      int step = step(image);
      parameters.setSourceSubsampling(step, step, 0, 0);
      if (PixelDecoder.forPrint(image)) {
        return FourColours.inks(
            reader.readRaster(0, parameters), JpegSegments.adobeTransform(image.bytes()));
      }
      BufferedImage decoded = reader.read(0, parameters);
      ImageSamples samples = SampleReader.samples(decoded, kind(image, decoded));
      return gif ? GifScreen.place(samples, decoded, reader, image, step) : samples;
    } finally {
      reader.dispose();
    }
  }

  /** Every how many pixels one is read. */
  static int step(ImageBytes image) {
    double pixels = (double) image.width() * image.height();
    return Math.max(1, (int) Math.ceil(Math.sqrt(pixels / PixelDecoder.MAX_WHOLE_PIXELS)));
  }

  private static Kind kind(ImageBytes image, BufferedImage decoded) {
    return image.format() == Format.PNG ? pngKind(image.bytes()) : kind(decoded);
  }

  // Java's reader makes palettes of few grays, and opacity of one colour that is to be transparent.
  private static Kind pngKind(byte[] bytes) {
    int depth = bytes[24];
    return switch (bytes[25]) {
      case 0 -> depth == 1 ? Kind.BILEVEL : Kind.GRAY;
      case 3 -> Kind.PALETTE;
      case 4 -> Kind.GRAY_ALPHA;
      case 6 -> Kind.RGBA;
      default -> Kind.RGB;
    };
  }

  private static Kind kind(BufferedImage decoded) {
    if (decoded.getColorModel() instanceof IndexColorModel colours) {
      return isGray(colours) ? colours.getMapSize() == 2 ? Kind.BILEVEL : Kind.GRAY : Kind.PALETTE;
    }
    boolean alpha = decoded.getColorModel().hasAlpha();
    return switch (decoded.getColorModel().getNumColorComponents()) {
      case 1 -> alpha ? Kind.GRAY_ALPHA : Kind.GRAY;
      case 4 -> Kind.CMYK;
      default -> alpha ? Kind.RGBA : Kind.RGB;
    };
  }

  /**
   * Whether a palette runs evenly from black to white, so that its numbers are as good as grays.
   */
  private static boolean isGray(IndexColorModel colours) {
    int last = colours.getMapSize() - 1;
    if (colours.getMapSize() != 1 << colours.getPixelSize()) {
      return false;
    }
    for (int i = 0; i <= last; i++) {
      if ((colours.getRGB(i) & 0xffffff) != (i * 255 / last) * 0x010101) {
        return false;
      }
    }
    return true;
  }
}
