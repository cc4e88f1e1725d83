package io.capbench.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.junit.jupiter.api.Test;

class FunctionWordsTest {
  @Test
  void theListHoldsOneWordALineInLowerCaseAndOnce() throws IOException {
    List<String> words = lines();

    assertThat(words).hasSizeGreaterThan(150).doesNotHaveDuplicates();
    assertThat(words).allMatch(word -> word.matches("[a-z]+('[a-z]+)?"));
  }

  @Test
  void theListOnlyAddsToTheStopWordsOfLucene() throws IOException {
    assertThat(lines()).noneMatch(EnglishAnalyzer.getDefaultStopSet()::contains);
  }

  @Test
  void bothListsCount() {
    FunctionWords words = new FunctionWords();

    assertThat(words.contains("the")).isTrue();
    assertThat(words.contains("alongside")).isTrue();
    assertThat(words.contains("dog")).isFalse();
    assertThat(words.contains("# pronouns")).isFalse();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = FunctionWords.class.getResourceAsStream("function-words.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
