package io.capbench.engine.text;

import io.capbench.engine.text.CaptionToken.Kind;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import org.apache.lucene.analysis.CharArrayMap;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.jspecify.annotations.Nullable;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * The keys on which tokens match. Words are folded (NFKC, case, Latin accents) and stemmed; numbers
 * and codes are folded only. Not thread-safe: a stemmer holds the word it works on.
 */
final class MatchKeys {
  /** Captions repeat their words: 65,536 of them cover nearly all. */
  private static final int REMEMBERED_WORDS = 1 << 16;

  private static final int LONGEST_REMEMBERED_WORD = 24;

  /** What a word is and on what it matches. */
  record Word(Kind kind, String key) {}

  private final FunctionWords functionWords;
  private final EnglishStemmer stemmer = new EnglishStemmer();
  private final CharArrayMap<Word> remembered = new CharArrayMap<>(1024, false);

  MatchKeys(FunctionWords functionWords) {
    this.functionWords = functionWords;
  }

  /** The key of a token without digits. */
  Word word(char[] chars, int start, int end) {
    if (end - start > LONGEST_REMEMBERED_WORD) {
      return newWord(chars, start, end);
    }
    Word word = remembered.get(chars, start, end - start);
    if (word == null) {
      word = newWord(chars, start, end);
      if (remembered.size() >= REMEMBERED_WORDS) {
        remembered.clear();
      }
      remembered.put(Arrays.copyOfRange(chars, start, end), word);
    }
    return word;
  }

  private Word newWord(char[] chars, int start, int end) {
    String folded = fold(chars, start, end);
    String word = folded.endsWith("'s") ? folded.substring(0, folded.length() - 2) : folded;
    if (functionWords.contains(folded) || functionWords.contains(word)) {
      return new Word(Kind.FUNCTION_WORD, word);
    }
    // Initials: U.S is the US, not the pronoun.
    String key = stem(word.indexOf('.') < 0 ? word : word.replace(".", ""));
    return new Word(Kind.WORD, key.isEmpty() ? folded : key);
  }

  private String stem(String word) {
    stemmer.setCurrent(word);
    stemmer.stem();
    return stemmer.getCurrent();
  }

  /**
   * The key of a number or code, which may be written in several pieces. A hyphen or space between
   * a letter and a digit is a habit of spelling and left out (3-Star, 3 Star, 3star); between two
   * digits a hyphen counts (9-1 is not 91) and a space alone cannot stand in one number.
   *
   * @return null if the pieces cannot be one number or code
   */
  @Nullable String code(char[] chars, int start, int end) {
    String folded = fold(chars, start, end);
    StringBuilder key = new StringBuilder(folded.length());
    boolean hyphen = false;
    boolean gap = false;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c == '-' || Character.isWhitespace(c)) {
        hyphen |= c == '-';
        gap = true;
      } else if (c != '\'') {
        if (gap && !key.isEmpty()) {
          boolean digitBefore = Character.isDigit(key.charAt(key.length() - 1));
          boolean digitAfter = Character.isDigit(c);
          if (digitBefore && digitAfter && !hyphen) {
            return null;
          }
          if (digitBefore == digitAfter) {
            key.append('-');
          }
        }
        key.append(c);
        hyphen = false;
        gap = false;
      }
    }
    return key.toString();
  }

  /** The key of an emoji: the sequence without the marks that choose between text and picture. */
  String emoji(char[] chars, int start, int end) {
    StringBuilder key = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = chars[i];
      if (c != '\uFE0E' && c != '\uFE0F' && c != ReadableText.WORD_JOINER) {
        key.append(c);
      }
    }
    return key.toString();
  }

  private static String fold(char[] chars, int start, int end) {
    String text = new String(chars, start, end - start);
    int i = 0;
    while (i < text.length() && text.charAt(i) < 0x80) {
      i++;
    }
    return i == text.length() ? text.toLowerCase(Locale.ROOT) : foldBeyondAscii(text);
  }

  /** NFKC first, so that letters written with combining accents fold like those written as one. */
  private static String foldBeyondAscii(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(visible::appendCodePoint);
    String composed = Normalizer.normalize(visible, Normalizer.Form.NFKC);
    // Upper case first: it makes one of the letters that share a capital (ß and ss, ς and σ).
    String lower = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    char[] letters = Normalizer.normalize(lower, Normalizer.Form.NFKC).toCharArray();
    char[] folded = new char[letters.length * 4];
    int length = ASCIIFoldingFilter.foldToASCII(letters, 0, folded, 0, letters.length);
    return new String(folded, 0, length);
  }
}
