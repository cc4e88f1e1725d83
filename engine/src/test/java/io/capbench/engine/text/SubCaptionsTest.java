package io.capbench.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubCaptionsTest {
  private static List<String> sentences(String caption) {
    return SubCaptions.split(caption, SubCaptionRule.SENTENCES).stream()
        .map(SubCaption::text)
        .toList();
  }

  private static List<String> dreamlip(String caption) {
    return SubCaptions.split(caption, SubCaptionRule.DREAMLIP).stream()
        .map(SubCaption::text)
        .toList();
  }

  @Test
  void dreamlipCutsAtEveryLineFeedEndOfTextAndFullStop() {
    assertThat(dreamlip("A dog.A cat</s>Two\nThree... 3.5 m"))
        .containsExactly("A dog", "A cat", "Two", "Three", "3", "5 m");
  }

  @Test
  void dreamlipCutsAtNothingElse() {
    assertThat(dreamlip("What? A dog! A cat… Two\rThree。Four"))
        .containsExactly("What? A dog! A cat… Two\rThree。Four");
    assertThat(dreamlip("A dog </S> . ! . ")).containsExactly("A dog </S>", "!");
  }

  @Test
  void dreamlipStripsWhatPythonStrips() {
    assertThat(dreamlip("\u00a0\u3000 a dog \u0085\u001c.\u2007b\u200b")) // no zero-width space
        .containsExactly("a dog", "b\u200b");
  }

  @Test
  void sentencesKeepTheirEnds() {
    assertThat(sentences("A dog runs. Is it fast? Yes! It is."))
        .containsExactly("A dog runs.", "Is it fast?", "Yes!", "It is.");
  }

  @Test
  void sentencesInLowerCaseAreCutToo() {
    assertThat(sentences("a dog on the grass. a cat beside it. both sleep"))
        .containsExactly("a dog on the grass.", "a cat beside it.", "both sleep");
  }

  @Test
  void linesAndEndsOfTextCutSentences() {
    assertThat(sentences("A title\r\nA dog</s>A cat\u2028two\u0085three"))
        .containsExactly("A title", "A dog", "A cat", "two", "three");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A pole 3.5 m tall and .5 m wide",
        "Dr. Smith and Mrs. Jones meet Prof. Lee",
        "The U.S. Capitol, built by J. R. R. Tolkien and George W. Bush",
        "Fruit, e.g. apples, i.e. what grows on trees",
        "Chanel No. 5, vol. 2, p. 12 and Fig. 3",
        "St. Louis and Mt. Everest, Main St. 12",
        "a shelf 12 in. wide and 3 ft. tall",
        "Disney Inc. presents apples, pears, etc. on a table",
        "Martin Luther King Jr. speaks on Jan. 5 at 10 a.m. on a stage",
        "visit www.example.com or Node.js and index.html",
        "1. A dog in a park",
        "a dog... and a cat… and more",
        "The sign says \"Stop!\" in red",
        "a man (approx. 40 years old) v. a boy vs. a girl",
        "Wait what?! no.1 in 2.0",
        "etc."
      })
  void nothingIsCutWithin(String caption) {
    if (caption.startsWith("Wait")) {
      assertThat(sentences(caption)).containsExactly("Wait what?!", "no.1 in 2.0");
    } else {
      assertThat(sentences(caption)).containsExactly(caption);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          It flies over the U.S. The sky is blue. | It flies over the U.S. | The sky is blue.
          Apples, pears, etc. There is more. | Apples, pears, etc. | There is more.
          It is 10 a.m. In the room it is dark. | It is 10 a.m. | In the room it is dark.
          He was born in 1990. A dog barks. | He was born in 1990. | A dog barks.
          Is it a dog? No. A cat. | Is it a dog? | No. A cat.
          It rests... Then it runs. | It rests... | Then it runs.
          It says "Stop." The car stops. | It says "Stop." | The car stops.
          It is (very) old.) "The end" it says. | It is (very) old.) | "The end" it says.
          a cat on the grass.The sky is blue | a cat on the grass. | The sky is blue
          Vitamin C. The box is white. | Vitamin C. | The box is white.
          Wow!! 2 dogs. | Wow!! | 2 dogs.
          A dog. 🐶 It barks | A dog. | 🐶 It barks
          """)
  void sentencesAreCut(String caption, String first, String rest) {
    List<String> found = sentences(caption);
    assertThat(found.get(0)).isEqualTo(first);
    assertThat(String.join(" ", found.subList(1, found.size()))).isEqualTo(rest);
    assertThat(found).hasSizeGreaterThan(1);
  }

  @Test
  void scriptsWithoutSpacesAreCut() {
    assertThat(sentences("一只狗。「猫在睡觉！」真的？是．半角｡終"))
        .containsExactly("一只狗。", "「猫在睡觉！」", "真的？", "是．", "半角｡", "終");
    assertThat(sentences("高さ３．５メートル")).containsExactly("高さ３．５メートル");
    assertThat(sentences("هل هو كلب؟ نعم۔ यह कुत्ता है। हाँ"))
        .containsExactly("هل هو كلب؟", "نعم۔", "यह कुत्ता है।", "हाँ");
  }

  @Test
  void punctuationAloneIsNoSentence() {
    assertThat(sentences("--- \n ... \n A dog. - \n \"!\" . . .")).containsExactly("A dog.");
    assertThat(sentences(" \n </s> ")).isEmpty();
    assertThat(sentences("")).isEmpty();
    assertThat(dreamlip(" . </s>\n")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SubCaptionRule.class)
  void partsLieInTheCaptionInOrderAndLoseOnlySeparators(SubCaptionRule rule) {
    String[] pieces = {
      "a", "Dog", "The", " ", "\n", ".", "...", "</s>", "</", "s>", "!", "?", "\"", "(", ")", "3",
      "No", "Dr", "U.S", "。", "猫", "🐶", "\u00a0", "…", "'", "．", ",", "-", "\ud83d", "é"
    };
    Random random = new Random(7);
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(14);
      for (int i = 0; i < length; i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String caption = text.toString();
      int end = 0;
      for (SubCaption part : SubCaptions.split(caption, rule)) {
        assertThat(part.start()).as(caption).isGreaterThanOrEqualTo(end);
        assertThat(caption.substring(part.start(), part.end()))
            .as(caption)
            .isEqualTo(part.text())
            .isNotEmpty();
        assertNothingToRead(caption.substring(end, part.start()), rule);
        end = part.end();
      }
      assertNothingToRead(caption.substring(end), rule);
    }
  }

  private static void assertNothingToRead(String lost, SubCaptionRule rule) {
    assertThat(lost.replace("</s>", ""))
        .matches(
            rule == SubCaptionRule.DREAMLIP
                ? "[\\s.\u00a0]*"
                : "[^\\p{L}\\p{Nd}\\p{So}\\p{Sc}\\p{No}]*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ". ", "a.", "\n", "!", " ", "a.The", "</s>", "1. ", "- ", ".(", "a. ", "。", "...\n", "\"."
      })
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void longCaptionsTakeTimeInProportion(String piece) {
    String caption = "- ".repeat(50_000) + piece.repeat(300_000);
    assertThatCode(() -> sentences(caption)).doesNotThrowAnyException();
  }
}
