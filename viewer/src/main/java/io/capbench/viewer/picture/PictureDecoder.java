package io.capbench.viewer.picture;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.image.Orientation;
import io.capbench.storage.image.PixelDecoder;
import io.capbench.storage.image.Pixels;
import io.capbench.storage.model.ImageRef;
import java.io.ByteArrayInputStream;
import java.util.concurrent.Semaphore;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and decodes images: any number are read at a time, two are decoded. Photos stand upright.
 * Thread-safe; to be called off the FX thread.
 */
public final class PictureDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(PictureDecoder.class);
  private static final int DECODED_AT_A_TIME = 2;

  private final ImageSource source;
  private final PixelDecoder pixels = new PixelDecoder();
  private final Semaphore decoding = new Semaphore(DECODED_AT_A_TIME);

  /** Decodes what that source reads. */
  public PictureDecoder(ImageSource source) {
    this.source = source;
  }

  /**
   * Decodes an image.
   *
   * @param ref where it is
   * @param longestSide pixels that its longer side may have; a larger image is scaled down while it
   *     is decoded, which bounds memory
   * @return {@link Picture.Shown} or {@link Picture.Missing}
   */
  public Picture decode(ImageRef ref, int longestSide) {
    try {
      ImageBytes bytes = source.read(ref);
      decoding.acquireUninterruptibly();
      try {
        Orientation orientation = Orientation.of(bytes);
        Image image = image(bytes, orientation, longestSide);
        return orientation.onItsSide()
            ? new Picture.Shown(image, bytes.height(), bytes.width())
            : new Picture.Shown(image, bytes.width(), bytes.height());
      } finally {
        decoding.release();
      }
    } catch (ImageException e) {
      LOG.debug("No picture of {}", ref.name(), e);
      return new Picture.Missing(e.reason(), String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      // One array did not fit, which leaves everything else as it was.
      LOG.warn("No memory for the picture of {}", ref.name(), e);
      return new Picture.Missing(
          Reason.TOO_LARGE, "Decoding this image takes more memory than Capbench has");
    }
  }

  private Image image(ImageBytes bytes, Orientation orientation, int longestSide)
      throws ImageException {
    // JavaFX decodes these faster and scales them better, but not all of their kinds.
    boolean usual =
        (bytes.format() == Format.JPEG && !PixelDecoder.forPrint(bytes))
            || bytes.format() == Format.PNG;
    if (usual) {
      boolean scale = Math.max(bytes.width(), bytes.height()) > longestSide;
      double side = scale ? longestSide : 0;
      Image image = new Image(new ByteArrayInputStream(bytes.bytes()), side, side, true, true);
      if (!image.isError()) {
        return orientation.equals(Orientation.UPRIGHT)
            ? image
            : image(orientation.apply(pixels(image)));
      }
      LOG.debug("JavaFX does not decode it", image.getException());
    }
    return image(pixels.decode(bytes, longestSide));
  }

  private static Pixels pixels(Image image) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] argb = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
    return new Pixels(argb, width, height);
  }

  private static Image image(Pixels pixels) {
    WritableImage image = new WritableImage(pixels.width(), pixels.height());
    image
        .getPixelWriter()
        .setPixels(
            0,
            0,
            pixels.width(),
            pixels.height(),
            PixelFormat.getIntArgbInstance(),
            pixels.argb(),
            0,
            pixels.width());
    return image;
  }
}
