package io.capbench.engine.torch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was measured of the ways to linear layers on this machine.
 *
 * @param measurements by type, rows and way
 */
public record LinearTable(List<LinearMeasurement> measurements) {

  /** Copies the list. */
  public LinearTable {
    measurements = List.copyOf(measurements);
  }

  /** The fastest way for weights of a type and so many rows, if they were tried. */
  public Optional<LinearMeasurement> best(NumberType type, int rows) {
    return ranking(type, rows).stream().findFirst();
  }

  /** What is out: a measurement of one row for each way that fails with any. */
  public List<LinearMeasurement> failures() {
    return measurements.stream().filter(m -> !m.works()).toList();
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
