package io.capbench.storage.export;

import io.capbench.storage.job.JobContext;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Notes progress and is cancelled once that many rows are done.
 *
 * @param limit number of rows
 * @param progress what was said
 */
record CancellableContext(long limit, List<Long> progress) implements JobContext {
  @Override
  public void progress(long done, long total, String unit) {
    progress.add(done);
  }

  @Override
  public boolean cancelled() {
    return progress.size() >= limit;
  }

  @Override
  public void checkCancelled() {
    if (cancelled()) {
      throw new CancellationException();
    }
  }

  @Override
  public Registration onCancel(Runnable action) {
    return () -> {}; // the export checks by itself
  }
}
