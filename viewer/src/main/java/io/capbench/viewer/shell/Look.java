package io.capbench.viewer.shell;

import io.capbench.viewer.theme.Theme;

/**
 * How a person likes the window; kept between starts.
 *
 * @param theme light or dark
 * @param textSize in pixels
 * @param leftShown whether the side bar is open
 * @param rightShown whether the picture and the cards are open
 * @param leftDivider where the side bar ends, as a share of the window's width
 * @param rightDivider where the list ends, as a share of the window's width
 * @param pictureDivider where the picture ends, as a share of the right side's height
 */
public record Look(
    Theme theme,
    double textSize,
    boolean leftShown,
    boolean rightShown,
    double leftDivider,
    double rightDivider,
    double pictureDivider) {
  /** The look of the first start. */
  public static final Look DEFAULT = new Look(Theme.LIGHT, 13, true, true, 0.145, 0.645, 0.45);

  private static final double FIRST_SIZE = 13;
  private static final double SMALLEST = 10;
  private static final double LARGEST = 24;

  /** Puts every value into its range: the settings file may hold anything. */
  public Look {
    textSize =
        Double.isNaN(textSize) ? FIRST_SIZE : Math.max(SMALLEST, Math.min(LARGEST, textSize));
    leftDivider = share(leftDivider, 0.145);
    rightDivider = share(rightDivider, 0.645);
    pictureDivider = share(pictureDivider, 0.45);
  }

  private static double share(double value, double otherwise) {
    return value > 0.02 && value < 0.98 ? value : otherwise;
  }

  Look withTheme(Theme next) {
    return new Look(
        next, textSize, leftShown, rightShown, leftDivider, rightDivider, pictureDivider);
  }

  Look withSides(boolean left, boolean right) {
    return new Look(theme, textSize, left, right, leftDivider, rightDivider, pictureDivider);
  }

  Look withTextSize(double next) {
    return new Look(theme, next, leftShown, rightShown, leftDivider, rightDivider, pictureDivider);
  }
}
