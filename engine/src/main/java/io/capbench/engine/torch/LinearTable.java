package io.capbench.engine.torch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured of the ways to linear layers on this machine.
 *
 * @param measurements by type, rows and way
 */
public record LinearTable(List<LinearMeasurement> measurements) {
  private static final int PROMPT_ROWS = 96;
  private static final double PROMPT_TOKENS = 150;
  private static final double NEW_TOKENS = 60;

  /** Copies the list. */
  public LinearTable {
    measurements = List.copyOf(measurements);
  }

  /** The fastest way for weights of a type and so many rows, if they were tried. */
  public Optional<LinearMeasurement> best(NumberType type, int rows) {
    return ranking(type, rows).stream().findFirst();
  }

  /** Ways that failed, and why: these this machine lacks. */
  public List<LinearMeasurement> failures() {
    return measurements.stream().filter(m -> !m.works()).toList();
  }

  /**
   * About how long merging two captions takes for every 10^9 weights of a type, reading weights
   * only: a prompt of 150 tokens at once, and 60 tokens one by one.
   *
   * @return seconds, or nothing if the type was not tried
   */
  public OptionalDouble captionSeconds(NumberType type) {
    Optional<LinearMeasurement> one = best(type, 1);
    Optional<LinearMeasurement> prompt = best(type, PROMPT_ROWS);
    if (one.isEmpty() || prompt.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        type.bytes()
            * (NEW_TOKENS / one.get().gigabytes()
                + PROMPT_TOKENS / (double) PROMPT_ROWS / prompt.get().gigabytes()));
  }

  /** Whether weights of a type were tried. */
  boolean has(NumberType type) {
    return measurements.stream().anyMatch(m -> m.type() == type);
  }

  /** The ways that work for weights of a type, measured with that number of rows, fastest first. */
  List<LinearMeasurement> ranking(NumberType type, int rows) {
    return measurements.stream()
        .filter(m -> m.type() == type && m.rows() == rows && m.works())
        .sorted(Comparator.comparingDouble(LinearMeasurement::gigabytes).reversed())
        .toList();
  }

  /** With further measurements. */
  LinearTable with(List<LinearMeasurement> further) {
    List<LinearMeasurement> all = new ArrayList<>(measurements);
    all.addAll(further);
    return new LinearTable(all);
  }
}
