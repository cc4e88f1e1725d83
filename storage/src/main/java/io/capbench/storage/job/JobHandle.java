package io.capbench.storage.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A submitted job as others see it. Thread-safe.
 *
 * <p>A job ends once. If it returns although somebody asked it to stop, it has succeeded: what it
 * made exists, and somebody must own it. If it throws after somebody asked it to stop, it is
 * cancelled.
 *
 * @param <T> what it leaves behind
 */
public final class JobHandle<T> {
  private static final Logger LOG = LoggerFactory.getLogger(JobHandle.class);

  private final Job<T> job;
  private final String title;
  private final Cancellation cancellation = new Cancellation();
  private final CompletableFuture<T> future = new EndedByTheJob();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Instant submittedAt = Instant.now();

  private volatile Progress progress = Progress.NONE;
  private JobState state = JobState.WAITING;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;

  JobHandle(Job<T> job) {
    this.job = job;
    this.title = job.title();
  }

  /** What it does, in a few words for people. */
  public String title() {
    return title;
  }

  /** Where it runs. */
  public Lane lane() {
    return job.lane();
  }

  /** Where it stands now. */
  public synchronized JobState state() {
    return state;
  }

  /** How far it is now. */
  public Progress progress() {
    return progress;
  }

  /** When it was submitted. */
  public Instant submittedAt() {
    return submittedAt;
  }

  /** When it began to run, or null if it has not. */
  public synchronized @Nullable Instant startedAt() {
    return startedAt;
  }

  /** When it ended, or null if it has not. */
  public synchronized @Nullable Instant finishedAt() {
    return finishedAt;
  }

  /** How long it has been running, or ran; zero if it never began. */
  public synchronized Duration elapsed() {
    if (startedAt == null) {
      return Duration.ZERO;
    }
    return Duration.between(startedAt, finishedAt == null ? Instant.now() : finishedAt);
  }

  /**
   * Its result; ends exceptionally with what the job threw, or as cancelled. Completed after {@link
   * #state} changed and before the listeners are told. Cancelling it cancels the job; only the job
   * itself completes it.
   */
  public CompletableFuture<T> future() {
    return future;
  }

  /** Asks the job to stop. One that waits ends at once, one that runs at its next batch. */
  public void cancel() {
    cancellation.request();
    if (end(JobState.WAITING, JobState.CANCELLED)) {
      publish(() -> future.completeExceptionally(new CancellationException(title)));
    }
  }

  /**
   * Adds somebody to be told of every change of state or progress, on the thread that made it and
   * as often as the job says it: who needs it less often reads at his own pace.
   */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /** Takes that listener away; a call that is under way still reaches it. */
  public void removeListener(Runnable listener) {
    listeners.remove(listener);
  }

  /** Runs the job on this thread, unless it was cancelled before. */
  void run() {
    synchronized (this) {
      if (state != JobState.WAITING) {
        return;
      }
      state = JobState.RUNNING;
      startedAt = Instant.now();
    }
    tellListeners();
    try {
      T result = job.run(new Context());
      end(JobState.RUNNING, JobState.SUCCEEDED);
      publish(() -> future.complete(result));
    } catch (CancellationException e) {
      endCancelled();
    } catch (Throwable e) { // an OutOfMemoryError ends the job, not the lane
      if (cancellation.requested()) {
        LOG.info("\"{}\" was cancelled and stopped with an error", title, e);
        endCancelled();
      } else {
        LOG.warn("\"{}\" failed", title, e);
        end(JobState.RUNNING, JobState.FAILED);
        publish(() -> future.completeExceptionally(e));
      }
    }
  }

  private void endCancelled() {
    end(JobState.RUNNING, JobState.CANCELLED);
    publish(() -> future.completeExceptionally(new CancellationException(title)));
  }

  private synchronized boolean end(JobState from, JobState to) {
    if (state != from) {
      return false;
    }
    state = to;
    finishedAt = Instant.now();
    return true;
  }

  private void publish(Runnable completion) {
    completion.run();
    tellListeners();
  }

  private void tellListeners() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        // A view that fails to draw must not fail the work it watches.
        LOG.warn("A listener of \"{}\" failed", title, e);
      }
    }
  }

  @Override
  public String toString() {
    return title + " (" + state() + ")";
  }

  /** A future whose cancellation goes through the job, so that both agree on the end. */
  private final class EndedByTheJob extends CompletableFuture<T> {
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      JobHandle.this.cancel();
      return isCancelled();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }
  }

  private final class Context implements JobContext {
    @Override
    public void progress(long done, long total, String unit) {
      progress = new Progress(done, total, unit);
      tellListeners();
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
}
