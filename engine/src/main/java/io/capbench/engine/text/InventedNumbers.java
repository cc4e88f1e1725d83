package io.capbench.engine.text;

import io.capbench.engine.text.CaptionToken.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Numbers of a fused caption that no parent has. A number counts as one if neither parent has it as
 * it is written, and one of its runs of digits stands in neither: a date, a range or a price that
 * was only written in another way is none.
 */
final class InventedNumbers {
  private static final int DIGITS_OF_A_GROUP = 3;
  private static final int DIGITS_OF_A_YEAR = 4;

  private InventedNumbers() {}

  /**
   * Whether there is one.
   *
   * @param cut whether the caption breaks off, possibly within its last number
   */
  static boolean present(RowTokens row, boolean cut) {
    List<CaptionToken> tokens = row.fused().tokens();
    int count = cut ? tokens.size() - 1 : tokens.size();
    boolean[] shared = null;
    Set<String> known = null;
    for (int i = 0; i < count; i++) {
      if (tokens.get(i).kind() != Kind.CODE) {
        continue;
      }
      if (shared == null) {
        shared = row.fused().sharedWith(row.raw());
        boolean[] inSynthetic = row.fused().sharedWith(row.synthetic());
        for (int j = 0; j < shared.length; j++) {
          shared[j] |= inSynthetic[j];
        }
      }
      if (!shared[i]) {
        known = known == null ? digits(row) : known;
        String text = row.fused().textOf(tokens.get(i));
        if (!isKnown(digits(text, false), known) && !isKnown(digits(text, true), known)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<String> digits(RowTokens row) {
    Set<String> known = new HashSet<>();
    for (TokenizedCaption parent : List.of(row.raw(), row.synthetic())) {
      known.addAll(digits(parent.text(), false));
      known.addAll(digits(parent.text(), true));
    }
    return known;
  }

  /** Whether the parents have those digits; 2020 is also what 12/8/20 says. */
  private static boolean isKnown(Set<String> runs, Set<String> known) {
    for (String run : runs) {
      boolean year =
          run.length() == DIGITS_OF_A_YEAR && (run.startsWith("19") || run.startsWith("20"));
      if (!known.contains(run) && !(year && known.contains(withoutZeros(run.substring(2))))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The runs of digits in a text, without leading zeros.
   *
   * @param grouped whether groups of three belong to the digits before them: 185 000, 5,500
   */
  private static Set<String> digits(String text, boolean grouped) {
    Set<String> runs = new HashSet<>();
    StringBuilder run = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isDigit(c)) {
        run.append((char) ('0' + Character.digit(c, 10)));
      } else if (!run.isEmpty() && !(grouped && isGroup(text, i))) {
        runs.add(withoutZeros(run.toString()));
        run.setLength(0);
      }
    }
    if (!run.isEmpty()) {
      runs.add(withoutZeros(run.toString()));
    }
    return runs;
  }

  /** Whether a separator stands there with exactly three digits behind it. */
  private static boolean isGroup(String text, int i) {
    if (" ,.'\u00A0\u202F".indexOf(text.charAt(i)) < 0) {
      return false;
    }
    int end = i + 1;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end - i - 1 == DIGITS_OF_A_GROUP;
  }

  private static String withoutZeros(String digits) {
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return digits.substring(zeros);
  }
}
