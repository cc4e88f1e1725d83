package io.capbench.storage.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A vocabulary like that of captions: a few common words, and many made-up ones behind them. */
final class Words {
  private static final List<String> COMMON =
      List.of(
          "a",
          "of",
          "the",
          "in",
          "on",
          "with",
          "and",
          "is",
          "woman",
          "man",
          "white",
          "black",
          "red",
          "blue",
          "photo",
          "picture",
          "large",
          "small",
          "wooden",
          "table",
          "dog",
          "cat",
          "house",
          "street",
          "beach",
          "green",
          "background",
          "standing",
          "sitting",
          "wearing");
  private static final String[] ONSETS = {
    "b", "br", "c", "ch", "d", "f", "g", "gr", "h", "l", "m", "n", "p", "r", "s", "st", "t", "v"
  };
  private static final String[] VOWELS = {"a", "e", "i", "o", "u", "ea", "ou"};
  private static final String[] CODAS = {"", "", "n", "r", "s", "t", "l", "nd"};

  private final int size;
  private final long seed;

  /** A vocabulary of so many words; the same seed gives the same words. */
  Words(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /** The words, the frequent ones first; lower-case ASCII letters. */
  List<String> all() {
    Set<String> words = new LinkedHashSet<>(COMMON);
    Random random = new Random(seed);
    while (words.size() < size) {
      StringBuilder word = new StringBuilder();
      for (int syllables = 1 + random.nextInt(3); syllables > 0; syllables--) {
        word.append(ONSETS[random.nextInt(ONSETS.length)])
            .append(VOWELS[random.nextInt(VOWELS.length)])
            .append(CODAS[random.nextInt(CODAS.length)]);
      }
      words.add(word.toString());
    }
    return new ArrayList<>(words);
  }
}
