package io.capbench.engine.text;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;

/**
 * A caption levelled for the tokenizer: one apostrophe, one hyphen, no HTML entities or line
 * breaks, and no dots, colons or commas that would glue two words together. It is as long as the
 * caption and every character stays at its place, so positions in it are positions in the caption.
 */
final class ReadableText {
  /** Fills the room behind a decoded entity. It joins the character before it and parts nothing. */
  static final char WORD_JOINER = '\u2060';

  private static final int LONGEST_ENTITY_NAME = 31;

  /** With fewer letters on one side it is an apostrophe: don't, O'Neill, Qur'an. */
  private static final int LETTERS_AT_A_QUOTE = 3;

  private final char[] chars;

  ReadableText(String caption) {
    chars = caption.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (isPlain(chars[i])) {
        continue; // most of them: this loop is passed by every character of a dataset
      }
      if (chars[i] == '&') {
        decodeEntity(i);
      } else if (chars[i] == '<') {
        blankLineBreak(i);
      }
      chars[i] = levelled(i);
    }
  }

  Reader reader() {
    return new CharArrayReader(chars);
  }

  char[] chars() {
    return chars;
  }

  int length() {
    return chars.length;
  }

  /** The character at a place, or a space outside of the text. */
  char charAt(int i) {
    return i >= 0 && i < chars.length ? chars[i] : ' ';
  }

  boolean isDigitAt(int i) {
    return Character.isDigit(charAt(i));
  }

  boolean isCurrencyAt(int i) {
    return Character.getType(charAt(i)) == Character.CURRENCY_SYMBOL;
  }

  /** Whether a sign after a number belongs to it: 50%, 20°, 5€, 9½. */
  boolean isUnitSignAt(int i) {
    return switch (charAt(i)) {
      case '%', '‰', '°' -> true;
      default -> isCurrencyAt(i) || Character.getType(charAt(i)) == Character.OTHER_NUMBER;
    };
  }

  boolean hasDigit(int start, int end) {
    int i = start;
    while (i < end) {
      int c = chars[i] < 0x80 ? chars[i] : Character.codePointAt(chars, i);
      if (c < 0x80 ? c >= '0' && c <= '9' : Character.isDigit(c)) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }

  private static boolean isPlain(char c) {
    return c == ' ' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private char levelled(int i) {
    char c = chars[i];
    return switch (c) {
      case '.' -> isLetterAt(i - 1) && isLetterAt(i + 1) && !isInitialsDot(i) ? ' ' : c;
      case ':' -> isDigitAt(i - 1) && isDigitAt(i + 1) ? c : ' ';
      case ',' -> startsFourDigits(i + 1) ? ' ' : c;
      case '_' -> '-';
      case '\'' -> apostrophe(i);
      default -> c < 0x80 ? c : levelledBeyondAscii(i, c);
    };
  }

  private char levelledBeyondAscii(int i, char c) {
    return switch (c) {
      case '\u2018', '\u2019', '\u02BB', '\u02BC', '\uFF07' -> apostrophe(i);
      // Hyphens, the figure and en dash, the minus sign; an em dash parts words.
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2212', '\uFE63', '\uFF0D' -> '-';
      case '\u00D7' -> isDigitAt(i - 1) && isDigitAt(i + 1) ? 'x' : c;
      default -> c;
    };
  }

  /** True for the dots in U.S.A and p.m, false for those in example.com and "the end.Next". */
  private boolean isInitialsDot(int i) {
    return !Character.isLetterOrDigit(charAt(i - 2)) && !Character.isLetterOrDigit(charAt(i + 2));
  }

  /** A space for the quote between two words in {@code the'Green Book'cover}. */
  private char apostrophe(int i) {
    boolean quote = true;
    for (int distance = 1; distance <= LETTERS_AT_A_QUOTE; distance++) {
      quote &= isLetterAt(i - distance) && isLetterAt(i + distance);
    }
    return quote ? ' ' : '\'';
  }

  /** True after the comma of "May 3,2014", false after that of 12,500. */
  private boolean startsFourDigits(int i) {
    return isDigitAt(i) && isDigitAt(i + 1) && isDigitAt(i + 2) && isDigitAt(i + 3);
  }

  private boolean isLetterAt(int i) {
    return Character.isLetter(charAt(i));
  }

  /** Puts a character in the place of its entity, also where its ampersand was escaped again. */
  private void decodeEntity(int at) {
    int name = at + 1;
    while (isEscapedAmpersand(name)) {
      name += 4;
    }
    int end = name;
    while (end - name < LONGEST_ENTITY_NAME && isEntityNamePart(charAt(end))) {
      end++;
    }
    String entity = end > name && charAt(end) == ';' ? "&" + substring(name, end + 1) : "";
    String decoded = entity.isEmpty() ? "" : decoded(entity);
    if (!decoded.equals(entity)) {
      replace(at, end + 1, decoded);
    } else if (name > at + 1) {
      replace(at, name, "&");
    }
  }

  /**
   * Puts spaces in the place of {@code <br>} and {@code <br />}, the one tag common in alt-texts.
   */
  private void blankLineBreak(int at) {
    int end = at + 3;
    if (!substring(at, Math.min(end, chars.length)).equalsIgnoreCase("<br")) {
      return;
    }
    end += charAt(end) == ' ' ? 1 : 0;
    end += charAt(end) == '/' ? 1 : 0;
    if (end < chars.length && chars[end] == '>') {
      Arrays.fill(chars, at, end + 1, ' ');
    }
  }

  private boolean isEscapedAmpersand(int i) {
    return charAt(i) == 'a' && charAt(i + 1) == 'm' && charAt(i + 2) == 'p' && charAt(i + 3) == ';';
  }

  private static boolean isEntityNamePart(char c) {
    return c == '#' || (c < 0x80 && Character.isLetterOrDigit(c));
  }

  /** The entity's character, or the entity itself where HTML knows no such entity. */
  private static String decoded(String entity) {
    try (Reader html = new HTMLStripCharFilter(new StringReader(entity))) {
      char[] buffer = new char[entity.length()];
      int length = 0;
      int read = html.read(buffer, 0, buffer.length);
      while (read > 0) {
        length += read;
        read = html.read(buffer, length, buffer.length - length);
      }
      return new String(buffer, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + entity + " from memory", e);
    }
  }

  private void replace(int from, int to, String text) {
    text.getChars(0, text.length(), chars, from);
    Arrays.fill(chars, from + text.length(), to, WORD_JOINER);
  }

  private String substring(int start, int end) {
    return new String(chars, start, end - start);
  }
}
