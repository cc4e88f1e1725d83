package io.capbench.storage.job;

/** What running work says of itself and is told. Thread-safe. */
public interface JobContext {

  /** Total of a {@link #progress} whose end is not known. */
  long UNKNOWN = -1;

  /**
   * Says how far the work is.
   *
   * @param done finished units
   * @param total all units, or {@link #UNKNOWN}
   * @param unit plural noun: "rows", "bytes"
   */
  void progress(long done, long total, String unit);

  /** Whether somebody wants the work to stop. */
  boolean cancelled();

  /**
   * Ends the work if somebody wants that; to be called between batches.
   *
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  void checkCancelled();

  /**
   * Runs something when the work is cancelled, to wake it from a long call. Runs at once if it is
   * cancelled already.
   *
   * @return to close once the call is over; the action does not run after that
   */
  Registration onCancel(Runnable action);

  /** Ends an {@link #onCancel}. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** A context for work that nobody watches and nobody cancels. */
  static JobContext unwatched() {
    return new UnwatchedJobContext();
  }
}
