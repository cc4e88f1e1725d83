package io.capbench.engine.tokenizer;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Cuts a cleaned caption into what is encoded by itself: the endings 's 't 're 've 'm 'll 'd, words
 * of letters, single digits, and runs of anything else (the pattern in OpenAI's
 * simple_tokenizer.py).
 */
final class CaptionWords {
  private static final List<String> ENDINGS = List.of("'s", "'t", "'re", "'ve", "'m", "'ll", "'d");
  private static final int LETTERS =
      1 << Character.UPPERCASE_LETTER
          | 1 << Character.LOWERCASE_LETTER
          | 1 << Character.TITLECASE_LETTER
          | 1 << Character.MODIFIER_LETTER
          | 1 << Character.OTHER_LETTER;
  private static final int NUMBERS =
      1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;

  private final String text;
  private final List<String> marks;
  private int at;
  private int start;

  /**
   * Goes over a text.
   *
   * @param text cleaned: its only white space are single spaces
   * @param marks words that stand for themselves wherever they are, such as "&lt;end_of_text>"
   */
  CaptionWords(String text, List<String> marks) {
    this.text = text;
    this.marks = marks;
  }

  /** Goes on to the next word; false at the end. */
  boolean next() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    start = at;
    if (at == text.length()) {
      return false;
    }
    at = end();
    return true;
  }

  /** Where the present word begins. */
  int start() {
    return start;
  }

  /** Where the present word ends, exclusive. */
  int stop() {
    return at;
  }

  private int end() {
    for (String mark : marks) {
      if (text.startsWith(mark, start)) {
        return start + mark.length();
      }
    }
    for (String ending : ENDINGS) {
      if (text.regionMatches(true, start, ending, 0, ending.length())) {
        return start + ending.length();
      }
    }
    int first = text.codePointAt(start);
    if (isLetter(first)) {
      return run(CaptionWords::isLetter);
    }
    return isNumber(first)
        ? start + Character.charCount(first)
        : run(value -> !isLetter(value) && !isNumber(value) && value != ' ');
  }

  private int run(IntPredicate belongs) {
    int end = start;
    while (end < text.length() && belongs.test(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isLetter(int value) {
    return (LETTERS >> Character.getType(value) & 1) != 0;
  }

  private static boolean isNumber(int value) {
    return (NUMBERS >> Character.getType(value) & 1) != 0;
  }
}
