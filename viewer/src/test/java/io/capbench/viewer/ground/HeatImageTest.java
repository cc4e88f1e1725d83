package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.HeatColours;
import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import org.junit.jupiter.api.Test;

class HeatImageTest {
  private final HeatImage image = new HeatImage();
  private final HeatColours colours = new HeatColours();

  private static HeatField ramp() {
    return new HeatField(new PatchGrid(1, 4, 0, 0, 1, 1), PatchMap.of(0, 1, 2, 3));
  }

  @Test
  void valuesGetTheColoursOfTheRamp() {
    int[] argb = image.argb(ramp(), 0);

    assertThat(argb).hasSize(64 * 16);
    assertThat(argb[0]).isEqualTo(0xFF000000 | colours.rgb(0));
    assertThat(argb[63]).isEqualTo(0xFF000000 | colours.rgb(1));
  }

  @Test
  void whatIsBelowTheThresholdHasNoColour() {
    assertThat(image.argb(0.4, 0.5) >>> 24).isZero();
    assertThat(image.argb(0.5, 0.5) >>> 24).isZero();
    assertThat(image.argb(0.53, 0.5) >>> 24).isBetween(100, 155);
    assertThat(image.argb(0.6, 0.5) >>> 24).isEqualTo(255);
    assertThat(image.argb(0, 0) >>> 24).isEqualTo(255);
  }

  @Test
  void aFineGridIsBoundedInPixels() {
    HeatField field =
        new HeatField(new PatchGrid(64, 64, 0, 0, 1, 1), PatchMap.of(new float[64 * 64]));
    assertThat(image.width(field)).isEqualTo(512);
    assertThat(image.height(field)).isEqualTo(512);
  }
}
