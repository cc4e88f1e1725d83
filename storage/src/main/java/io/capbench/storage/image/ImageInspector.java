package io.capbench.storage.image;

import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Tells what encoded bytes are, and whether they are a whole image within the limits, from their
 * headers and without decoding a pixel. Thread-safe.
 */
public final class ImageInspector {
  /** How many encoded bytes an image may have: 64 MiB. */
  public static final long MAX_BYTES = 64L << 20;

  /** How many pixels an image may have: 100 million. */
  public static final long MAX_PIXELS = 100_000_000L;

  private static final long MAX_GIF_EXTENSIONS = 1 << 20;

  /** Progressive JPEGs have about ten; thumbnails in their headers have scans too. */
  private static final int MAX_SCANS = 200;

  /**
   * Looks at the headers and the end of an image.
   *
   * @param bytes the encoded image; kept, not copied
   * @param name what to call it in messages
   * @throws ImageException if it is none, if it is cut off, or if it is larger than the limits
   */
  public ImageBytes inspect(byte[] bytes, String name) throws ImageException {
    checkLength(bytes.length, name);
    Format format =
        Signature.format(bytes)
            .orElseThrow(
                () ->
                    new ImageException(
                        Reason.NOT_AN_IMAGE,
                        name
                            + " cannot be shown: it is "
                            + Signature.describe(bytes)
                            + "; JPEG, PNG, GIF, BMP, WebP and TIFF can"));
    if (format == Format.GIF && GifExtensions.length(bytes) > MAX_GIF_EXTENSIONS) {
      throw new ImageException(
          Reason.TOO_LARGE, name + " has more than 1 MiB of comments before its first frame");
    }
    ImageBytes image = withSize(bytes, format, name);
    long pixels = (long) image.width() * image.height();
    if (pixels > MAX_PIXELS) {
      throw new ImageException(
          Reason.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%s has %d x %d pixels; the limit is %d million",
              name,
              image.width(),
              image.height(),
              MAX_PIXELS / 1_000_000));
    }
    if (!Completeness.complete(bytes, format)) {
      throw new ImageException(
          Reason.NOT_AN_IMAGE,
          name + " is cut off: the end of the " + format + " image is missing");
    }
    if (format == Format.JPEG && Completeness.scans(bytes) > MAX_SCANS) {
      throw new ImageException(
          Reason.TOO_LARGE, name + " has more than " + MAX_SCANS + " scans, which take too long");
    }
    return image;
  }

  /**
   * Checks a length before the bytes are read.
   *
   * @param length number of encoded bytes
   * @param name what to call the image in messages
   * @throws ImageException if there are none or too many
   */
  public void checkLength(long length, String name) throws ImageException {
    if (length == 0) {
      throw new ImageException(Reason.NOT_AN_IMAGE, name + " is empty");
    }
    if (length > MAX_BYTES) {
      throw new ImageException(
          Reason.TOO_LARGE,
          name + " has " + (length >> 20) + " MiB; the limit is " + (MAX_BYTES >> 20) + " MiB");
    }
  }

  static ImageReader reader(Format format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.extension());
    if (!readers.hasNext()) {
      throw new IllegalStateException(
          "There is no reader of " + format + " on the class path; build Capbench again");
    }
    return readers.next();
  }

  private static ImageBytes withSize(byte[] bytes, Format format, String name)
      throws ImageException {
    ImageReader reader = reader(format);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (format == Format.GIF) {
        // A frame may be smaller than the screen it is drawn on, or larger.
        width = Math.max(width, Signature.gifScreen(bytes, 0));
        height = Math.max(height, Signature.gifScreen(bytes, 1));
      }
      if (width <= 0 || height <= 0) {
        throw new ImageException(Reason.NOT_AN_IMAGE, name + " says that it has no pixels");
      }
      return new ImageBytes(bytes, format, width, height);
    } catch (IOException | RuntimeException e) { // the readers throw both on hostile headers
      throw new ImageException(
          Reason.NOT_AN_IMAGE,
          name + " begins like a " + format + " image, but its header is damaged",
          e);
    } finally {
      reader.dispose();
    }
  }
}
