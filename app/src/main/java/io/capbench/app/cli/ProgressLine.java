package io.capbench.app.cli;

import io.capbench.storage.job.Progress;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Shows on a terminal how far the work is: not at all in its first moment, then ten times a second
 * at most. Thread-safe.
 *
 * <p>Not a library: those at hand bring a terminal library of their own along, for twenty lines of
 * drawing.
 */
final class ProgressLine implements Consumer<Progress> {
  private static final long FIRST_NANOS = 500_000_000;
  private static final long NEXT_NANOS = 100_000_000;
  private static final int WIDTH = 30;

  private final Terminal terminal;
  private final LongSupplier nanos;
  private long due;

  /**
   * A line that nothing is shown on yet.
   *
   * @param nanos a clock such as {@link System#nanoTime}
   */
  ProgressLine(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.due = nanos.getAsLong() + FIRST_NANOS;
  }

  @Override
  public void accept(Progress progress) {
    synchronized (this) {
      long now = nanos.getAsLong();
      if (now - due < 0) {
        return;
      }
      due = now + NEXT_NANOS;
    }
    if (terminal.showsProgress()) {
      terminal.status(text(progress));
    }
  }

  private static String text(Progress progress) {
    long done = progress.done();
    long total = progress.total();
    if (!progress.bounded() || total == 0) {
      return String.format(Locale.ROOT, "%,d %s", done, progress.unit());
    }
    double share = Math.min(1, Math.max(0, (double) done / total));
    int filled = (int) (share * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d %%  %,d of %,d %s",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        (int) (share * 100),
        done,
        total,
        progress.unit());
  }
}
