package io.capbench.storage.image;

import io.capbench.storage.image.ImageBytes.Format;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whether an image reaches its end. Decoders show a JPEG that was cut off with a grey rest and say
 * nothing, so the end is looked for. Bytes after it are tolerated, as decoders do.
 */
final class Completeness {
  private static final int MARKER = 0xff;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int PNG_SIGNATURE = 8;
  private static final int PNG_CHUNK_OVERHEAD = 12;
  private static final int PNG_END = 0x49454e44; // "IEND"

  private static final int RIFF_HEADER = 8;

  private Completeness() {}

  /** How many passes a JPEG has over its pixels, each of which costs as much as decoding it. */
  static int scans(byte[] jpeg) {
    int scans = 0;
    for (int at = 2; at + 1 < jpeg.length; at++) {
      if ((jpeg[at] & 0xff) == MARKER && (jpeg[at + 1] & 0xff) == START_OF_SCAN) {
        scans++;
      }
    }
    return scans;
  }

  /** Whether the end is there; GIF, BMP and TIFF are taken as they are. */
  static boolean complete(byte[] bytes, Format format) {
    return switch (format) {
      case JPEG -> jpegEnds(bytes);
      case PNG -> pngEnds(bytes);
      case WEBP -> webpEnds(bytes);
      case GIF, BMP, TIFF -> true;
    };
  }

  // Thumbnails inside the segments before the scan have ends of their own, so segments are skipped.
  private static boolean jpegEnds(byte[] bytes) {
    int at = 2;
    while (at + 3 < bytes.length) {
      if ((bytes[at] & 0xff) != MARKER) {
        return false;
      }
      int marker = bytes[at + 1] & 0xff;
      if (marker == MARKER) { // a fill byte
        at++;
        continue;
      }
      int length = (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
      at += 2 + length;
      if (marker == START_OF_SCAN) {
        return jpegEndsFrom(bytes, at);
      }
    }
    return false;
  }

  // Coded data never holds ff d9: an ff in it is followed by 00 or a restart marker.
  private static boolean jpegEndsFrom(byte[] bytes, int scan) {
    for (int at = scan; at + 1 < bytes.length; at++) {
      if ((bytes[at] & 0xff) == MARKER && (bytes[at + 1] & 0xff) == END_OF_IMAGE) {
        return true;
      }
    }
    return false;
  }

  private static boolean webpEnds(byte[] bytes) {
    long declared = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffffffffL;
    return declared + RIFF_HEADER <= bytes.length;
  }

  private static boolean pngEnds(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long at = PNG_SIGNATURE;
    while (at + PNG_CHUNK_OVERHEAD <= bytes.length) {
      long length = buffer.getInt((int) at) & 0xffffffffL;
      if (buffer.getInt((int) at + 4) == PNG_END) {
        return true;
      }
      at += PNG_CHUNK_OVERHEAD + length;
    }
    return false;
  }
}
