package io.capbench.samples.train;

import java.io.PrintStream;
import java.util.Locale;

/** A line on the terminal that says how far a training is and how long it will take. */
public final class TrainingProgress {
  private static final double NANOS = 1e9;

  private final PrintStream terminal;
  private final boolean rewrites;
  private final long began = System.nanoTime();
  private long first = -1;

  /**
   * Tells on a terminal.
   *
   * @param rewrites whether a line can take the place of the one before
   */
  public TrainingProgress(PrintStream terminal, boolean rewrites) {
    this.terminal = terminal;
    this.rewrites = rewrites;
  }

  /** Tells of a step. */
  void told(long step, long steps, double loss) {
    double seconds = (System.nanoTime() - began) / NANOS;
    if (first < 0) {
      first = step; // what came before was another run, or warming up
      tell(line(step, steps, loss, ""), step == steps);
      return;
    }
    tell(line(step, steps, loss, left((steps - step) * pace(step, seconds))), step == steps);
  }

  private double pace(long step, double seconds) {
    return seconds / Math.max(1, step - first);
  }

  private void tell(String line, boolean last) {
    terminal.print((rewrites ? "\r\u001b[K" : "") + line + (rewrites && !last ? "" : "\n"));
    terminal.flush();
  }

  static String line(long step, long steps, double loss, String left) {
    return String.format(
        Locale.ROOT,
        "step %,d of %,d  %d %%  loss %.4f%s",
        step,
        steps,
        100 * step / steps,
        loss,
        left);
  }

  static String left(double seconds) {
    long minutes = Math.round(seconds / 60);
    return minutes < 1 ? "  less than a minute left" : "  " + minutes + " min left";
  }
}
