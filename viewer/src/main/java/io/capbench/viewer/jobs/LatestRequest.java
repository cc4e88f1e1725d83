package io.capbench.viewer.jobs;

import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.Lane;
import io.capbench.storage.model.CapbenchException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work of which only the newest counts: a new request cancels the one before, and what that brings
 * nevertheless is dropped. FX thread only; the work runs as a job.
 */
public final class LatestRequest {
  private final JobRunner jobs;
  private final Executor fx;
  private @Nullable Running<?> current;
  private boolean closed;

  /** What is asked for. */
  public interface Request<T> {
    /** What it does, in a few words for people. */
    String title();

    /** Where it runs. */
    default Lane lane() {
      return Lane.IO;
    }

    /**
     * Does the work, on a background thread.
     *
     * @param early may get the result once before it is complete. It belongs to the request then:
     *     also if the work fails
     */
    T run(JobContext context, Consumer<T> early);

    /** Takes a result that is not complete yet, on the FX thread. */
    default void began(T early) {}

    /** Takes the result, on the FX thread: the early one once more if there was one. */
    void succeeded(T result);

    /** Takes the reason, on the FX thread; empty if the person cancelled it. */
    void failed(String sentence);

    /** Frees a result that nobody wants any more and that {@link #began} did not get. */
    default void drop(T result) {}
  }

  /** A problem that a person can mend, or a result: such a problem is no failure of the job. */
  private record Answer<T>(@Nullable T result, String problem) {}

  private static final class Running<T> {
    final Request<T> request;
    final AtomicReference<@Nullable T> early = new AtomicReference<>();
    @Nullable JobHandle<Answer<T>> handle;
    boolean shown;

    Running(Request<T> request) {
      this.request = request;
    }
  }

  /**
   * A place for requests.
   *
   * @param jobs runs the work
   * @param fx runs things on the FX thread
   */
  public LatestRequest(JobRunner jobs, Executor fx) {
    this.jobs = jobs;
    this.fx = fx;
  }

  /** Whether {@link #close} was called. */
  public boolean closed() {
    return closed;
  }

  /** Starts a request in place of the one before. */
  public <T> void start(Request<T> request) {
    cancel();
    Running<T> running = new Running<>(request);
    current = running;
    JobHandle<Answer<T>> handle =
        jobs.submit(
            new Job<Answer<T>>() {
              @Override
              public String title() {
                return request.title();
              }

              @Override
              public Lane lane() {
                return request.lane();
              }

              @Override
              public Answer<T> run(JobContext context) {
                try {
                  return new Answer<>(request.run(context, early -> came(running, early)), "");
                } catch (CapbenchException e) {
                  context.checkCancelled();
                  return new Answer<>(null, String.valueOf(e.getMessage()));
                }
              }
            });
    running.handle = handle;
    var unused =
        handle
            .future()
            .whenComplete((answer, thrown) -> fx.execute(() -> ended(running, answer, thrown)));
  }

  /** Asks the request that is under way to stop. */
  public void cancel() {
    if (current != null && current.handle != null) {
      current.handle.cancel();
    }
  }

  /** Stops what is under way, and drops what it brings nevertheless. */
  public void close() {
    cancel();
    closed = true;
    current = null;
  }

  private <T> void came(Running<T> running, T early) {
    running.early.set(early);
    fx.execute(
        () -> {
          if (current == running) {
            running.shown = true;
            running.request.began(early);
          }
        });
  }

  private static String sentence(@Nullable Throwable thrown) {
    if (thrown instanceof CancellationException) {
      return "";
    }
    return thrown instanceof OutOfMemoryError
        ? "There is not enough memory for that. Java may use "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MB; CAPBENCH_JAVA_OPTIONS=-Xmx4g gives it more."
        : "That did not work: " + thrown;
  }

  private <T> void ended(
      Running<T> running, @Nullable Answer<T> answer, @Nullable Throwable thrown) {
    T result = answer == null ? null : answer.result();
    Request<T> request = running.request;
    if (current != running) {
      T left = result == null ? running.early.get() : result;
      if (left != null && !running.shown) {
        request.drop(left);
      }
      return;
    }
    current = null;
    if (result != null) {
      request.succeeded(result);
    } else if (answer != null) {
      request.failed(answer.problem());
    } else {
      request.failed(sentence(thrown));
    }
  }
}
