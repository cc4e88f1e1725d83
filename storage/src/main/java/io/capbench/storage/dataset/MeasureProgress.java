package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;

/** How many rows of a dataset are measured. For one thread. */
final class MeasureProgress {
  private final JobContext context;
  private final long total;
  private long done;

  MeasureProgress(JobContext context, long total) {
    this.context = context;
    this.total = total;
  }

  JobContext context() {
    return context;
  }

  void add(int rows) {
    done += rows;
    context.progress(done, total, "rows");
  }
}
