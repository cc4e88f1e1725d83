package io.capbench.samples.caption;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.samples.caption.FusionPair.Fact;
import io.capbench.samples.caption.FusionPair.Mistake;
import io.capbench.samples.world.Dice;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PairWriterTest {
  private static final int PAIRS = 1500;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyFactStandsInAParentAndInTheFusedCaption(boolean heldOut) {
    for (FusionPair pair : pairs(1, heldOut)) {
      assertThat(pair.facts()).hasSizeGreaterThan(1);
      for (Fact fact : pair.facts()) {
        assertThat(small(pair.fused())).contains(small(fact.text()));
        if (!fact.kind().equals("rating")) {
          String parents = small(pair.raw().replace("&amp;", "&") + " " + pair.synthetic());
          boolean corrected = fact.kind().equals("object") && pair.mistake().isPresent();
          assertThat(corrected || parents.contains(small(fact.text()))).as("%s", pair).isTrue();
        }
      }
    }
  }

  @Test
  void aMistakeStandsInTheSyntheticCaptionAndIsContradictedByTheRawOne() {
    int mistakes = 0;
    for (FusionPair pair : pairs(2, false)) {
      if (pair.mistake().isPresent()) {
        mistakes++;
        Mistake mistake = pair.mistake().get();
        assertThat(small(pair.synthetic())).contains(small(mistake.wrong()));
        assertThat(small(pair.fused())).contains(small(mistake.right()));
        for (String word : mistake.right().split(" ", -1)) {
          boolean told = mistake.fault() == Fault.COUNT || small(pair.raw()).contains(word);
          boolean rightBefore = small(mistake.wrong()).contains(word);
          assertThat(told || rightBefore).as("%s", pair).isTrue();
        }
      }
    }
    assertThat(mistakes).isBetween(PAIRS / 5, PAIRS / 2);
  }

  @Test
  void allKindsOfFactsAndMistakesComeUp() {
    List<FusionPair> pairs = pairs(3, false);
    Set<String> kinds =
        pairs.stream()
            .flatMap(pair -> pair.facts().stream())
            .map(Fact::kind)
            .collect(Collectors.toSet());
    assertThat(kinds)
        .contains("brand", "code", "price", "name", "town", "date", "number", "size", "isbn")
        .contains("title", "lot", "estimate", "year", "sku", "lettering", "object", "place");
    assertThat(pairs.stream().flatMap(pair -> pair.mistake().stream()).map(Mistake::fault))
        .contains(Fault.ATTRIBUTE, Fault.OBJECT, Fault.COUNT);
  }

  @Test
  void wordsThatAreHeldOutAreNeverInTraining() {
    Set<String> seen = words(false);
    Set<String> unseen = words(true);

    assertThat(seen).hasSizeGreaterThan(4000).doesNotContainAnyElementsOf(unseen);
    assertThat(unseen).hasSizeGreaterThan(4000);
  }

  @Test
  void aNumberAlwaysGivesTheSamePairAndOthersGiveOthers() {
    assertThat(pairs(5, false)).isEqualTo(pairs(5, false));
    assertThat(new HashSet<>(pairs(5, false))).hasSize(PAIRS);
    assertThat(new PairWriter(6, false).pair(0)).isNotEqualTo(new PairWriter(5, false).pair(0));
    assertThat(new PairWriter(5, true).pair(0)).isNotEqualTo(new PairWriter(5, false).pair(0));
  }

  @Test
  void theWorldIsWiderThanTheSample() {
    String all =
        pairs(7, false).stream()
            .map(pair -> pair.synthetic() + " " + pair.fused())
            .collect(Collectors.joining("\n"));
    assertThat(all).contains("violin", "turquoise", "in a busy station", "kettle", "an amber ");
  }

  private static Set<String> words(boolean heldOut) {
    OpenNames names = new OpenNames(heldOut);
    Dice dice = new Dice(4);
    return Stream.generate(() -> names.word(dice)).limit(5000).collect(Collectors.toSet());
  }

  private static List<FusionPair> pairs(long seed, boolean heldOut) {
    PairWriter writer = new PairWriter(seed, heldOut);
    return LongStream.range(0, PAIRS).mapToObj(writer::pair).toList();
  }

  private static String small(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
