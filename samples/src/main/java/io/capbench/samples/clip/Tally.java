package io.capbench.samples.clip;

import java.util.Map;
import java.util.TreeMap;

/** Counts hits of whatever has a name. */
final class Tally {
  private final Map<String, double[]> counts = new TreeMap<>();

  /** Counts a try. */
  void add(String name, boolean hit) {
    add(name, hit ? 1 : 0);
  }

  /**
   * Counts a try that hits by chance.
   *
   * @param chance 0..1
   */
  void add(String name, double chance) {
    double[] count = counts.computeIfAbsent(name, key -> new double[2]);
    count[0] += chance;
    count[1]++;
  }

  /** Hits of a hundred tries; NaN if there were none. */
  double percent(String name) {
    double[] count = counts.getOrDefault(name, new double[2]);
    return 100 * count[0] / count[1];
  }

  /** How many tries there were. */
  int tries(String name) {
    return (int) counts.getOrDefault(name, new double[2])[1];
  }

  /** Hits of a hundred tries of everything that was counted. */
  Map<String, Double> percents() {
    Map<String, Double> percents = new TreeMap<>();
    counts.keySet().forEach(name -> percents.put(name, percent(name)));
    return percents;
  }
}
