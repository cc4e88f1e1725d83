package io.capbench.app.bench;

import org.jspecify.annotations.Nullable;

/**
 * One figure.
 *
 * @param name what was measured
 * @param value the figure
 * @param unit for example {@code ms}, {@code MB} or {@code images/s}
 * @param baseline what the yardstick (DuckDB alone, the notebook's way, the bare model, the speed
 *     of memory) has for the same in the same run, or null if there is none
 * @param ratio value by baseline, or null
 */
public record BenchCase(
    String name, double value, String unit, @Nullable Double baseline, @Nullable Double ratio) {

  /** A figure without a yardstick. */
  static BenchCase alone(String name, double value, String unit) {
    return new BenchCase(name, round(value), unit, null, null);
  }

  /** Milliseconds and those of the yardstick. */
  static BenchCase against(String name, double millis, double baseline) {
    return against(name, millis, "ms", baseline);
  }

  /** A figure and that of the yardstick. */
  static BenchCase against(String name, double value, String unit, double baseline) {
    return new BenchCase(
        name, round(value), unit, round(baseline), Math.round(value / baseline * 100) / 100.0);
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
