package io.capbench.storage.image;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.ImageRef;
import java.util.Arrays;

/** What is known about a row's image, as filters, counts and people name it. */
public enum ImageStatus {
  /** It was there when it was asked for last. */
  OK("ok", "the image is there"),
  /** It was not asked for yet. */
  UNKNOWN("unknown", "not looked at yet"),
  /** The row has no image. */
  NONE("none", "the row has no image"),
  /** Its web server says that it is not there. */
  GONE("404", "not there any more (404)"),
  /** Its file, archive member or cell is not there. */
  MISSING("missing", "the file is missing"),
  /** What is there is no image, or only part of one. */
  NOT_AN_IMAGE("not an image", "not an image"),
  /** More bytes or pixels than the limit. */
  TOO_LARGE("too large", "too large"),
  /** Its address may not be asked, or its owner does not want it used. */
  REFUSED("refused address", "refused"),
  /** Its web server answers with an error. */
  HTTP_ERROR("http error", "its server answers with an error"),
  /** Its host is not known. */
  DNS("dns", "host not known"),
  /** Its host cannot be asked in a secure way. */
  TLS("tls", "no secure connection"),
  /** It did not come in time. */
  TIMEOUT("timeout", "did not come in time"),
  /** Reading failed in another way. */
  UNREADABLE("unreadable", "cannot be read");

  private final String id;
  private final String words;

  ImageStatus(String id, String words) {
    this.id = id;
    this.words = words;
  }

  /** The short name that filters, listings and the column {@code image_status} use. */
  public String id() {
    return id;
  }

  /** The same in a few words for people. */
  public String words() {
    return words;
  }

  /** Whether asking for it did not lead to an image. */
  public boolean failed() {
    return this != OK && this != UNKNOWN && this != NONE;
  }

  /** The status of that name; {@link #UNKNOWN} if there is none. */
  public static ImageStatus of(String id) {
    return Arrays.stream(values())
        .filter(status -> status.id.equals(id))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** What follows from a failure to read that image. */
  public static ImageStatus of(ImageRef image, Reason reason) {
    return switch (reason) {
      case NONE -> NONE;
      case NOT_FOUND -> image instanceof ImageRef.Url ? GONE : MISSING;
      case NOT_AN_IMAGE -> NOT_AN_IMAGE;
      case TOO_LARGE -> TOO_LARGE;
      case REFUSED -> REFUSED;
      case HTTP_ERROR -> HTTP_ERROR;
      case DNS -> DNS;
      case TLS -> TLS;
      case TIMEOUT -> TIMEOUT;
      case UNREADABLE -> UNREADABLE;
      case OFFLINE -> UNKNOWN;
    };
  }

  /** The reason that leads to this status; only for a status that {@link #failed}. */
  Reason reason() {
    return switch (this) {
      case GONE, MISSING -> Reason.NOT_FOUND;
      case NOT_AN_IMAGE -> Reason.NOT_AN_IMAGE;
      case TOO_LARGE -> Reason.TOO_LARGE;
      case REFUSED -> Reason.REFUSED;
      case HTTP_ERROR -> Reason.HTTP_ERROR;
      case DNS -> Reason.DNS;
      case TLS -> Reason.TLS;
      case TIMEOUT -> Reason.TIMEOUT;
      case UNREADABLE -> Reason.UNREADABLE;
      case OK, UNKNOWN, NONE -> throw new IllegalStateException(this + " is no failure");
    };
  }
}
