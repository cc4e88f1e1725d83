package io.capbench.samples.train;

/**
 * How the learning rate goes up and down: up in a line, level for a while, then down to nothing.
 *
 * @param warmUp steps until it is up
 * @param level the last step before it goes down
 * @param steps of the whole training
 * @param descent how it goes down
 */
public record Schedule(long warmUp, long level, long steps, Descent descent) {

  /** How the rate goes down. */
  public enum Descent {
    /** Half a wave of a cosine. */
    COSINE,
    /** A line. */
    LINEAR
  }

  /** Checks the order. */
  public Schedule {
    if (warmUp < 0 || level < warmUp || steps < level) {
      throw new IllegalArgumentException(
          "A rate goes up, stays and goes down in this order, not at "
              + warmUp
              + ", "
              + level
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
    double done = (double) (step - level) / (steps - level + 1);
    return descent == Descent.LINEAR ? 1 - done : 0.5 * (1 + Math.cos(Math.PI * done));
  }
}
