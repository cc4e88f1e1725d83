package io.capbench.storage.image;

/**
 * What stands before the first frame of a GIF: comments and the like. Java's reader takes time that
 * grows with the square of their length, minutes for a few megabytes.
 */
final class GifExtensions {
  private static final int SCREEN = 13;
  private static final int FLAGS = 10;
  private static final int EXTENSION = 0x21;

  private GifExtensions() {}

  /** Number of bytes of all extensions before the first frame; cut off ones count as they are. */
  static long length(byte[] gif) {
    int flags = gif.length > FLAGS ? gif[FLAGS] & 0xff : 0;
    int at = SCREEN + ((flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1));
    int first = at;
    while (at < gif.length && (gif[at] & 0xff) == EXTENSION) {
      at += 2; // its kind follows
      while (at < gif.length && gif[at] != 0) {
        at += 1 + (gif[at] & 0xff);
      }
      at++;
    }
    return Math.min(at, gif.length) - (long) Math.min(first, gif.length);
  }
}
