package io.capbench.storage.dataset;

import io.capbench.storage.job.DaemonThreads;
import io.capbench.storage.job.JobContext;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Threads that measure rows, one a processor and at least two. The caller closes. */
final class MeasureWorkers implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 50;

  private final RowMeasure measure;
  private final int width;
  private final int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ExecutorService pool = DaemonThreads.pool(threads, "measure");

  MeasureWorkers(RowMeasure measure) {
    this.measure = measure;
    this.width = measure.values().size();
  }

  /** The captions of a row. */
  record Captions(@Nullable String raw, @Nullable String synthetic, @Nullable String fused) {}

  /** How many batches keep every thread busy. */
  int batches() {
    return 2 * threads;
  }

  /** Values of rows, one row behind the other. */
  Future<double[]> submit(List<Captions> rows) {
    return pool.submit(() -> measure(rows));
  }

  private double[] measure(List<Captions> rows) {
    double[] all = new double[rows.size() * width];
    double[] values = new double[width];
    for (int i = 0; i < rows.size() && !closed.get(); i++) {
      Captions row = rows.get(i);
      measure.measure(row.raw(), row.synthetic(), row.fused(), values);
      System.arraycopy(values, 0, all, i * width, width);
    }
    return all;
  }

  /**
   * Waits for a batch.
   *
   * @throws CancellationException if cancelled
   */
  static double[] await(Future<double[]> batch, JobContext context) {
    context.checkCancelled();
    while (true) {
      try {
        return batch.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        context.checkCancelled();
      } catch (ExecutionException e) {
        throw new IllegalStateException("Rows cannot be measured", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while rows were measured", e);
      }
    }
  }

  /** Ends the threads; nobody waits for the row that one is at. */
  @Override
  public void close() {
    closed.set(true);
    pool.shutdownNow();
  }
}
