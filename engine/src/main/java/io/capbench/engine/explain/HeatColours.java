package io.capbench.engine.explain;

/**
 * The colours of heat maps, in the window, its legend and pictures alike: from pale yellow for 0
 * over orange and red to deep violet for 1. Lightness falls all the way, so the order is seen in
 * grey and by people who do not tell these hues apart; equal differences of values look equally
 * large, by the OKLab colour space (Ottosson 2020). Immutable.
 */
public final class HeatColours {
  private static final int SIZE = 256;

  /** Points of the path before it is cut into steps of equal length. */
  private static final int POINTS = 4_096;

  private static final double LIGHTEST = 0.97;
  private static final double DARKEST = 0.3;
  private static final double FIRST_HUE = Math.toRadians(105);
  private static final double LAST_HUE = Math.toRadians(-65);
  private static final double PALE = 0.06;
  private static final double STRONG = 0.2;

  private final int[] colours = new int[SIZE];

  /** Computes the colours. */
  public HeatColours() {
    double[][] path = new double[POINTS][];
    double[] length = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      path[i] = lab(i / (POINTS - 1.0));
      if (i > 0) {
        length[i] = length[i - 1] + distance(path[i - 1], path[i]);
      }
    }
    int point = 0;
    for (int i = 0; i < SIZE; i++) {
      double wanted = length[POINTS - 1] * i / (SIZE - 1);
      while (point < POINTS - 1 && length[point] < wanted) {
        point++;
      }
      colours[i] = rgb(path[point]);
    }
  }

  /**
   * The colour of a value.
   *
   * @param value 0 for nothing, 1 for the most; what lies beyond, or is no number, is taken for the
   *     nearest end, no number for 0
   * @return 0xRRGGBB in sRGB
   */
  public int rgb(double value) {
    double inside = value > 0 ? Math.min(value, 1) : 0;
    return colours[(int) Math.round(inside * (SIZE - 1))];
  }

  /** A point of the path, as strong as sRGB can show it: lightness, a, b. */
  private static double[] lab(double t) {
    double lightness = LIGHTEST + (DARKEST - LIGHTEST) * t;
    double hue = FIRST_HUE + (LAST_HUE - FIRST_HUE) * t;
    // Pale at the light end, strong in the middle, quieter where it is dark.
    double wanted = PALE + (STRONG - PALE) * Math.sin(Math.PI * Math.min(1, 0.1 + 0.75 * t));
    double possible = 0;
    for (double step = wanted; step > 1e-4; step /= 2) {
      double tried = Math.min(wanted, possible + step);
      if (isShown(lab(lightness, tried, hue))) {
        possible = tried;
      }
    }
    return lab(lightness, possible, hue);
  }

  private static double[] lab(double lightness, double chroma, double hue) {
    return new double[] {lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)};
  }

  private static double distance(double[] one, double[] other) {
    return Math.hypot(one[0] - other[0], Math.hypot(one[1] - other[1], one[2] - other[2]));
  }

  private static boolean isShown(double[] lab) {
    for (double channel : linear(lab)) {
      if (channel < 0 || channel > 1) {
        return false;
      }
    }
    return true;
  }

  /** OKLab to linear sRGB. */
  private static double[] linear(double[] lab) {
    double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    return new double[] {
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    };
  }

  private static double cube(double x) {
    return x * x * x;
  }

  private static int rgb(double[] lab) {
    int rgb = 0;
    for (double channel : linear(lab)) {
      double encoded =
          channel <= 0.0031308 ? 12.92 * channel : 1.055 * Math.pow(channel, 1 / 2.4) - 0.055;
      rgb = rgb << 8 | (int) Math.round(255 * Math.max(0, Math.min(1, encoded)));
    }
    return rgb;
  }
}
