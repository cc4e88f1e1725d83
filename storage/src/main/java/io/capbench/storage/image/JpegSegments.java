package io.capbench.storage.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What stands before the pixels of a JPEG. */
final class JpegSegments {
  static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int START_OF_SCAN = 0xda;
  private static final int MARKER = 0xff;
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
  private static final int TRANSFORM = 11;

  private JpegSegments() {}

  /**
   * A segment.
   *
   * @param marker its kind
   * @param offset where its content begins
   * @param length of its content, in bytes
   */
  record Segment(int marker, int offset, int length) {
    boolean startsWith(byte[] bytes, byte[] name) {
      return length >= name.length && JpegSegments.startsWith(bytes, offset, name);
    }
  }

  static boolean startsWith(byte[] bytes, int offset, byte[] name) {
    return offset + name.length <= bytes.length
        && Arrays.equals(bytes, offset, offset + name.length, name, 0, name.length);
  }

  /** The segments up to the scan, as far as they are whole. */
  static List<Segment> of(byte[] bytes) {
    List<Segment> segments = new ArrayList<>();
    int at = 2;
    while (at + 3 < bytes.length && (bytes[at] & 0xff) == MARKER) {
      int marker = bytes[at + 1] & 0xff;
      if (marker == MARKER) { // a fill byte
        at++;
        continue;
      }
      int length = (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
      if (marker == START_OF_SCAN || length < 2 || at + 2 + length > bytes.length) {
        break;
      }
      segments.add(new Segment(marker, at + 4, length - 2));
      at += 2 + length;
    }
    return segments;
  }

  /** How many colours the frame has: 1, 3 or 4; 0 if that is not said. */
  static int components(byte[] bytes) {
    for (Segment segment : of(bytes)) {
      int marker = segment.marker();
      boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8;
      if (frame && marker != 0xcc && segment.length() > 5) {
        return bytes[segment.offset() + 5] & 0xff;
      }
    }
    return 0;
  }

  /** Adobe's colour transform of a frame with four colours: 0 CMYK, 2 YCCK; -1 without Adobe. */
  static int adobeTransform(byte[] bytes) {
    for (Segment segment : of(bytes)) {
      if (segment.marker() == APP14
          && segment.length() > TRANSFORM
          && segment.startsWith(bytes, ADOBE)) {
        return bytes[segment.offset() + TRANSFORM] & 0xff;
      }
    }
    return -1;
  }
}
