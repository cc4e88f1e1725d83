package io.capbench.engine.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The best ended hypotheses of a row ({@code BeamHypotheses} in {@code beam_search.py}). */
final class HypothesisPool {
  private final int size;
  private final List<Hypothesis> pool = new ArrayList<>();
  private double worst = 1e9;

  HypothesisPool(int size) {
    this.size = size;
  }

  /** Keeps one if there is room or it is better than the worst. */
  void add(Hypothesis hypothesis) {
    double score = score(hypothesis);
    if (pool.size() >= size && score <= worst) {
      return;
    }
    pool.add(hypothesis);
    if (pool.size() <= size) {
      worst = Math.min(score, worst);
      return;
    }
    int lowest = 0;
    for (int i = 1; i < pool.size(); i++) {
      if (score(pool.get(i)) < score(pool.get(lowest))) {
        lowest = i;
      }
    }
    pool.remove(lowest);
    worst = pool.stream().mapToDouble(HypothesisPool::score).min().orElseThrow();
  }

  boolean full() {
    return pool.size() >= size;
  }

  double worst() {
    return worst;
  }

  /** The best ones; of equals, the one that came last. */
  List<Hypothesis> best(int n) {
    List<Hypothesis> ranked = new ArrayList<>();
    for (int i = pool.size() - 1; i >= 0; i--) {
      ranked.add(pool.get(i));
    }
    ranked.sort(Comparator.comparingDouble(HypothesisPool::score).reversed());
    return List.copyOf(ranked.subList(0, n));
  }

  private static double score(Hypothesis hypothesis) {
    Double score = hypothesis.score();
    if (score == null) {
      throw new IllegalArgumentException("a hypothesis without a score");
    }
    return score;
  }
}
