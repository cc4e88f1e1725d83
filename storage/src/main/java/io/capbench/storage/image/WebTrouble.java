package io.capbench.storage.image;

import io.capbench.storage.image.ImageException.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why an image was not fetched, and what may be done about it. */
final class WebTrouble extends Exception {
  private static final long serialVersionUID = 1L;

  /** What follows from a failure. */
  enum Outlook {
    /** The same will happen tomorrow: not asked again for a while. */
    LASTING,
    /** It may be different another time. */
    OPEN,
    /** It may be different in a moment: worth a second try. */
    PASSING
  }

  private final Reason reason;
  private final Outlook outlook;
  private final @Nullable Duration pause;

  WebTrouble(Reason reason, Outlook outlook, String message) {
    this(reason, outlook, message, null, null);
  }

  WebTrouble(Reason reason, Outlook outlook, String message, @Nullable Throwable cause) {
    this(reason, outlook, message, null, cause);
  }

  /**
   * A failure.
   *
   * @param message a sentence for a person, with the address
   * @param pause how long the server wants to be left alone; null if it did not say
   */
  WebTrouble(
      Reason reason,
      Outlook outlook,
      String message,
      @Nullable Duration pause,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.outlook = outlook;
    this.pause = pause;
  }

  Reason reason() {
    return reason;
  }

  Outlook outlook() {
    return outlook;
  }

  /** How long the server wants to be left alone; null if it did not say. */
  @Nullable Duration pause() {
    return pause;
  }

  /** The same for those who ask for images. */
  ImageException toImageException() {
    return new ImageException(reason, String.valueOf(getMessage()), this);
  }
}
