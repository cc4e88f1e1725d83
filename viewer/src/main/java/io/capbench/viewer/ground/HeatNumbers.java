package io.capbench.viewer.ground;

/**
 * The ends of a map, for people. Maps of relevance may have any size, down to billionths, and what
 * counts in them is where they are largest; so numbers that three decimals cannot show are words
 * beside the colours, and stand in the tooltip.
 *
 * @param lowest the map's smallest number
 * @param highest the map's largest number
 */
record HeatNumbers(float lowest, float highest) {
  private static final double SMALL = 1e-3;
  private static final int NORMAL_ZERO = '0';
  private static final String RAISED =
      "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

  /** What stands at the pale end. */
  String least() {
    return tiny() ? "least" : rounded(lowest);
  }

  /** What stands at the dark end. */
  String most() {
    return tiny() ? "most" : rounded(highest);
  }

  /** Both ends in numbers. */
  String range() {
    return "from %s to %s".formatted(exact(lowest), exact(highest));
  }

  private boolean tiny() {
    return Math.max(Math.abs(lowest), Math.abs(highest)) < SMALL;
  }

  private static String rounded(float value) {
    return Math.abs(value) < SMALL / 2 ? "0" : String.format("%.3f", value);
  }

  /** Small numbers in powers of ten as they are printed in books: 7 × 10⁻¹¹. */
  private static String exact(float value) {
    if (value == 0 || Math.abs(value) >= SMALL) {
      return rounded(value);
    }
    int power = (int) Math.floor(Math.log10(Math.abs(value)));
    StringBuilder text =
        new StringBuilder(String.format("%.1f × 10⁻", value / Math.pow(10, power)));
    for (char digit : String.valueOf(-power).toCharArray()) {
      text.append(RAISED.charAt(digit - NORMAL_ZERO));
    }
    return text.toString();
  }
}
