package io.capbench.storage.image;

/** Why an image is not there. */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Kinds of failure, for filters and icons. */
  public enum Reason {
    /** The row has no image. */
    NONE,
    /** The file, the cell's content or the address leads nowhere. */
    NOT_FOUND,
    /** The bytes are not a picture, or only part of one. */
    NOT_AN_IMAGE,
    /** More bytes or pixels than the limit. */
    TOO_LARGE,
    /** A path that leaves the dataset's folder, or an address that may not be asked or used. */
    REFUSED,
    /** Its web server answered with another status than 200, 404 and 410. */
    HTTP_ERROR,
    /** Its host is not known. */
    DNS,
    /** Its host cannot be asked in a secure way. */
    TLS,
    /** It did not come from the web in time. */
    TIMEOUT,
    /** It is on the web, which is switched off, and was not kept from earlier. */
    OFFLINE,
    /** Reading failed. */
    UNREADABLE
  }

  private final Reason reason;

  public ImageException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ImageException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The kind of failure; the message says the particulars in words for people. */
  public Reason reason() {
    return reason;
  }
}
