package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.GroundingMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OverlayViewModelTest {
  private final OverlayViewModel overlay = new OverlayViewModel();

  private GroundingMethod method() {
    return overlay.methodProperty().get();
  }

  private static GroundPreferences kept(String method) {
    return new GroundPreferences(null, null, method, null, null, null);
  }

  @Test
  void asLongAsNobodyChoosesEveryModelIsShownInItsOwnWay() {
    assertThat(method()).isEqualTo(GroundingMethod.RELEVANCE_LAST);

    overlay.advise(GroundingMethod.PATCH_SIMILARITY);
    assertThat(method()).isEqualTo(GroundingMethod.PATCH_SIMILARITY);
    assertThat(overlay.chosenMethod()).isNull();

    overlay.advise(GroundingMethod.RELEVANCE_LAST);
    assertThat(method()).isEqualTo(GroundingMethod.RELEVANCE_LAST);
    assertThat(overlay.chosenMethod()).isNull();
  }

  @Test
  void aMethodThatAPersonChoseStaysWhateverTheNextModelAdvises() {
    overlay.methodProperty().set(GroundingMethod.GROUPING);

    overlay.advise(GroundingMethod.PATCH_SIMILARITY);
    assertThat(method()).isEqualTo(GroundingMethod.GROUPING);
    overlay.advise(GroundingMethod.GROUPING);
    overlay.advise(GroundingMethod.ROLLOUT);

    assertThat(method()).isEqualTo(GroundingMethod.GROUPING);
    assertThat(overlay.chosenMethod()).isEqualTo(GroundingMethod.GROUPING);
  }

  @Test
  void whoGoesBackToTheAdvisedMethodLeavesTheChoiceToTheModelAgain() {
    overlay.advise(GroundingMethod.PATCH_SIMILARITY);
    overlay.nextMethod();
    assertThat(overlay.chosenMethod()).isEqualTo(method()).isNotNull();

    overlay.methodProperty().set(GroundingMethod.PATCH_SIMILARITY);
    assertThat(overlay.chosenMethod()).isNull();
    overlay.advise(GroundingMethod.RELEVANCE_ALL);
    assertThat(method()).isEqualTo(GroundingMethod.RELEVANCE_ALL);
  }

  @ParameterizedTest
  @EnumSource(GroundingMethod.class)
  void aMethodOfAnEarlierWindowStaysWhenTheModelComes(GroundingMethod chosen) {
    overlay.take(kept(chosen.id()));
    assertThat(overlay.chosenMethod()).as("before a model is there").isEqualTo(chosen);

    overlay.advise(GroundingMethod.PATCH_SIMILARITY);

    assertThat(method()).isEqualTo(chosen);
  }

  @Test
  void anEarlierWindowInWhichNobodyChoseLeavesItToTheModel() {
    overlay.take(kept(null));
    overlay.advise(GroundingMethod.PATCH_SIMILARITY);
    assertThat(method()).isEqualTo(GroundingMethod.PATCH_SIMILARITY);
  }
}
