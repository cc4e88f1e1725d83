package io.capbench.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WordMergerTest {
  @Test
  void mergesAreThoseOfThePlainAlgorithmForVocabulariesOfAnyKind() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<String> pairs = pairs(random);
      BpeVocabulary vocabulary = vocabulary(pairs);
      for (int i = 0; i < 20; i++) {
        String word = word(random, 1 + random.nextInt(14));

        List<String> plain = plainly(word, pairs);

        assertThat(new WordMerger(vocabulary, word).merge())
            .extracting(WordMerger.Part::id)
            .as("seed %d, word %s, pairs %s", seed, word, pairs)
            .containsExactlyElementsOf(
                plain.stream().map(token -> vocabulary.id(token).orElseThrow()).toList());
      }
    }
  }

  @Test
  void partsCoverTheWordWithoutGaps() {
    BpeVocabulary vocabulary = vocabulary(List.of("a b", "ab a", "c</w> a"));

    assertThat(new WordMerger(vocabulary, "abab").merge())
        .extracting(part -> part.from() + "-" + part.to())
        .containsExactly("0-3", "3-4");
  }

  // As in OpenAI's bpe(): the pair of the lowest rank, everywhere, from left to right.
  private static List<String> plainly(String word, List<String> pairs) {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < word.length(); i++) {
      tokens.add(word.charAt(i) + (i == word.length() - 1 ? "</w>" : ""));
    }
    while (true) {
      int best = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < tokens.size(); i++) {
        int rank = pairs.indexOf(tokens.get(i) + " " + tokens.get(i + 1));
        best = rank < 0 ? best : Math.min(best, rank);
      }
      if (best == Integer.MAX_VALUE) {
        return tokens;
      }
      for (int i = 0; i + 1 < tokens.size(); i++) {
        if (pairs.get(best).equals(tokens.get(i) + " " + tokens.get(i + 1))) {
          tokens.set(i, tokens.get(i) + tokens.remove(i + 1));
        }
      }
    }
  }

  // In any order, also one that training would not give.
  private static List<String> pairs(Random random) {
    List<String> tokens = new ArrayList<>(List.of("a", "b", "c", "a</w>", "b</w>", "c</w>"));
    LinkedHashSet<String> pairs = new LinkedHashSet<>();
    for (int i = 0; i < 12; i++) {
      String left = tokens.get(random.nextInt(tokens.size()));
      String right = tokens.get(random.nextInt(tokens.size()));
      if (!left.endsWith("</w>") && left.length() + right.length() < 12) {
        pairs.add(left + " " + right);
        tokens.add(left + right);
      }
    }
    List<String> shuffled = new ArrayList<>(pairs);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static BpeVocabulary vocabulary(List<String> pairs) {
    Map<String, Integer> ids = new HashMap<>();
    for (char letter : ByteAlphabet.letters()) {
      ids.put(String.valueOf(letter), ids.size());
      ids.put(letter + "</w>", ids.size());
    }
    for (String pair : pairs) {
      ids.putIfAbsent(pair.replace(" ", ""), ids.size());
    }
    return new BpeVocabulary(ids, pairs);
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }
}
