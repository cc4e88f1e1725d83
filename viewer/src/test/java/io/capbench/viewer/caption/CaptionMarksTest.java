package io.capbench.viewer.caption;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.viewer.fixture.MemoryRows;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CaptionMarksTest {
  private static final String RAW = "VW T-ROC alloy wheel production vehicle teaser";
  private static final String SYNTHETIC = "The wheel on the Volkswagen SUV is shown.";
  private static final String FUSED =
      "The teaser showcases the production vehicle of the VW T-ROC, featuring its alloy wheels.";

  private final CaptionMarks marks = new CaptionMarks(new ProvenanceAnalyzer());

  @Test
  void theWordsOfAFusedCaptionAreMarkedByTheirOrigin() {
    MarkedCaption fused =
        marked(Map.of("raw", RAW, "synthetic", SYNTHETIC, "fused", FUSED)).get("fused");

    assertThat(spelled(fused))
        .containsExactly(
            "raw:teaser",
            "neither:showcases",
            "raw:production vehicle",
            "raw:VW T-ROC",
            "neither:featuring",
            "raw:alloy",
            "both:wheels");
  }

  @Test
  void wordsOfOneKindMakeAPhraseOnlyAcrossASpaceOrAHyphen() {
    MarkedCaption fused =
        marked(Map.of("raw", "red car, blue car", "fused", "red car, blue-ish\ncar")).get("fused");
    assertThat(spelled(fused)).contains("raw:red car").doesNotContain("raw:red car, blue");
    assertThat(fused.marks()).allSatisfy(mark -> assertThat(text(fused, mark)).doesNotContain(","));
  }

  @Test
  void parentsShowWhatTheFusedCaptionLeftOut() {
    Map<String, MarkedCaption> marked =
        marked(Map.of("raw", RAW + " unused", "synthetic", SYNTHETIC, "fused", FUSED));

    assertThat(spelled(marked.get("synthetic")))
        .containsExactly("dropped:Volkswagen SUV", "dropped:shown");
    assertThat(spelled(marked.get("raw"))).containsExactly("dropped:unused");
  }

  @Test
  void withoutAFusedCaptionParentsHaveNoMarks() {
    Map<String, MarkedCaption> marked = marked(Map.of("raw", RAW, "synthetic", SYNTHETIC));

    assertThat(marked).containsOnlyKeys("raw", "synthetic");
    assertThat(marked.get("raw").marks()).isEmpty();
    assertThat(marked.get("synthetic").marks()).isEmpty();
  }

  @Test
  void aFusedCaptionWithoutParentsIsAllSuspect() {
    MarkedCaption fused = marked(Map.of("fused", "red car")).get("fused");
    assertThat(spelled(fused)).containsExactly("neither:red car");
  }

  @Test
  void withOneParentNothingIsInBoth() {
    MarkedCaption fused = marked(Map.of("synthetic", "red car", "fused", "red bus")).get("fused");
    assertThat(spelled(fused)).containsExactly("synthetic:red", "neither:bus");
  }

  @Test
  void onlyTheFirstTrackOfARoleIsAParent() {
    ColumnMapping two =
        new ColumnMapping(
            List.of(
                new CaptionTrack("blip", TrackRole.SYNTHETIC, "blip"),
                new CaptionTrack("llava", TrackRole.SYNTHETIC, "llava"),
                new CaptionTrack("note", TrackRole.OTHER, "note"),
                new CaptionTrack("fused", TrackRole.FUSED, "fused")),
            null,
            ImageKind.NONE);
    Map<String, MarkedCaption> marked =
        marks.mark(
            MemoryRows.row(
                0, Map.of("blip", "red", "llava", "car", "note", "tree", "fused", "red car")),
            two);

    assertThat(spelled(marked.get("fused"))).containsExactly("synthetic:red", "neither:car");
    assertThat(marked.get("llava").marks()).isEmpty();
    assertThat(marked.get("note").marks()).isEmpty();
  }

  @Test
  void aCaptionThatAPersonWritesIsMarkedLikeAFusedOne() {
    MarkedCaption written =
        marks.markFused(
            MemoryRows.row(0, Map.of("raw", "red", "synthetic", "car", "fused", "x")),
            MemoryRows.TRACKS,
            "red car tree");
    assertThat(spelled(written)).containsExactly("raw:red", "synthetic:car", "neither:tree");
  }

  @Test
  void marksFitTheShownTextWhenACaptionHasControlCharacters() {
    MarkedCaption fused = marked(Map.of("raw", "zebra", "fused", "\0\0 zebra")).get("fused");
    assertThat(spelled(fused)).contains("raw:zebra");
  }

  @Test
  void marksStandInTheOrderOfTheTextAndInsideIt() {
    MarkedCaption fused =
        marked(Map.of("raw", RAW, "synthetic", SYNTHETIC, "fused", FUSED)).get("fused");
    int end = 0;
    for (Mark mark : fused.marks()) {
      assertThat(mark.start()).isGreaterThanOrEqualTo(end);
      assertThat(mark.end()).isGreaterThan(mark.start()).isLessThanOrEqualTo(FUSED.length());
      end = mark.end();
    }
  }

  private Map<String, MarkedCaption> marked(Map<String, String> captions) {
    return marks.mark(MemoryRows.row(0, captions), MemoryRows.TRACKS);
  }

  private static List<String> spelled(MarkedCaption caption) {
    return caption.marks().stream()
        .map(mark -> mark.kind().id() + ":" + text(caption, mark))
        .collect(Collectors.toList());
  }

  private static String text(MarkedCaption caption, Mark mark) {
    return caption.text().substring(mark.start(), mark.end());
  }
}
