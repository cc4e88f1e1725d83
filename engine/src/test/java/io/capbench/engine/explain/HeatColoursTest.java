package io.capbench.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeatColoursTest {
  private final HeatColours colours = new HeatColours();

  /** sRGB to OKLab by the published matrices of that direction. */
  private static double[] lab(int rgb) {
    double r = linear(rgb >> 16 & 0xff);
    double g = linear(rgb >> 8 & 0xff);
    double b = linear(rgb & 0xff);
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  private static double linear(int channel) {
    double encoded = channel / 255.0;
    return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
  }

  private static double distance(int one, int other) {
    double[] a = lab(one);
    double[] b = lab(other);
    return Math.hypot(a[0] - b[0], Math.hypot(a[1] - b[1], a[2] - b[2]));
  }

  @Test
  void lightnessFallsFromNothingToTheMost() {
    double before = lab(colours.rgb(0))[0];
    assertThat(before).isGreaterThan(0.93);
    for (int i = 4; i <= 255; i += 4) { // steps that rounding to 8 bits does not hide
      double lightness = lab(colours.rgb(i / 255.0))[0];
      assertThat(lightness).as("value %d/255", i).isLessThan(before);
      before = lightness;
    }
    assertThat(before).isLessThan(0.35);
  }

  @Test
  void equalDifferencesLookEquallyLarge() {
    double mean = 0;
    for (int i = 0; i < 15; i++) {
      mean += distance(colours.rgb(i * 17 / 255.0), colours.rgb((i + 1) * 17 / 255.0)) / 15;
    }
    for (int i = 0; i < 15; i++) {
      assertThat(distance(colours.rgb(i * 17 / 255.0), colours.rgb((i + 1) * 17 / 255.0)))
          .as("step %d", i)
          .isBetween(0.9 * mean, 1.1 * mean);
    }
  }

  @Test
  void theMiddleIsWarmAndStrongEnoughToBeSeenOnPictures() {
    double[] middle = lab(colours.rgb(0.5));
    assertThat(Math.hypot(middle[1], middle[2])).isGreaterThan(0.12);
    assertThat(middle[1]).as("towards red").isPositive();
  }

  @Test
  void whatLiesBeyondTheScaleTakesItsEnds() {
    assertThat(colours.rgb(-3)).isEqualTo(colours.rgb(0));
    assertThat(colours.rgb(Double.NaN)).isEqualTo(colours.rgb(0));
    assertThat(colours.rgb(Double.POSITIVE_INFINITY)).isEqualTo(colours.rgb(1));
    assertThat(colours.rgb(0) & 0xff000000).as("no alpha").isZero();
  }
}
