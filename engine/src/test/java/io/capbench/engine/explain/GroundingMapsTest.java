package io.capbench.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroundingMapsTest {
  private final Grounding grounding = Groundings.of(100f, 0.25f, 0.5f);

  private PatchMap map(GroundingMethod method) {
    return GroundingMaps.map(grounding, 1, MapChoice.of(method));
  }

  @Test
  void everyMethodHasItsMap() {
    assertThat(map(GroundingMethod.RELEVANCE_ALL)).isEqualTo(Groundings.map(2));
    assertThat(map(GroundingMethod.RELEVANCE_LAST)).isEqualTo(Groundings.map(4));
    assertThat(map(GroundingMethod.PATCH_SIMILARITY)).isEqualTo(Groundings.map(5));
    assertThat(map(GroundingMethod.GROUPING))
        .isEqualTo(Grouping.weights(Groundings.map(5), Sigma.ONE_OF_PATCHES).orElseThrow());
    assertThat(map(GroundingMethod.ROLLOUT)).isEqualTo(Groundings.map(20));
    assertThat(map(GroundingMethod.CLS_ATTENTION)).isEqualTo(Groundings.map(21));
  }

  @Test
  void relevanceBeginsAtAnyBlock() {
    for (int block = 0; block < 3; block++) {
      for (GroundingMethod method :
          List.of(GroundingMethod.RELEVANCE_ALL, GroundingMethod.RELEVANCE_LAST)) {
        MapChoice choice = new MapChoice(method, OptionalInt.of(block), Sigma.ONE_OF_PATCHES);
        assertThat(GroundingMaps.map(grounding, 0, choice)).isEqualTo(Groundings.map(block + 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void aBlockThatIsNotThereIsRefused(int block) {
    MapChoice choice =
        new MapChoice(GroundingMethod.RELEVANCE_LAST, OptionalInt.of(block), Sigma.ONE_OF_PATCHES);
    assertThatThrownBy(() -> GroundingMaps.map(grounding, 0, choice))
        .isInstanceOf(CapbenchException.class)
        .hasMessage(
            "There is no block " + block + ": the model's vision tower has the blocks 0 to 2.");
  }

  @Test
  void groupingOfPatchesThatAreAllAlikeIsAnEmptyMap() {
    SubCaptionGrounding part = grounding.subCaptions().get(0);
    SubCaptionGrounding alike =
        new SubCaptionGrounding(
            part.subCaption(),
            part.similarity(),
            part.relevance(),
            PatchMap.of(1, 1, 1, 1),
            part.tokens());
    Grounding flat =
        new Grounding(
            grounding.modelSha256(),
            grounding.grid(),
            true,
            1,
            part.patchSimilarity(),
            part.patchSimilarity(),
            List.of(alike));
    assertThat(GroundingMaps.map(flat, 0, MapChoice.of(GroundingMethod.GROUPING)))
        .isEqualTo(PatchMap.of(0, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "last, RELEVANCE_LAST",
    "chefer, RELEVANCE_LAST",
    " ALL , RELEVANCE_ALL",
    "filip, PATCH_SIMILARITY",
    "tokenwise, PATCH_SIMILARITY",
    "attention, CLS_ATTENTION"
  })
  void methodsHaveShortNames(String name, GroundingMethod method) {
    assertThat(GroundingMethod.of(name)).isEqualTo(method);
  }

  @Test
  void methodsAreFoundByTheirNames() {
    for (GroundingMethod method : GroundingMethod.values()) {
      assertThat(GroundingMethod.of(method.id())).isEqualTo(method);
    }
    assertThatThrownBy(() -> GroundingMethod.of("magic"))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("\"magic\"")
        .hasMessageContaining("relevance-last, relevance-all, grouping");
  }
}
