package io.capbench.storage.image;

import io.capbench.storage.image.ImageBytes.Format;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What the first bytes of a file say about it. */
final class Signature {
  private static final int SHOWN_BYTES = 8;
  private static final int GIF_HEADER = 10;

  private Signature() {}

  static Optional<Format> format(byte[] bytes) {
    if (starts(bytes, "\u00ff\u00d8\u00ff")) {
      return Optional.of(Format.JPEG);
    }
    if (starts(bytes, "\u0089PNG\r\n\032\n")) {
      return Optional.of(Format.PNG);
    }
    if ((starts(bytes, "GIF87a") || starts(bytes, "GIF89a")) && bytes.length >= GIF_HEADER) {
      return Optional.of(Format.GIF);
    }
    if (starts(bytes, "RIFF") && at(bytes, 8, "WEBP")) {
      return Optional.of(Format.WEBP);
    }
    if (starts(bytes, "II*\0") || starts(bytes, "MM\0*")) {
      return Optional.of(Format.TIFF);
    }
    return starts(bytes, "BM") ? Optional.of(Format.BMP) : Optional.empty();
  }

  /** Words for bytes that are no image that can be shown. */
  static String describe(byte[] bytes) {
    if (at(bytes, 4, "ftyp")) {
      return at(bytes, 8, "avif") ? "an AVIF image" : "a HEIF image or an MP4 video";
    }
    if (starts(bytes, "\u00ff\n") || at(bytes, 4, "JXL ")) {
      return "a JPEG XL image";
    }
    if (at(bytes, 4, "jP  ")) {
      return "a JPEG 2000 image";
    }
    if (starts(bytes, "%PDF")) {
      return "a PDF document";
    }
    if (starts(bytes, "PK\3\4")) {
      return "a zip archive";
    }
    if (starts(bytes, "\037\u008b")) {
      return "gzip data";
    }
    return describeText(bytes);
  }

  /**
   * Width (axis 0) or height (axis 1) of the screen of a GIF.
   *
   * @param bytes at least ten bytes, as {@link #format} saw to
   */
  static int gifScreen(byte[] bytes, int axis) {
    int offset = 6 + 2 * axis;
    return (bytes[offset] & 0xff) | (bytes[offset + 1] & 0xff) << 8;
  }

  private static String describeText(byte[] bytes) {
    String head =
        new String(bytes, 0, Math.min(bytes.length, 256), StandardCharsets.ISO_8859_1)
            .strip()
            .toLowerCase(Locale.ROOT);
    if (head.contains("<svg")) {
      return "an SVG drawing";
    }
    if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
      return "an HTML page";
    }
    if (head.startsWith("<?xml")) {
      return "an XML document";
    }
    if (head.startsWith("{") || head.startsWith("[")) {
      return "JSON";
    }
    if (!head.isEmpty() && head.chars().allMatch(c -> (c >= ' ' && c < 127) || c == '\n')) {
      return "text";
    }
    byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN_BYTES));
    return "of an unknown kind that begins with " + HexFormat.ofDelimiter(" ").formatHex(first);
  }

  private static boolean starts(byte[] bytes, String latin1) {
    return at(bytes, 0, latin1);
  }

  private static boolean at(byte[] bytes, int offset, String latin1) {
    byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= offset + expected.length
        && Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length);
  }
}
