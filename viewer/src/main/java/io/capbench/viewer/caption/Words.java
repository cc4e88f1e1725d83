package io.capbench.viewer.caption;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.OptionalInt;

/** Where the words of a text are; what stands between them belongs to none. */
public final class Words {
  private final int[] starts;
  private final int[] ends;
  private final int size;

  /** Finds the words of a text. A word has at least one letter or digit. */
  public Words(String text) {
    BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
    breaks.setText(text);
    int[] from = new int[text.length()];
    int[] to = new int[text.length()];
    int count = 0;
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      if (text.substring(start, end).codePoints().anyMatch(Character::isLetterOrDigit)) {
        from[count] = start;
        to[count] = end;
        count++;
      }
      start = end;
    }
    starts = from;
    ends = to;
    size = count;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** UTF-16 position of a word's first character. */
  public int start(int word) {
    return starts[word];
  }

  /** UTF-16 position after a word's last character. */
  public int end(int word) {
    return ends[word];
  }

  /** The first word that ends after that position, if there is one. */
  public OptionalInt from(int position) {
    for (int word = 0; word < size; word++) {
      if (ends[word] > position) {
        return OptionalInt.of(word);
      }
    }
    return OptionalInt.empty();
  }

  /** The last word that begins at or before that position, if there is one. */
  public OptionalInt upTo(int position) {
    for (int word = size - 1; word >= 0; word--) {
      if (starts[word] <= position) {
        return OptionalInt.of(word);
      }
    }
    return OptionalInt.empty();
  }
}
