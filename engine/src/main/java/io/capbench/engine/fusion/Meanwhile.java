package io.capbench.engine.fusion;

import io.capbench.storage.job.JobContext;

/**
 * Does something on the side whenever work asks whether to stop, as it does also while it waits for
 * a model or a server.
 */
final class Meanwhile implements JobContext {
  private final JobContext context;
  private final Runnable aside;

  /**
   * Passes everything on.
   *
   * @param aside short; run on the thread that asks, unless the work is to stop
   */
  Meanwhile(JobContext context, Runnable aside) {
    this.context = context;
    this.aside = aside;
  }

  @Override
  public void progress(long done, long total, String unit) {
    context.progress(done, total, unit);
  }

  @Override
  public boolean cancelled() {
    return context.cancelled();
  }

  @Override
  public void checkCancelled() {
    context.checkCancelled();
    aside.run();
  }

  @Override
  public Registration onCancel(Runnable action) {
    return context.onCancel(action);
  }
}
