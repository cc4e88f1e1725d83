package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.viewer.theme.Theme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookTest {
  @ParameterizedTest
  @CsvSource({
    "13, 13",
    "10, 10",
    "9.9, 10",
    "-5, 10",
    "24, 24",
    "25, 24",
    "1e300, 24",
    "Infinity, 24"
  })
  void theTextSizeIsKeptInItsRange(double wanted, double kept) {
    assertThat(new Look(Theme.DARK, wanted, true, true, 0.2, 0.6, 0.5).textSize()).isEqualTo(kept);
  }

  @Test
  void aTextSizeThatIsNoNumberIsTheFirstOne() {
    assertThat(new Look(Theme.DARK, Double.NaN, true, true, 0.2, 0.6, 0.5).textSize())
        .isEqualTo(Look.DEFAULT.textSize());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.98, 1, -3, 7, Double.NaN, Double.POSITIVE_INFINITY})
  void aDividerOutsideTheWindowIsTheFirstOne(double share) {
    Look look = new Look(Theme.DARK, 13, false, false, share, share, share);
    assertThat(look.leftDivider()).isEqualTo(Look.DEFAULT.leftDivider());
    assertThat(look.rightDivider()).isEqualTo(Look.DEFAULT.rightDivider());
    assertThat(look.pictureDivider()).isEqualTo(Look.DEFAULT.pictureDivider());
  }

  @Test
  void whatIsInRangeIsKept() {
    Look look = new Look(Theme.DARK, 15, false, true, 0.3, 0.7, 0.5);
    assertThat(look)
        .isEqualTo(look.withTheme(Theme.LIGHT).withTheme(Theme.DARK))
        .isEqualTo(look.withTextSize(20).withTextSize(15));
    assertThat(look.withTextSize(20).textSize()).isEqualTo(20);
    assertThat(look.withTheme(Theme.LIGHT).theme()).isEqualTo(Theme.LIGHT);
    assertThat(look.leftShown()).isFalse();
    assertThat(look.leftDivider()).isEqualTo(0.3);
  }

  @Test
  void theFirstLookIsInItsOwnRange() {
    assertThat(Look.DEFAULT).isEqualTo(new Look(Theme.LIGHT, 13, true, true, 0.145, 0.645, 0.45));
  }
}
