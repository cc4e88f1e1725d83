package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeatNumbersTest {

  @Test
  void numbersThatThreeDecimalsShowStandBesideTheColours() {
    HeatNumbers numbers = new HeatNumbers(-0.25f, 0.5f);
    assertThat(numbers.least()).matches("-0[.,]250");
    assertThat(numbers.most()).matches("0[.,]500");
    assertThat(numbers.range()).matches("from -0[.,]250 to 0[.,]500");
  }

  @Test
  void whatIsNothingBesideTheLargestIsZero() {
    HeatNumbers numbers = new HeatNumbers(-7e-5f, 0.017f);
    assertThat(numbers.least()).isEqualTo("0");
    assertThat(numbers.range()).matches("from -7[.,]0 × 10⁻⁵ to 0[.,]017");
  }

  @Test
  void tinyNumbersAreWordsAndStandInTheTooltip() {
    HeatNumbers numbers = new HeatNumbers(0, 2.5e-11f);
    assertThat(numbers.least()).isEqualTo("least");
    assertThat(numbers.most()).isEqualTo("most");
    assertThat(numbers.range()).matches("from 0 to 2[.,]5 × 10⁻¹¹");
  }
}
