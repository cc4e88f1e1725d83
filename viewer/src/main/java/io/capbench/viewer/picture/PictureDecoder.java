package io.capbench.viewer.picture;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.model.ImageRef;
import java.io.ByteArrayInputStream;
import javafx.scene.image.Image;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and decodes images. Thread-safe; to be called off the FX thread. */
public final class PictureDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(PictureDecoder.class);

  private final ImageSource source;

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
      boolean scale = Math.max(bytes.width(), bytes.height()) > longestSide;
      double side = scale ? longestSide : 0;
      Image image = new Image(new ByteArrayInputStream(bytes.bytes()), side, side, true, true);
      if (image.isError()) {
        LOG.debug("Cannot decode {}", ref.name(), image.getException());
        return new Picture.Missing(
            Reason.NOT_AN_IMAGE,
            "The image is damaged: its " + bytes.format() + " data do not decode.");
      }
      return new Picture.Shown(image, bytes.width(), bytes.height());
    } catch (ImageException e) {
      return new Picture.Missing(e.reason(), String.valueOf(e.getMessage()));
    }
  }
}
