package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;

/** The same job, without a word about how far a step of it is. */
record QuietContext(JobContext job) implements JobContext {
  @Override
  public void progress(long done, long total, String unit) {}

  @Override
  public boolean cancelled() {
    return job.cancelled();
  }

  @Override
  public void checkCancelled() {
    job.checkCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    return job.onCancel(action);
  }
}
