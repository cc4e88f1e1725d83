package io.capbench.engine.tokenizer;

import io.capbench.engine.cleaning.CaptionCleaner;
import io.capbench.engine.cleaning.TracedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** OpenAI's tokenizer for CLIP: cleaned, small letters, byte pairs. */
final class BpeTokenizer implements ClipTokenizer {
  private final String name;
  private final int contextLength;
  private final BpeVocabulary vocabulary;
  private final CaptionCleaner cleaner = new CaptionCleaner(true);
  private final List<String> marks;
  private final int begin;
  private final int end;

  /**
   * Puts a tokenizer together.
   *
   * @param name for people
   * @param contextLength L, at least 2
   * @param vocabulary holds both marks
   * @param beginMark the token that opens every caption
   * @param endMark the token that ends every caption
   */
  BpeTokenizer(
      String name, int contextLength, BpeVocabulary vocabulary, String beginMark, String endMark) {
    this.name = name;
    this.contextLength = contextLength;
    this.vocabulary = vocabulary;
    marks = List.of(beginMark, endMark);
    begin = vocabulary.id(beginMark).orElseThrow();
    end = vocabulary.id(endMark).orElseThrow();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int contextLength() {
    return contextLength;
  }

  /** One more than the greatest id. */
  int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public EncodedCaption encode(String caption) {
    int[] ids = new int[contextLength];
    ids[0] = begin;
    int room = contextLength - 1;
    List<TokenSpan> spans = new ArrayList<>();
    TracedText text = cleaner.clean(caption);
    CaptionWords words = new CaptionWords(text.text(), marks);
    // One token more than there is room for tells that something is left out.
    while (spans.size() < room && words.next()) {
      String word = text.text().substring(words.start(), words.stop());
      for (TokenSpan span : tokens(word, text, words.start(), ids, spans.size() + 1)) {
        spans.add(span);
      }
    }
    boolean truncated = spans.size() >= room;
    if (truncated) {
      spans = spans.subList(0, room - 1);
    }
    int last = spans.size() + 1;
    ids[last] = end;
    Arrays.fill(ids, last + 1, contextLength, 0);
    return new EncodedCaption(ids, last, truncated, spans);
  }

  /** Writes a word's ids as far as there is room, and gives the place of all of its tokens. */
  private List<TokenSpan> tokens(String word, TracedText text, int offset, int[] ids, int from) {
    List<TokenSpan> spans = new ArrayList<>();
    if (marks.contains(word)) {
      put(ids, from, vocabulary.id(word).orElseThrow());
      spans.add(span(from, text, offset, offset + word.length() - 1));
      return spans;
    }
    int[] units = unitOfByte(word);
    for (WordMerger.Part part : new WordMerger(vocabulary, word).merge()) {
      int position = from + spans.size();
      put(ids, position, part.id());
      int first = units[part.from()];
      int last = units[part.to() - 1];
      int pairOrSelf = Character.charCount(word.codePointAt(last)) - 1;
      spans.add(span(position, text, offset + first, offset + last + pairOrSelf));
    }
    return spans;
  }

  private static void put(int[] ids, int position, int id) {
    if (position < ids.length) {
      ids[position] = id;
    }
  }

  private static TokenSpan span(int position, TracedText text, int first, int last) {
    return new TokenSpan(position, text.start(first), text.end(last));
  }

  /** For every byte of a word in UTF-8, where its character begins in UTF-16. */
  private static int[] unitOfByte(String word) {
    int[] units = new int[3 * word.length()];
    int bytes = 0;
    for (int at = 0; at < word.length(); at += Character.charCount(word.codePointAt(at))) {
      int value = word.codePointAt(at);
      int length = value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
      Arrays.fill(units, bytes, bytes + length, at);
      bytes += length;
    }
    return units;
  }

  @Override
  public void close() {
    // Nothing is held outside of Java's heap.
  }
}
