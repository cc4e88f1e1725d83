package io.capbench.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DetectorsTest {
  private static final String LONG =
      "A tall man in a long grey coat walks along the busy street of an old harbour town, where"
          + " many small boats with white and red sails lie beside each other in the evening sun"
          + " and the gulls";

  private final Detectors detectors = new Detectors();

  @Test
  void aGoodCaptionHasNoFlag() {
    assertThat(
            detectors.detect(
                "VW T-ROC alloy wheel production vehicle teaser",
                "The wheel on the Volkswagen SUV is shown.",
                "The teaser shows the production vehicle of the VW T-ROC and its alloy wheels."))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The book cover provides detailed real-world knowledge.",
        "The cover shows DETAILED REAL\u2011WORLD information.",
        "The logo is well shown, while exhibiting nice sentence structure.",
        "The plan may contain false information.",
        "A woman is depicted in Sentence 2 holding a glass.",
        "New Sentence: a glass on a table.",
        "The cover is a well-structured sentence.",
      })
  void wordsOfTheFusersInstructionsAreALeak(String fused) {
    assertThat(flags("A glass", "A woman holding a glass", fused)).contains(Flag.PROMPT_LEAK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A worksheet with sentence 12 of the list.",
        "The judge reads the sentence.",
        "A real world map on the wall.",
        "A well-structured argument.",
      })
  void likeWordsOfAnImageAreNone(String fused) {
    assertThat(flags("A map", "A wall", fused)).doesNotContain(Flag.PROMPT_LEAK);
  }

  @Test
  void whatAParentSaysIsNoLeak() {
    assertThat(
            flags(
                "Worksheet on sentence structure",
                "A sheet of paper",
                "A worksheet on sentence structure."))
        .doesNotContain(Flag.PROMPT_LEAK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Michael Faraday | A painting | Michael Faraday, of the 19th century. | true",
        "Kit GX250B | A bike | The kit GX250 is a bike. | false",
        "Bike GX250B | A bike | The bike GX251B. | true",
        "Owl on a sign 12/8/20 | An owl | An owl on December 8, 2020. | false",
        "Flat 185 000€ | A room | A room for 185,000 €. | false",
        "Flat 185,000 € | A room | A room for 185000 €. | false",
        "Race, 146,6 km | A man | A race of 146.6 km. | false",
        "Race on 07/08 | A man | A race on August 7. | false",
        "A man | 2 dogs | A man and 3 dogs. | true",
        "A man | two dogs | A man and dogs. | false",
      })
  void aNumberThatNoParentHasIsInvented(
      String raw, String synthetic, String fused, boolean invented) {
    assertThat(flags(raw, synthetic, fused).contains(Flag.INVENTED_NUMBER)).isEqualTo(invented);
  }

  @Test
  void aNumberThatWasCutOffIsNotInvented() {
    assertThat(flags("Expired 5/5/19", "A man", LONG + " and the 5/5/1"))
        .contains(Flag.TRUNCATED)
        .doesNotContain(Flag.INVENTED_NUMBER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "…", "\n"})
  void aCaptionWithoutWordsIsEmptyAndNothingElse(String fused) {
    assertThat(flags("A dog", "A dog", fused)).containsExactly(Flag.EMPTY);
    assertThat(flags("A dog", "A dog", null)).containsExactly(Flag.EMPTY);
    assertThat(flags(null, null, null)).containsExactly(Flag.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A dog that runs with a",
        "A dog and a cat,",
        "The picture shows the",
        "Two dogs, brown, black and",
        LONG,
        LONG + ", creating",
        LONG + " of the Islanders'",
      })
  void aCaptionThatBreaksOffIsTruncated(String fused) {
    assertThat(flags("A dog", "A cat", fused)).contains(Flag.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A dog runs.",
        "A brown dog in the park",
        "Come on in",
        "Who we are",
        "A dog called \"Rex\"",
        "He said: \"A dog.\"",
        "走る犬。",
        "Dog",
        "the",
        LONG + ".",
        LONG + ".\"",
        LONG + " of Gaby. (@gaby)",
        LONG + "…",
      })
  void aCaptionThatEndsIsNot(String fused) {
    assertThat(flags("A dog", "A cat", fused)).doesNotContain(Flag.TRUNCATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Core Line Beorn | A blue bicycle. | The Core Line Beorn is a blue bicycle. | true",
        "Core Line Beorn | A blue bicycle. | A blue bicycle, which is Core Line Beorn! | true",
        "Core Line Beorn | A blue bicycle. | The Core Line Beorn is a fast blue bicycle. | false",
        "Core Line Beorn | A blue bicycle. | A bicycle Core Line Beorn in blue. | false",
        "Core Line Beorn | A blue bicycle. | The Core Line Beorn. | false",
        "the | A blue bicycle. | The is a blue bicycle. | false",
      })
  void parentsOneBehindTheOtherAreAConcatenation(
      String raw, String synthetic, String fused, boolean plain) {
    assertThat(flags(raw, synthetic, fused).contains(Flag.CONCATENATION)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "North Face jacket | A book of the maths | true",
        "North Face jackets | A man in a jacket | false",
        "Beyoncé live | Beyonce sings | false",
        "the and | A book | false",
        "12 x 16 print | A 12x16 frame | false",
      })
  void parentsWithoutAWordInCommonAreMismatched(String raw, String synthetic, boolean mismatched) {
    assertThat(flags(raw, synthetic, "A caption.").contains(Flag.MISMATCHED_PARENTS))
        .isEqualTo(mismatched);
  }

  @Test
  void aMissingParentIsNoMismatch() {
    assertThat(flags(null, "A dog", "A dog.")).isEmpty();
    assertThat(flags("A dog", null, "A dog.")).isEmpty();
  }

  @Test
  void everyFlagHasANameAndASentence() {
    assertThat(Flag.values()).allMatch(flag -> flag.id().matches("[a-z_]+"));
    assertThat(Flag.values()).allMatch(flag -> flag.sentence().endsWith("."));
  }

  private Set<Flag> flags(
      @Nullable String raw, @Nullable String synthetic, @Nullable String fused) {
    return detectors.detect(raw, synthetic, fused);
  }
}
