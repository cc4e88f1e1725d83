package io.capbench.app.cli;

/**
 * Text from the open web, made safe for a terminal. A caption may hold escape sequences that move
 * the cursor, set the title or answer in a person's name, and marks that reorder what is read.
 */
final class SafeText {
  private static final int C1_FIRST = 0x7F;
  private static final int C1_LAST = 0x9F;

  private SafeText() {}

  /**
   * The text on one line: control characters as {@code \n}, {@code \t} or the like of {@code
   * \u001b}.
   */
  static String line(String text) {
    return escape(text, false);
  }

  /** The same, but line breaks stay, for messages of several lines. */
  static String lines(String text) {
    return escape(text, true);
  }

  private static String escape(String text, boolean keepLineBreaks) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lone = Character.isSurrogate(c) && !paired(text, i);
      if (isHarmless(c, keepLineBreaks) && !lone) {
        if (safe != null) {
          safe.append(c);
        }
        continue;
      }
      if (safe == null) {
        safe = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      switch (c) {
        case '\n' -> safe.append("\\n");
        case '\r' -> safe.append("\\r");
        case '\t' -> safe.append("\\t");
        default -> safe.append(String.format("\\u%04x", (int) c));
      }
    }
    return safe == null ? text : safe.toString();
  }

  /** Whether a terminal shows the character and does nothing else. */
  static boolean isHarmless(char c, boolean keepLineBreaks) {
    if (c < ' ') {
      return c == '\n' && keepLineBreaks;
    }
    if (c >= C1_FIRST && c <= C1_LAST) {
      return false;
    }
    return switch (c) {
      // Arabic letter mark, marks, embeddings, overrides and isolates; line and paragraph ends.
      case '\u061C', '\u200E', '\u200F', '\u2028', '\u2029' -> false;
      default -> !(c >= '\u202A' && c <= '\u202E') && !(c >= '\u2066' && c <= '\u2069');
    };
  }

  private static boolean paired(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
