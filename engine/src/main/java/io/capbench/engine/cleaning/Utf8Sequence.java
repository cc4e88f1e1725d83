package io.capbench.engine.cleaning;

import java.util.Optional;

/**
 * A character that stands in bytes as UTF-8, or as one of the two variants that Java and old
 * databases write: surrogates encoded each by itself, and C0 80 for U+0000.
 *
 * @param length number of bytes
 * @param character what they mean
 */
record Utf8Sequence(int length, String character) {
  private static final int SPACE = 0x20;

  /**
   * Reads a character.
   *
   * @param lost whether byte 1A may stand for any byte that follows the first; the character is
   *     then U+FFFD
   * @return nothing if there is none
   */
  static Optional<Utf8Sequence> at(byte[] bytes, int at, boolean lost) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      String character = lost && first == SingleByteCharset.LOST ? "\ufffd" : "" + (char) first;
      return Optional.of(new Utf8Sequence(1, character));
    }
    if (first == 0xc0 && at + 1 < bytes.length && (bytes[at + 1] & 0xff) == 0x80) {
      return Optional.of(new Utf8Sequence(2, "\0"));
    }
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return Optional.empty();
    }
    int value = first & (0x7f >> length);
    boolean complete = true;
    for (int i = 1; i < length; i++) {
      int next = bytes[at + i] & 0xff;
      if (next >= 0x80 && next < 0xc0) {
        value = value << 6 | (next & 0x3f);
      } else if (lost && next == SingleByteCharset.LOST) {
        complete = false;
      } else {
        return Optional.empty();
      }
    }
    return complete
        ? character(bytes, at, length, value)
        : Optional.of(new Utf8Sequence(length, "\ufffd"));
  }

  private static Optional<Utf8Sequence> character(byte[] bytes, int at, int length, int value) {
    int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
    if (value < least || value > Character.MAX_CODE_POINT) {
      return Optional.empty();
    }
    if (value < Character.MIN_SURROGATE || value > Character.MAX_SURROGATE) {
      return Optional.of(new Utf8Sequence(length, Character.toString(value)));
    }
    int low = Character.isHighSurrogate((char) value) ? surrogate(bytes, at + length) : 0;
    return Character.isLowSurrogate((char) low)
        ? Optional.of(new Utf8Sequence(6, "" + (char) value + (char) low))
        : Optional.empty();
  }

  private static int surrogate(byte[] bytes, int at) {
    return at + 3 <= bytes.length && (bytes[at] & 0xff) == 0xed
        ? 0xd000 | (bytes[at + 1] & 0x3f) << 6 | (bytes[at + 2] & 0x3f)
        : 0;
  }

  /**
   * Gives back the no-break spaces that some program took for spaces, where a character is
   * incomplete without: a no-break space, the letter a with a grave accent, and characters of three
   * and four bytes.
   */
  static void restoreSpaces(byte[] bytes) {
    for (int at = 0; at < bytes.length; at++) {
      int first = bytes[at] & 0xff;
      int length = first == 0xc2 || first == 0xc3 ? 2 : first < 0xe0 ? 0 : first < 0xf0 ? 3 : 4;
      int spaces = 0;
      boolean fits = length > 0 && at + length <= bytes.length;
      for (int i = 1; fits && i < length; i++) {
        int next = bytes[at + i] & 0xff;
        spaces += next == SPACE ? 1 : 0;
        fits = next == SPACE || (next >= 0x80 && next < 0xc0);
      }
      for (int i = 1; fits && spaces == 1 && i < length; i++) {
        bytes[at + i] = bytes[at + i] == SPACE ? (byte) 0xa0 : bytes[at + i];
      }
    }
  }
}
