package io.capbench.engine.text;

import io.capbench.engine.text.CaptionToken.Kind;
import io.capbench.engine.text.TokenizedCaption.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * Cuts captions into tokens. Lucene's {@link StandardTokenizer} finds the pieces by the word
 * boundaries of Unicode (UAX #29); here the pieces of one number or code are put together again:
 * {@code STS-63}, {@code $19.99}, {@code 9-1}. Not thread-safe; takes time in proportion to a
 * caption's length.
 */
final class CaptionTokenizer {
  private static final String EMOJI = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.EMOJI];

  /** A longer run of letters is cut, as by any analyzer of Lucene. */
  private static final int LONGEST_PIECE = 1024;

  /** A chain with this many plain words is a phrase or a file name, not a code. */
  private static final int WORDS_OF_A_PHRASE = 2;

  private static final int LETTERS_OF_A_PLAIN_WORD = 3;

  /** A number is written in this many tokens at most: 12 x 16. */
  private static final int LONGEST_SPELLING = 3;

  private static final int WIDEST_GAP = 3;

  private static final List<String> PLURALS = List.of("s", "es");

  /** What Lucene found. */
  private record Piece(int start, int end, boolean emoji, boolean digit) {}

  private final StandardTokenizer lucene = new StandardTokenizer();
  private final OffsetAttribute offset = lucene.addAttribute(OffsetAttribute.class);
  private final TypeAttribute type = lucene.addAttribute(TypeAttribute.class);
  private final MatchKeys keys;

  CaptionTokenizer(FunctionWords functionWords) {
    keys = new MatchKeys(functionWords);
    lucene.setMaxTokenLength(LONGEST_PIECE);
  }

  TokenizedCaption tokenize(String caption) {
    ReadableText text = new ReadableText(caption);
    List<CaptionToken> tokens = tokens(text, pieces(text));
    return new TokenizedCaption(caption, tokens, spellings(text, tokens));
  }

  private List<Piece> pieces(ReadableText text) {
    List<Piece> pieces = new ArrayList<>();
    try {
      lucene.setReader(text.reader());
      lucene.reset();
      while (lucene.incrementToken()) {
        int start = offset.startOffset();
        int end = offset.endOffset();
        pieces.add(new Piece(start, end, type.type().equals(EMOJI), text.hasDigit(start, end)));
      }
      lucene.end();
      lucene.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a caption from memory", e);
    }
    return pieces;
  }

  private List<CaptionToken> tokens(ReadableText text, List<Piece> pieces) {
    List<CaptionToken> tokens = new ArrayList<>(pieces.size());
    int i = 0;
    while (i < pieces.size()) {
      boolean digit = pieces.get(i).digit();
      int plainWords = plainWords(pieces.get(i));
      int chainEnd = i + 1;
      while (chainEnd < pieces.size() && isChained(text, pieces, chainEnd)) {
        digit |= pieces.get(chainEnd).digit();
        plainWords += plainWords(pieces.get(chainEnd));
        chainEnd++;
      }
      boolean code = digit && plainWords < WORDS_OF_A_PHRASE;
      while (i < chainEnd) {
        int first = i++;
        while (i < chainEnd && (code || isBetweenDigits(text, pieces.get(i).start() - 1))) {
          i++;
        }
        tokens.add(token(text, tokens, pieces.get(first), pieces.get(i - 1)));
      }
    }
    return tokens;
  }

  /** Whether a piece may be of one code with the piece before it, by what stands between them. */
  private static boolean isChained(ReadableText text, List<Piece> pieces, int i) {
    Piece before = pieces.get(i - 1);
    Piece piece = pieces.get(i);
    int between = before.end();
    if (piece.start() != between + 1 || piece.emoji() || before.emoji()) {
      return false;
    }
    return switch (text.charAt(between)) {
      case '-' -> true;
      case '\'' -> text.isDigitAt(between - 1);
      case '/', ':' -> isBetweenDigits(text, between);
      default -> false;
    };
  }

  private static boolean isBetweenDigits(ReadableText text, int i) {
    return text.isDigitAt(i - 1) && text.isDigitAt(i + 1);
  }

  private static int plainWords(Piece piece) {
    return !piece.digit() && piece.end() - piece.start() >= LETTERS_OF_A_PLAIN_WORD ? 1 : 0;
  }

  private CaptionToken token(
      ReadableText text, List<CaptionToken> before, Piece first, Piece last) {
    int start = first.start();
    int end = last.end();
    if (first.emoji()) {
      return new CaptionToken(start, end, Kind.EMOJI, keys.emoji(text.chars(), start, end));
    }
    if (first.end() == end && !first.digit()) {
      MatchKeys.Word word = keys.word(text.chars(), start, end);
      return new CaptionToken(start, end, word.kind(), word.key());
    }
    int free = before.isEmpty() ? 0 : before.get(before.size() - 1).end();
    int sign = text.charAt(start - 1) == ' ' ? start - 2 : start - 1;
    if (sign >= free && text.isCurrencyAt(sign) && text.isDigitAt(start)) {
      start = sign;
    }
    while (text.isUnitSignAt(end)) {
      end++;
    }
    String key = keys.code(text.chars(), start, end);
    return new CaptionToken(start, end, Kind.CODE, key == null ? "" : key);
  }

  /** The ways in which two or three neighbours could be written as one number or code. */
  private List<Spelling> spellings(ReadableText text, List<CaptionToken> tokens) {
    List<Spelling> spellings = new ArrayList<>();
    int lastCode = -1;
    for (int last = 0; last < tokens.size(); last++) {
      if (tokens.get(last).kind() == Kind.CODE) {
        lastCode = last;
      }
      int first = last;
      while (first > 0 && last - first + 1 < LONGEST_SPELLING && isNear(text, tokens, first)) {
        first--;
        if (lastCode >= first && tokens.get(first).isContent() && tokens.get(last).isContent()) {
          String key = keys.code(text.chars(), tokens.get(first).start(), tokens.get(last).end());
          if (key != null) {
            addSpellings(spellings, new Spelling(first, last, key), tokens.get(last).kind());
          }
        }
      }
    }
    return spellings;
  }

  /** English takes the plural off a measure before a noun: 12 inches, but a 12-inch pipe. */
  private static void addSpellings(List<Spelling> spellings, Spelling spelling, Kind lastKind) {
    spellings.add(spelling);
    String key = spelling.key();
    for (String plural : lastKind == Kind.WORD ? PLURALS : List.<String>of()) {
      if (key.endsWith(plural)) {
        String singular = key.substring(0, key.length() - plural.length());
        spellings.add(new Spelling(spelling.first(), spelling.last(), singular));
      }
    }
  }

  /** Whether only a few spaces and hyphens part a token from the one before it. */
  private static boolean isNear(ReadableText text, List<CaptionToken> tokens, int i) {
    int start = tokens.get(i).start();
    int from = tokens.get(i - 1).end();
    if (start - from > WIDEST_GAP) {
      return false;
    }
    for (int at = from; at < start; at++) {
      if (text.charAt(at) != '-' && text.charAt(at) != ' ') {
        return false;
      }
    }
    return true;
  }
}
