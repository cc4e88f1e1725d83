package io.capbench.samples.world;

import org.jspecify.annotations.Nullable;

/**
 * A thing in a scene.
 *
 * @param box where its drawing is, without its shadow
 * @param lettering what is written on it, or null
 */
public record Thing(Kind kind, Colour colour, Size size, Box box, @Nullable String lettering) {

  /** How large it is against others of its kind. */
  public enum Size {
    SMALL(0.8),
    USUAL(1.0),
    LARGE(1.22);

    private final double scale;

    Size(double scale) {
      this.scale = scale;
    }

    double scale() {
      return scale;
    }
  }
}
