package io.capbench.engine.cleaning;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;

/**
 * A charset of one byte a character, used loosely: bytes that it leaves undefined are the C1
 * controls of their number, and the replacement character, which stricter programs wrote for them,
 * is byte 1A. Immutable.
 */
final class SingleByteCharset {
  /** What U+FFFD becomes. */
  static final byte LOST = 0x1a;

  private static final int NONE = -1;

  private final short[] bytes = new short[Character.MAX_VALUE + 1];
  private final char[] characters = new char[256];
  private final boolean loose;

  private SingleByteCharset(String name, boolean loose) {
    this.loose = loose;
    Arrays.fill(bytes, (short) NONE);
    Charset charset = Charset.forName(name);
    for (int value = 0; value < 256; value++) {
      char character = new String(new byte[] {(byte) value}, charset).charAt(0);
      if (loose && character == '\ufffd') {
        character = (char) value;
      }
      characters[value] = character;
      bytes[character] = (short) value;
    }
    if (loose) {
      bytes['\ufffd'] = LOST;
      bytes[LOST] = NONE;
    }
  }

  /** The charsets in which UTF-8 is mistaken, the likeliest first, as ftfy orders them. */
  static List<SingleByteCharset> all() {
    return List.of(
        new SingleByteCharset("ISO-8859-1", false),
        new SingleByteCharset("windows-1252", true),
        new SingleByteCharset("windows-1251", true),
        new SingleByteCharset("windows-1250", true),
        new SingleByteCharset("windows-1253", true),
        new SingleByteCharset("windows-1254", true),
        new SingleByteCharset("windows-1257", true),
        new SingleByteCharset("ISO-8859-2", false),
        new SingleByteCharset("x-MacRoman", false),
        new SingleByteCharset("IBM437", false));
  }

  /** Whether undefined bytes and lost characters are allowed. */
  boolean loose() {
    return loose;
  }

  /** Whether a text may have come about by decoding with this charset. */
  boolean covers(String text) {
    return text.chars().allMatch(value -> bytes[value] != NONE);
  }

  /**
   * The byte of every UTF-16 unit.
   *
   * @param text that this charset covers
   */
  byte[] encode(String text) {
    byte[] encoded = new byte[text.length()];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = (byte) bytes[text.charAt(i)];
    }
    return encoded;
  }

  /** The byte of a character, or -1. */
  int encode(char character) {
    return bytes[character];
  }

  /** The character of a byte. */
  char decode(int value) {
    return characters[value];
  }
}
