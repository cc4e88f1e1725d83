package io.capbench.app.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this processor computes linear layers.
 *
 * @param processor as the system calls it
 * @param limits settings that make it a lesser one
 * @param threads of PyTorch
 * @param ways every way that was tried, by type and rows, the chosen one first
 * @param advice which precision suits this processor
 */
public record LinearReport(
    String processor, List<String> limits, int threads, List<Way> ways, List<String> advice) {

  /** Copies the lists. */
  public LinearReport {
    limits = List.copyOf(limits);
    ways = List.copyOf(ways);
    advice = List.copyOf(advice);
  }

  /**
   * A way.
   *
   * @param operation what it computes
   * @param type of the weights
   * @param rows of input
   * @param way its name
   * @param chosen whether models take it
   * @param gigabytesPerSecond of weights, 10^9 bytes
   * @param failure why it is out, or null
   */
  public record Way(
      String operation,
      String type,
      int rows,
      String way,
      boolean chosen,
      double gigabytesPerSecond,
      @Nullable String failure) {}
}
