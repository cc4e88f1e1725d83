package io.capbench.viewer.picture;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.model.ImageRef;
import javafx.scene.image.Image;

/** What there is to see of a row's image. */
public sealed interface Picture {

  /** It is being read. */
  record Loading() implements Picture {}

  /**
   * It is here.
   *
   * @param image the decoded image, perhaps smaller than the original
   * @param width of the original, in pixels
   * @param height of the original, in pixels
   */
  record Shown(Image image, int width, int height) implements Picture {}

  /**
   * It cannot be shown.
   *
   * @param reason the kind of failure
   * @param message the particulars, for people
   */
  record Missing(Reason reason, String message) implements Picture {

    /** What that says about the image. */
    public ImageStatus status(ImageRef image) {
      return ImageStatus.of(image, reason);
    }

    /** The reason in one or two words, for small places; empty if the row has no image. */
    public String shortly(ImageRef image) {
      return switch (reason) {
        case NONE -> "";
        case OFFLINE -> "web is off";
        default -> status(image).id();
      };
    }
  }
}
