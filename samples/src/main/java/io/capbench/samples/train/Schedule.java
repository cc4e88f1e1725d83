package io.capbench.samples.train;

/**
 * How the learning rate goes up and down: up in a line, level for a while, then down to nothing;
 * and, if it shall, once more from a smaller rate down to nothing, which learns what is rare.
 *
 * @param warmUp steps until it is up
 * @param level the last step before it goes down
 * @param down the last step on its way down
 * @param steps of the whole training; those after {@code down} go down a second time
 * @param descent how it goes down
 */
public record Schedule(long warmUp, long level, long down, long steps, Descent descent) {
  /** Where the second way down begins, as a share of the full rate. */
  static final double SECOND = 0.35;

  /** How the rate goes down. */
  public enum Descent {
    /** Half a wave of a cosine. */
    COSINE,
    /** A line. */
    LINEAR
  }

  /** A schedule that goes down once. */
  public Schedule(long warmUp, long level, long steps, Descent descent) {
    this(warmUp, level, steps, steps, descent);
  }

  /** Checks the order. */
  public Schedule {
    if (warmUp < 0 || level < warmUp || down < level || steps < down) {
      throw new IllegalArgumentException(
          "A rate goes up, stays and goes down in this order, not at "
              + warmUp
              + ", "
              + level
              + ", "
              + down
              + " and "
              + steps);
    }
  }

  /**
   * Share of the full rate, 0..1.
   *
   * @param step from 1
   */
  public double factor(long step) {
    if (step <= warmUp) {
      return (double) step / warmUp;
    } else if (step <= level) {
      return 1;
    }
    return step <= down
        ? left(step - level, down - level)
        : SECOND * left(step - down, steps - down);
  }

  private double left(long step, long steps) {
    double done = (double) step / (steps + 1);
    return descent == Descent.LINEAR ? 1 - done : 0.5 * (1 + Math.cos(Math.PI * done));
  }
}
