package io.capbench.engine.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.en.EnglishAnalyzer;

/**
 * English words that carry no content: Lucene's stop words and those of {@code function-words.txt}.
 * Thread-safe.
 */
final class FunctionWords {
  private static final String RESOURCE = "function-words.txt";

  private final CharArraySet words;

  FunctionWords() {
    CharArraySet all = CharArraySet.copy(EnglishAnalyzer.getDefaultStopSet());
    try (InputStream in = FunctionWords.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException(RESOURCE);
      }
      all.addAll(WordlistLoader.getWordSet(in, StandardCharsets.UTF_8, "#"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the class path's " + RESOURCE + ": build the program again", e);
    }
    words = CharArraySet.unmodifiableSet(all);
  }

  /**
   * Whether a word is one.
   *
   * @param word in lower case, with straight apostrophes
   */
  boolean contains(String word) {
    return words.contains(word);
  }
}
