package io.capbench.viewer.dataset;

import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.CapbenchException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Work of which only the newest counts: a new request cancels the one before, and what that brings
 * nevertheless is dropped. FX thread only; the work runs as a job.
 */
final class LatestRequest {
  private final JobRunner jobs;
  private final Executor fx;
  private @Nullable JobHandle<?> current;
  private boolean closed;

  /** What is asked for. */
  interface Request<T> {
    String title();

    /** Does the work, on a background thread. */
    T run(JobContext context);

    /** Takes the result, on the FX thread. */
    void succeeded(T result);

    /** Takes the reason, on the FX thread; empty if the person cancelled it. */
    void failed(String sentence);

    /** Frees a result that nobody wants any more. */
    void drop(T result);
  }

  /** A problem that a person can mend, or a result: such a problem is no failure of the job. */
  private record Answer<T>(@Nullable T result, String problem) {}

  LatestRequest(JobRunner jobs, Executor fx) {
    this.jobs = jobs;
    this.fx = fx;
  }

  /** Whether {@link #close} was called. */
  boolean closed() {
    return closed;
  }

  /** Starts a request in place of the one before. */
  <T> void start(Request<T> request) {
    cancel();
    JobHandle<Answer<T>> handle =
        jobs.submit(
            new Job<Answer<T>>() {
              @Override
              public String title() {
                return request.title();
              }

              @Override
              public Answer<T> run(JobContext context) {
                try {
                  return new Answer<>(request.run(context), "");
                } catch (CapbenchException e) {
                  context.checkCancelled();
                  return new Answer<>(null, String.valueOf(e.getMessage()));
                }
              }
            });
    current = handle;
    var unused =
        handle
            .future()
            .whenComplete(
                (answer, thrown) -> fx.execute(() -> ended(handle, request, answer, thrown)));
  }

  /** Asks the request that is under way to stop. */
  void cancel() {
    if (current != null) {
      current.cancel();
    }
  }

  /** Stops what is under way, and drops what it brings nevertheless. */
  void close() {
    cancel();
    closed = true;
    current = null;
  }

  private <T> void ended(
      JobHandle<?> handle,
      Request<T> request,
      @Nullable Answer<T> answer,
      @Nullable Throwable thrown) {
    T result = answer == null ? null : answer.result();
    if (current != handle) {
      if (result != null) {
        request.drop(result);
      }
      return;
    }
    current = null;
    if (result != null) {
      request.succeeded(result);
    } else if (answer != null) {
      request.failed(answer.problem());
    } else {
      request.failed(thrown instanceof CancellationException ? "" : "That did not work: " + thrown);
    }
  }
}
