package io.capbench.engine.fusion;

/**
 * The two captions that are to be merged.
 *
 * @param raw the raw alt-text, as the dataset has it; may be empty
 * @param synthetic the synthetic caption, as the dataset has it; may be empty
 */
public record CaptionPair(String raw, String synthetic) {

  /** Both without white space at their ends, as Python's {@code str.strip()} leaves them. */
  CaptionPair stripped() {
    return new CaptionPair(strip(raw), strip(synthetic));
  }

  /** Java's {@code strip()} leaves no-break spaces, which alt-texts often end with. */
  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
