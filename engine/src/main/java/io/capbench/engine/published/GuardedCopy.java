package io.capbench.engine.published;

import io.capbench.storage.job.DaemonThreads;
import io.capbench.storage.job.JobContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies what a server sends until it ends, stalls, or somebody cancels. */
final class GuardedCopy {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedCopy.class);
  private static final int BUFFER = 1 << 16;
  private static final int CHECKS_PER_STALL = 4;

  private final InputStream in;
  private final Duration stall;
  private final JobContext context;
  private final AtomicLong lastRead = new AtomicLong(System.nanoTime());

  /**
   * A copy to be made once.
   *
   * @param in a body whose {@code close} wakes a reader that waits
   * @param stall how long nothing may come
   */
  GuardedCopy(InputStream in, Duration stall, JobContext context) {
    this.in = in;
    this.stall = stall;
    this.context = context;
  }

  /**
   * Appends to a part. What has come stays there, whatever ends the copy.
   *
   * @throws IOException if the connection breaks or nothing comes for too long
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  void into(PartialFile part) throws IOException {
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("download-watch"));
    long pause = Math.max(1, stall.toMillis() / CHECKS_PER_STALL);
    Future<?> checks =
        watch.scheduleWithFixedDelay(this::closeIfStalled, pause, pause, TimeUnit.MILLISECONDS);
    JobContext.Registration cancel = context.onCancel(this::close);
    try (OutputStream out = part.append()) {
      long done = part.size();
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        context.checkCancelled();
        lastRead.set(System.nanoTime());
        out.write(buffer, 0, n);
        done += n;
        context.progress(done, part.total() < 0 ? JobContext.UNKNOWN : part.total(), "bytes");
      }
    } finally {
      cancel.close();
      checks.cancel(true);
      watch.shutdownNow();
    }
    context.checkCancelled();
  }

  private void closeIfStalled() {
    if (System.nanoTime() - lastRead.get() > stall.toNanos()) {
      close();
    }
  }

  private void close() {
    try {
      in.close();
    } catch (IOException e) {
      LOG.debug("A broken connection did not close well", e);
    }
  }
}
