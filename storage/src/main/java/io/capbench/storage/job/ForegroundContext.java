package io.capbench.storage.job;

import java.util.function.Consumer;

/**
 * The context of work that runs on the caller's own thread, as on the command line: progress goes
 * to a callback, and {@link #cancel} may be called from any thread, for example by a shutdown hook.
 * Thread-safe.
 */
public final class ForegroundContext implements JobContext {
  private final Cancellation cancellation = new Cancellation();
  private final Consumer<Progress> listener;

  /**
   * Watches one piece of work.
   *
   * @param listener told every progress, on the working thread, as often as the work says it
   */
  public ForegroundContext(Consumer<Progress> listener) {
    this.listener = listener;
  }

  /** Asks the work to stop. Idempotent; does not wait for it. */
  public void cancel() {
    cancellation.request();
  }

  @Override
  public void progress(long done, long total, String unit) {
    listener.accept(new Progress(done, total, unit));
  }

  @Override
  public boolean cancelled() {
    return cancellation.requested();
  }

  @Override
  public void checkCancelled() {
    cancellation.check();
  }

  @Override
  public Registration onCancel(Runnable action) {
    return cancellation.onRequest(action);
  }
}
