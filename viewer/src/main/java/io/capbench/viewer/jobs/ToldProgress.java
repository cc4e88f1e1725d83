package io.capbench.viewer.jobs;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.Progress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes progress on to the FX thread as well, the newest once a turn: work may report more often
 * than a window can draw.
 */
public final class ToldProgress implements JobContext {
  private final JobContext context;
  private final Executor fx;
  private final Consumer<Progress> listener;
  private final AtomicReference<@Nullable Progress> newest = new AtomicReference<>();

  /**
   * Passes progress on.
   *
   * @param context hears of all of it
   * @param fx runs things on the FX thread
   * @param listener hears the newest, on the FX thread
   */
  public ToldProgress(JobContext context, Executor fx, Consumer<Progress> listener) {
    this.context = context;
    this.fx = fx;
    this.listener = listener;
  }

  @Override
  public void progress(long done, long total, String unit) {
    context.progress(done, total, unit);
    if (newest.getAndSet(new Progress(done, total, unit)) == null) {
      fx.execute(this::tell);
    }
  }

  private void tell() {
    Progress progress = newest.getAndSet(null);
    if (progress != null) {
      listener.accept(progress);
    }
  }

  @Override
  public boolean cancelled() {
    return context.cancelled();
  }

  @Override
  public void checkCancelled() {
    context.checkCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    return context.onCancel(action);
  }
}
