package io.capbench.app.bench;

import java.util.Arrays;

/** Times of the same work, in milliseconds. Not thread-safe. */
final class Timing {
  static final double NANOS = 1e6;

  private double[] times = new double[16];
  private int count;

  /** Work that is timed. */
  interface Work {
    void run();
  }

  /** Runs work and keeps its time. */
  void add(Work work) {
    long start = System.nanoTime();
    work.run();
    addNanos(System.nanoTime() - start);
  }

  void addNanos(long nanos) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
    }
    times[count++] = nanos / NANOS;
  }

  boolean isEmpty() {
    return count == 0;
  }

  double median() {
    return percentile(50);
  }

  double max() {
    return percentile(100);
  }

  /** The smallest time that so many percent of the times do not exceed. */
  double percentile(int percent) {
    if (count == 0) {
      throw new IllegalStateException("Nothing was timed");
    }
    double[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(count * percent / 100.0) - 1)];
  }
}
