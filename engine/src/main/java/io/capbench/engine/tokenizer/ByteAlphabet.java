package io.capbench.engine.tokenizer;

/**
 * The letter that stands for each byte in the vocabularies of byte-level tokenizers
 * (bytes_to_unicode in GPT-2's encoder.py): bytes that can be seen stand for themselves, the others
 * for the letters from U+0100 on.
 */
final class ByteAlphabet {
  private static final int BYTES = 256;

  private ByteAlphabet() {}

  /** The letter of every byte, 0 to 255. */
  static char[] letters() {
    char[] letters = new char[BYTES];
    int hidden = 0;
    for (int value = 0; value < BYTES; value++) {
      letters[value] = (char) (isSeen(value) ? value : BYTES + hidden++);
    }
    return letters;
  }

  /** The bytes in the order in which their letters open a vocabulary: those that are seen first. */
  static int[] order() {
    int[] order = new int[BYTES];
    int seen = 0;
    int hidden = 0;
    for (int value = 0; value < BYTES; value++) {
      if (isSeen(value)) {
        seen++;
      }
    }
    int next = 0;
    for (int value = 0; value < BYTES; value++) {
      order[isSeen(value) ? next++ : seen + hidden++] = value;
    }
    return order;
  }

  private static boolean isSeen(int value) {
    return (value >= '!' && value <= '~')
        || (value >= 0xa1 && value <= 0xac)
        || (value >= 0xae && value <= 0xff);
  }
}
