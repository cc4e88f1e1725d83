package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import org.junit.jupiter.api.Test;

class HeatFieldTest {
  private static HeatField field(int rows, int columns, float... values) {
    return new HeatField(new PatchGrid(rows, columns, 0, 0, 1, 1), PatchMap.of(values));
  }

  @Test
  void patchesHaveTheirValuesInTheirMiddles() {
    HeatField field = field(2, 3, 1, 2, 3, 4, 5, 6);

    assertThat(field.at(0.5 / 3, 0.25)).isZero();
    assertThat(field.at(1.5 / 3, 0.25)).isCloseTo(0.2f, within(1e-6f));
    assertThat(field.at(2.5 / 3, 0.75)).isEqualTo(1f);
    assertThat(field.least()).isEqualTo(1f);
    assertThat(field.most()).isEqualTo(6f);
    assertThat(field.flat()).isFalse();
  }

  @Test
  void betweenMiddlesItIsInterpolatedAndBeyondThemItGoesOn() {
    HeatField field = field(1, 2, 0, 10);

    assertThat(field.at(0.5, 0.9)).isCloseTo(0.5f, within(1e-6f));
    assertThat(field.at(0.625, 0.1)).isCloseTo(0.75f, within(1e-6f));
    assertThat(field.at(0, 0)).isZero();
    assertThat(field.at(1, 1)).isEqualTo(1f);
  }

  @Test
  void aMapThatIsTheSameEverywhereIsFlat() {
    HeatField field = field(2, 2, 7, 7, 7, 7);

    assertThat(field.flat()).isTrue();
    assertThat(field.at(0.3, 0.6)).isZero();
    assertThat(field.least()).isEqualTo(7f);
  }

  @Test
  void numbersThatAreNoneCountAsTheSmallest() {
    HeatField field = field(1, 3, Float.NaN, 2, 4);

    assertThat(field.at(0, 0)).isZero();
    assertThat(field.least()).isEqualTo(2f);
    assertThat(field.at(1, 0)).isEqualTo(1f);
    assertThat(field(1, 1, Float.POSITIVE_INFINITY).flat()).isTrue();
    assertThat(field(1, 2, Float.NaN, Float.NaN).least()).isZero();
  }

  @Test
  void onePatchIsAField() {
    assertThat(field(1, 1, 3).at(0.2, 0.9)).isZero();
  }

  @Test
  void aMapOfAnotherGridIsRefused() {
    assertThatThrownBy(() -> field(2, 2, 1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 patches")
        .hasMessageContaining("2 x 2");
  }
}
