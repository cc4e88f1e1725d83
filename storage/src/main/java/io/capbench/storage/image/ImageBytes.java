package io.capbench.storage.image;

/**
 * An encoded image, known to be complete and within the limits.
 *
 * @param bytes the file's content; not copied, not to be changed
 * @param format what the bytes are
 * @param width in pixels
 * @param height in pixels
 */
@SuppressWarnings(
    "ArrayRecordComponent") // compared by nobody, and a copy of megabytes helps nobody
public record ImageBytes(byte[] bytes, Format format, int width, int height) {

  /** The encodings that can be shown and exported. */
  public enum Format {
    JPEG("jpg"),
    PNG("png"),
    GIF("gif"),
    BMP("bmp"),
    WEBP("webp"),
    TIFF("tiff");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    /** File name extension without the dot. */
    public String extension() {
      return extension;
    }
  }
}
