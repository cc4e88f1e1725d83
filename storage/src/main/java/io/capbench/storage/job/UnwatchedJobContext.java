package io.capbench.storage.job;

/** Drops progress and is never cancelled. */
final class UnwatchedJobContext implements JobContext {
  @Override
  public void progress(long done, long total, String unit) {}

  @Override
  public boolean cancelled() {
    return false;
  }

  @Override
  public void checkCancelled() {}

  @Override
  public Registration onCancel(Runnable action) {
    return () -> {};
  }
}
