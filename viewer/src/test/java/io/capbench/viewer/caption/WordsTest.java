package io.capbench.viewer.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static List<String> words(String text) {
    Words words = new Words(text);
    List<String> all = new ArrayList<>();
    for (int word = 0; word < words.size(); word++) {
      all.add(text.substring(words.start(word), words.end(word)));
    }
    return all;
  }

  @Test
  void wordsHaveLettersOrDigitsAndNothingElseIsOne() {
    assertThat(words("A dog's 3.5 m \"café\"!")).containsExactly("A", "dog's", "3.5", "m", "café");
    assertThat(words("?! … 🚌")).isEmpty();
    assertThat(words("")).isEmpty();
    assertThat(words("שלום עולם")).containsExactly("שלום", "עולם");
  }

  @Test
  void aPositionBetweenWordsIsAfterOneAndBeforeTheOther() {
    Words words = new Words("red, car");
    assertThat(words.from(0)).hasValue(0);
    assertThat(words.from(3)).hasValue(1);
    assertThat(words.from(8)).isEmpty();
    assertThat(words.upTo(3)).hasValue(0);
    assertThat(words.upTo(5)).hasValue(1);
    assertThat(new Words(" x").upTo(0)).isEmpty();
  }
}
