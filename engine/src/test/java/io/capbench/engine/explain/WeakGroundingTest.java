package io.capbench.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeakGroundingTest {
  @Test
  void whatIsFarBelowTheBestIsWeak() {
    Grounding grounding = Groundings.of(100f, 0.25f, 0.30f, 0.271f, 0.269f);
    assertThat(WeakGrounding.weak(grounding, WeakGrounding.MARGIN))
        .containsExactly(true, false, false, true);
    assertThat(WeakGrounding.weak(grounding, 6)).containsOnly(false);
    assertThat(WeakGrounding.weak(grounding, 0)).containsExactly(true, false, true, true);
  }

  @Test
  void theScaleOfTheModelCounts() {
    assertThat(WeakGrounding.weak(Groundings.of(14f, 0.25f, 0.3f), 3)).containsOnly(false);
  }

  @Test
  void theOnlyOneIsNeverWeak() {
    assertThat(WeakGrounding.weak(Groundings.of(100f, -1f), 3)).containsExactly(false);
    assertThat(WeakGrounding.weak(Groundings.of(100f), 3)).isEmpty();
    assertThat(WeakGrounding.weak(Groundings.of(100f, 0.2f, 0.2f), 3)).containsOnly(false);
  }
}
