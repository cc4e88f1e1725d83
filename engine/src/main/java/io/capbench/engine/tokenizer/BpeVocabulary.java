package io.capbench.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of a byte pair encoding whose words end with "&lt;/w>", and the pairs that are merged.
 * Immutable.
 */
final class BpeVocabulary {
  /** What marks a token that ends a word. */
  static final String WORD_END = "</w>";

  private static final int NONE = -1;

  private final Map<String, Integer> ids;
  private final int[] inWord = new int[256];
  private final int[] atWordEnd = new int[256];
  private final Map<Long, Merge> merges;

  /**
   * What a pair becomes.
   *
   * @param rank the lowest is merged first
   * @param id of the merged token
   */
  record Merge(int rank, int id) {}

  /**
   * Puts a vocabulary together.
   *
   * @param ids token to id
   * @param pairs two tokens with a space between, the first to be merged first
   * @throws IllegalArgumentException if a byte or a part of a pair has no id; the message says
   *     which
   */
  BpeVocabulary(Map<String, Integer> ids, List<String> pairs) {
    this.ids = Map.copyOf(ids);
    char[] letters = ByteAlphabet.letters();
    for (int value = 0; value < letters.length; value++) {
      inWord[value] = known(String.valueOf(letters[value]));
      atWordEnd[value] = known(letters[value] + WORD_END);
    }
    merges = new HashMap<>(2 * pairs.size());
    for (int rank = 0; rank < pairs.size(); rank++) {
      String[] parts = pairs.get(rank).split(" ", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("\"" + pairs.get(rank) + "\" is no pair of tokens");
      }
      merges.put(
          pair(known(parts[0]), known(parts[1])), new Merge(rank, known(parts[0] + parts[1])));
    }
  }

  private int known(String token) {
    int id = ids.getOrDefault(token, NONE);
    if (id == NONE) {
      throw new IllegalArgumentException("the token \"" + token + "\" has no number");
    }
    return id;
  }

  private static long pair(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  /** Number of a token, if it is one. */
  Optional<Integer> id(String token) {
    return Optional.ofNullable(ids.get(token));
  }

  /** One more than the greatest number of a token. */
  int size() {
    return ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
  }

  /**
   * Numbers of a word's bytes, each by itself.
   *
   * @param word at least one character
   */
  int[] bytes(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    int[] numbers = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      numbers[i] = (i == bytes.length - 1 ? atWordEnd : inWord)[bytes[i] & 0xff];
    }
    return numbers;
  }

  /** What two neighbours become, if they are ever merged. */
  Optional<Merge> merge(int left, int right) {
    return Optional.ofNullable(merges.get(pair(left, right)));
  }
}
