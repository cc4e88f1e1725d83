package io.capbench.engine.text;

import java.util.Locale;
import java.util.Set;

/**
 * Where sentences of one caption end. Captions are often all in lower case or lack the space behind
 * a full stop, so that a capital letter alone decides little: what stands before the full stop
 * does.
 */
final class SentenceBreaks {
  private static final String ENDS = ".!?…؟۔।॥።။។։";

  /** Scripts without spaces end sentences with these, whatever follows. */
  private static final String WIDE_ENDS = "。｡！？．";

  private static final String CLOSING = "\"'”’»›)]}」』）】》";
  private static final String OPENING = "\"'“‘«‹([{「『（【《-–—*•¿¡";

  /** The sentence goes on, whatever follows. */
  private static final Set<String> TITLES =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "messrs", "mme", "mlle", "rev", "hon", "gen", "col",
          "maj", "capt", "cpt", "lt", "sgt", "cmdr", "adm", "gov", "sen", "supt", "vs", "e.g",
          "i.e", "eg", "cf", "viz", "feat", "approx", "incl", "fig", "figs");

  /** The sentence goes on if a number follows. */
  private static final Set<String> BEFORE_NUMBERS =
      Set.of(
          "no", "nos", "nr", "vol", "vols", "p", "pp", "pt", "ch", "sec", "art", "ca", "c", "est",
          "min", "max", "lot", "ref", "ver", "ep", "op", "ext", "rs", "tel");

  /** The sentence goes on unless a word follows that begins sentences. */
  private static final Set<String> SHORTENED =
      Set.of(
          "st", "mt", "jr", "sr", "inc", "ltd", "co", "corp", "llc", "bros", "dept", "etc", "al",
          "ave", "blvd", "rd", "hwy", "apt", "bldg", "univ", "jan", "feb", "apr", "aug", "sept",
          "sep", "oct", "nov", "dec", "v", "esp", "misc", "orig");

  /** The same behind a number only. */
  private static final Set<String> UNITS =
      Set.of(
          "in", "ft", "yd", "sq", "oz", "lb", "lbs", "cm", "mm", "km", "kg", "qt", "gal", "hr",
          "hrs", "min", "sec", "pcs", "ct", "dia", "diam", "wt");

  private static final Set<String> FIRST_WORDS =
      Set.of(
          "the",
          "a",
          "an",
          "this",
          "that",
          "these",
          "those",
          "there",
          "here",
          "it",
          "its",
          "he",
          "she",
          "his",
          "her",
          "they",
          "their",
          "we",
          "our",
          "you",
          "your",
          "in",
          "on",
          "at",
          "to",
          "from",
          "with",
          "behind",
          "above",
          "below",
          "beside",
          "beneath",
          "next",
          "near",
          "for",
          "and",
          "but",
          "some",
          "several",
          "many",
          "each",
          "one",
          "two",
          "three",
          "another",
          "other",
          "overall",
          "additionally",
          "while",
          "when",
          "as",
          "if",
          "also",
          "both");

  private static final int LONGEST_WORD = 40;
  private static final int DIGITS_OF_A_LIST_NUMBER = 2;

  private final String text;

  SentenceBreaks(String text) {
    this.text = text;
  }

  /** The first place from another on that is more than punctuation and white space, or the end. */
  int contentFrom(int start) {
    int i = start;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int type = Character.getType(c);
      if (Character.isLetterOrDigit(c)
          || type == Character.OTHER_SYMBOL
          || type == Character.OTHER_NUMBER
          || type == Character.CURRENCY_SYMBOL) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  /**
   * Whether a sentence ends with the mark at a place.
   *
   * @param content where the sentence's content began
   * @param at anywhere; within a run of marks only the first ends it
   */
  boolean endsAt(int content, int at) {
    char mark = text.charAt(at);
    boolean wide = WIDE_ENDS.indexOf(mark) >= 0;
    if (!wide && ENDS.indexOf(mark) < 0) {
      return false;
    }
    if (content >= at || isEnd(text.charAt(at - 1))) {
      return false;
    }
    int marks = afterMarks(at);
    if (wide || WIDE_ENDS.indexOf(text.charAt(marks - 1)) >= 0) {
      return mark != '．' || !isDigitAt(marks);
    }
    int after = afterEnd(at);
    int next = nextWord(after);
    if (next == text.length()) {
      return true;
    }
    boolean gap = SubCaptions.isSpace(text.charAt(after));
    boolean closed = after > marks;
    if (!gap) {
      return isGlued(at, after, marks);
    }
    if (closed || mark == '…' || (marks - at > 1 && isDots(at, marks))) {
      return !isLowerAt(next); // "Stop!" he said; a dog... and a cat
    }
    return mark != '.' || marks - at > 1 || fullStopEnds(content, at, next);
  }

  /** The place behind a run of marks and the quotes and brackets that they close. */
  int afterEnd(int at) {
    int end = afterMarks(at);
    while (end < text.length() && closes(end)) {
      end++;
    }
    return end;
  }

  /** A straight quote without a space behind it closes, if it does not open: word."Next one" */
  private boolean closes(int i) {
    char c = text.charAt(i);
    if (CLOSING.indexOf(c) < 0) {
      return false;
    }
    boolean straight = c == '"' || c == '\'';
    return !straight || i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1));
  }

  private int afterMarks(int at) {
    int end = at + 1;
    while (end < text.length() && isEnd(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isEnd(char c) {
    return ENDS.indexOf(c) >= 0 || WIDE_ENDS.indexOf(c) >= 0;
  }

  private boolean isDots(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  /** The first place that is neither white space nor opens a quotation. */
  private int nextWord(int from) {
    int i = from;
    while (i < text.length()
        && (SubCaptions.isSpace(text.charAt(i)) || OPENING.indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    return i;
  }

  /** The end of "on the grass.The sky is blue", not that of node.js, www.Site.Com and 3.5. */
  private boolean isGlued(int at, int after, int marks) {
    if (isIdeographAt(after)) {
      return !isDigitAt(at - 1);
    }
    if (after > marks || marks - at > 1 || after + 1 >= text.length()) {
      return false;
    }
    int from = wordStart(at);
    boolean plain = at - from > 1;
    for (int i = from; i < at; i++) {
      plain &= Character.isLowerCase(text.charAt(i));
    }
    String next = wordAt(after);
    return plain
        && Character.isUpperCase(text.charAt(after))
        && FIRST_WORDS.contains(next.toLowerCase(Locale.ROOT))
        && !TITLES.contains(text.substring(from, at));
  }

  private boolean fullStopEnds(int content, int at, int next) {
    int from = wordStart(at);
    String word = text.substring(from, at).toLowerCase(Locale.ROOT);
    if (TITLES.contains(word)
        || (BEFORE_NUMBERS.contains(word) && isDigitAt(next))
        || isListNumber(content, from, at)) {
      return false;
    }
    boolean initials = isInitials(from, at);
    boolean unit = UNITS.contains(word) && isBehindNumber(from);
    if (initials || unit || SHORTENED.contains(word)) {
      return Character.isUpperCase(text.codePointAt(next)) && isFirstWord(next);
    }
    return true;
  }

  private boolean isFirstWord(int at) {
    String word = wordAt(at);
    boolean initial =
        word.length() == 1 && at + 1 < text.length() && text.charAt(at + 1) == '.'; // J. A. Smith
    return !initial && FIRST_WORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  private String wordAt(int from) {
    int end = from;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(from, end);
  }

  /** Where the word before a full stop begins; dots within it belong to it. */
  private int wordStart(int at) {
    int from = at;
    while (from > Math.max(0, at - LONGEST_WORD) && isWordPart(text.charAt(from - 1))) {
      from--;
    }
    return from;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '/' || c == '@' || c == ':';
  }

  /** A capital letter, or letters with dots between them: J, U.S, p.m */
  private boolean isInitials(int from, int at) {
    boolean single = at - from == 1;
    for (int i = from; i < at; i++) {
      boolean letter = Character.isLetter(text.charAt(i));
      if (letter == ((i - from) % 2 == 1) || (!letter && text.charAt(i) != '.')) {
        return false;
      }
    }
    return at > from && (!single || Character.isUpperCase(text.charAt(from)));
  }

  private boolean isListNumber(int content, int from, int at) {
    if (content < from || at - from > DIGITS_OF_A_LIST_NUMBER) {
      return false;
    }
    for (int i = from; i < at; i++) {
      if (!isDigitAt(i)) {
        return false;
      }
    }
    return at > from;
  }

  private boolean isBehindNumber(int from) {
    int before = from - 1;
    while (before >= 0 && SubCaptions.isSpace(text.charAt(before))) {
      before--;
    }
    return isDigitAt(before);
  }

  private boolean isDigitAt(int i) {
    return i >= 0 && i < text.length() && Character.isDigit(text.charAt(i));
  }

  private boolean isLowerAt(int i) {
    return Character.isLowerCase(text.codePointAt(i));
  }

  private boolean isIdeographAt(int i) {
    return i < text.length() && Character.isIdeographic(text.codePointAt(i));
  }
}
