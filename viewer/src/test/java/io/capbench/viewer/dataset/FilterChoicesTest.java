package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.viewer.review.SpanType;
import io.capbench.viewer.review.SpanTypes;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterChoicesTest {
  private final FilterChoices choices =
      new FilterChoices(
          List.of(), ColumnMapping.NONE, List.of("Blurred", "blurred"), new SpanTypes().all());

  @Test
  void tagsAreOfferedOnceInTheCaseThatFiltersHave() {
    assertThat(choices.subjects(ConditionKind.TAGGED)).containsExactly("blurred");
  }

  @Test
  void typesOfSpansAreOfferedByTheirNames() {
    assertThat(choices.subjects(ConditionKind.MARKED))
        .containsExactlyElementsOf(new SpanTypes().all().stream().map(SpanType::id).toList());
    assertThat(choices.name(ConditionKind.MARKED, "knowledge")).isEqualTo("Entity or knowledge");
    assertThat(choices.name(ConditionKind.MARKED, "gone from the list"))
        .isEqualTo("gone from the list");
  }

  @Test
  void onlyCaptionsOfImagesHaveASimilarity() {
    List<CaptionTrack> tracks =
        List.of(
            new CaptionTrack("alt", TrackRole.RAW, "alt"),
            new CaptionTrack("fused", TrackRole.FUSED, "fused"));
    FilterChoices images =
        new FilterChoices(List.of(), new ColumnMapping(tracks, "url", ImageKind.URL));
    assertThat(images.subjects(ConditionKind.SIMILARITY)).containsExactly("alt", "fused");
    assertThat(images.begin(ConditionKind.SIMILARITY).subject()).isEqualTo("fused");
    FilterChoices text =
        new FilterChoices(List.of(), new ColumnMapping(tracks, null, ImageKind.NONE));
    assertThat(text.kinds()).contains(ConditionKind.WORDS).doesNotContain(ConditionKind.SIMILARITY);
  }

  @Test
  void whereNobodyTaggedAnythingThereIsNoLineForTags() {
    assertThat(choices.kinds()).contains(ConditionKind.TAGGED, ConditionKind.MARKED);
    assertThat(new FilterChoices(List.of(), ColumnMapping.NONE).kinds())
        .contains(ConditionKind.SQL)
        .doesNotContain(ConditionKind.TAGGED, ConditionKind.MARKED);
  }
}
