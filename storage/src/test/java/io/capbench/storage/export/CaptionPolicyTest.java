package io.capbench.storage.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.export.CaptionPolicy.Chosen;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.TrackRole;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionPolicyTest {
  private static final ColumnMapping MAPPING =
      mapping(TrackRole.RAW, TrackRole.SYNTHETIC, TrackRole.FUSED);

  private static ColumnMapping mapping(TrackRole... roles) {
    return new ColumnMapping(
        List.of(roles).stream().map(role -> new CaptionTrack(role.id(), role, "c")).toList(),
        null,
        ImageKind.NONE);
  }

  private static CaptionRow row(String raw, String synthetic) {
    Map<String, String> captions = new HashMap<>();
    if (raw != null) {
      captions.put("raw", raw);
    }
    if (synthetic != null) {
      captions.put("synthetic", synthetic);
    }
    return new CaptionRow(
        new RowKey("c3".repeat(32), 0), "s", "0".repeat(64), new ImageRef.None(), captions);
  }

  private static Decision decision(String preferred, String edited) {
    return new Decision(
        new RowKey("c3".repeat(32), 0),
        null,
        preferred,
        edited == null ? null : "raw",
        edited,
        "Ada",
        Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // policy, raw, synthetic, preferred, edited, chosen text, its source
        "'edited,preferred,track:raw', R, S, synthetic, E, E, edited",
        "'edited,preferred,track:raw', R, S, synthetic, -, S, preferred",
        "'edited,preferred,track:raw', R, S, -, -, R, raw",
        "'preferred,edited', R, S, synthetic, E, S, preferred",
        "'track:synthetic,edited', R, S, -, E, S, synthetic",
        "'track:synthetic,edited', R, -, -, E, E, edited",
        "'track:synthetic,track:raw', R, '  ', -, -, R, raw",
        "'preferred,track:raw', R, S, gone, -, R, raw",
        "'edited,preferred', R, S, -, -, -, -",
        "' track:raw , edited ', R, S, -, -, R, raw",
      })
  void theFirstStepWithACaptionWins(
      String policy,
      String raw,
      String synthetic,
      String preferred,
      String edited,
      String text,
      String source) {
    assertThat(
            CaptionPolicy.parse(policy, MAPPING)
                .choose(row(raw, synthetic), decision(preferred, edited)))
        .isEqualTo(
            text == null
                ? java.util.Optional.empty()
                : java.util.Optional.of(new Chosen(text, source)));
  }

  @Test
  void aTrackThatAModelMadeHasACommaInItsName() {
    String name = "fused (small, bf16)";
    ColumnMapping mapping =
        new ColumnMapping(
            List.of(new CaptionTrack(name, TrackRole.FUSED, name)), null, ImageKind.NONE);
    CaptionPolicy policy = CaptionPolicy.parse("edited, track:" + name + ",preferred", mapping);

    assertThat(policy.steps()).contains(new CaptionPolicy.Track(name)).hasSize(3);
    assertThat(CaptionPolicy.parse(policy.text(), mapping)).isEqualTo(policy);
    assertThatThrownBy(() -> CaptionPolicy.parse("track:fused (other, bf16)", mapping))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(name);
  }

  @Test
  void rowsThatNobodyDecidedOnHaveTheirTracksOnly() {
    CaptionPolicy policy = CaptionPolicy.parse("edited,preferred,track:raw", MAPPING);
    assertThat(policy.choose(row("R", "S"), null)).contains(new Chosen("R", "raw"));
    assertThat(policy.choose(row(null, "S"), null)).isEmpty();
  }

  @Test
  void aCaptionIsNotTrimmed() {
    assertThat(CaptionPolicy.parse("track:raw", MAPPING).choose(row(" R\n", null), null))
        .contains(new Chosen(" R\n", "raw"));
  }

  @Test
  void theDefaultTakesTheFusedElseSyntheticElseRawElseAnyTrack() {
    assertThat(CaptionPolicy.defaultFor(MAPPING).text()).isEqualTo("edited,preferred,track:fused");
    assertThat(CaptionPolicy.defaultFor(mapping(TrackRole.RAW, TrackRole.SYNTHETIC)).text())
        .isEqualTo("edited,preferred,track:synthetic");
    assertThat(CaptionPolicy.defaultFor(mapping(TrackRole.LONG, TrackRole.RAW)).text())
        .isEqualTo("edited,preferred,track:raw");
    assertThat(CaptionPolicy.defaultFor(mapping(TrackRole.LONG)).text())
        .isEqualTo("edited,preferred,track:long");
    assertThat(CaptionPolicy.defaultFor(mapping()).text()).isEqualTo("edited,preferred");
  }

  @Test
  void thePolicysTextReadsBack() {
    CaptionPolicy policy = CaptionPolicy.parse("track:raw, edited ,preferred", MAPPING);
    assertThat(policy.text()).isEqualTo("track:raw,edited,preferred");
    assertThat(CaptionPolicy.parse(policy.text(), MAPPING)).isEqualTo(policy);
  }

  @Test
  void anUnknownTrackIsNamedWithTheOnesThatExist() {
    assertThatThrownBy(() -> CaptionPolicy.parse("edited,track:blip", MAPPING))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll("\"blip\"", "raw, synthetic, fused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "edited,", "best", "raw", "Edited"})
  void anUnknownStepIsNamedWithTheOnesThatExist(String policy) {
    assertThatThrownBy(() -> CaptionPolicy.parse(policy, MAPPING))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll("step", "edited, preferred and track:NAME");
  }

  @Test
  void selectionsAreReadByTheirIds() {
    for (DecisionSelection selection : DecisionSelection.values()) {
      assertThat(DecisionSelection.of(selection.id())).isEqualTo(selection);
    }
    assertThat(DecisionSelection.NOT_REJECTED.id()).isEqualTo("not-rejected");
    assertThatThrownBy(() -> DecisionSelection.of("good"))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll("\"good\"", "accepted, all or not-rejected");
  }
}
