package io.capbench.engine.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges the bytes of one word into tokens (Sennrich et al. 2016): always all occurrences of the
 * pair of the lowest rank, from left to right. Time grows little faster than the word, so that a
 * word of a million letters harms nobody. Used once, by one thread.
 */
final class WordMerger {
  private static final int GONE = -1;

  private final BpeVocabulary vocabulary;
  private final int[] tokens;
  // The neighbours of a token that is not gone, by the place of its first byte.
  private final int[] next;
  private final int[] previous;
  private final PriorityQueue<Candidate> candidates =
      new PriorityQueue<>(
          Comparator.comparingInt((Candidate candidate) -> candidate.merge.rank())
              .thenComparingInt(Candidate::at));

  private record Candidate(BpeVocabulary.Merge merge, int at, int left, int right) {}

  /**
   * A token of a word.
   *
   * @param id its number
   * @param from its first byte in the word
   * @param to after its last byte
   */
  record Part(int id, int from, int to) {}

  WordMerger(BpeVocabulary vocabulary, String word) {
    this.vocabulary = vocabulary;
    tokens = vocabulary.bytes(word);
    next = new int[tokens.length];
    previous = new int[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
  }

  List<Part> merge() {
    for (int i = 0; i + 1 < tokens.length; i++) {
      consider(i);
    }
    List<Integer> merged = new ArrayList<>();
    while (!candidates.isEmpty()) {
      int rank = candidates.element().merge.rank();
      merged.clear();
      // A pair that comes about now waits until this one is merged everywhere.
      while (!candidates.isEmpty() && candidates.element().merge.rank() == rank) {
        Candidate candidate = candidates.remove();
        if (stands(candidate)) {
          merge(candidate);
          merged.add(candidate.at);
        }
      }
      merged.forEach(this::considerAround);
    }
    return parts();
  }

  private boolean stands(Candidate candidate) {
    int right = next[candidate.at];
    return tokens[candidate.at] == candidate.left
        && right < tokens.length
        && tokens[right] == candidate.right;
  }

  private void merge(Candidate candidate) {
    int right = next[candidate.at];
    tokens[candidate.at] = candidate.merge.id();
    tokens[right] = GONE;
    next[candidate.at] = next[right];
    if (next[right] < tokens.length) {
      previous[next[right]] = candidate.at;
    }
  }

  private void considerAround(int at) {
    if (tokens[at] != GONE) {
      consider(at);
      if (previous[at] >= 0) {
        consider(previous[at]);
      }
    }
  }

  private void consider(int at) {
    int right = next[at];
    if (right < tokens.length) {
      vocabulary
          .merge(tokens[at], tokens[right])
          .ifPresent(merge -> candidates.add(new Candidate(merge, at, tokens[at], tokens[right])));
    }
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (int at = 0; at < tokens.length; at = next[at]) {
      parts.add(new Part(tokens[at], at, next[at]));
    }
    return parts;
  }
}
