package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.source.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks into parquet files on a few threads, ahead of whoever asks for them in order. Files that
 * must be imported first are opened by whoever asks: an import takes every core and much memory.
 */
final class ShardsAhead implements AutoCloseable {
  private static final int THREADS = 4;

  private final ShardOpener opener;
  private final JobContext context;
  private final ExecutorService threads;
  private final Deque<Future<ShardOpener.Opened>> ahead = new ArrayDeque<>();

  /**
   * Begins with the first files.
   *
   * @param sources in the order in which they will be asked for
   */
  ShardsAhead(ShardOpener opener, List<SourceFile> sources, JobContext context) {
    this.opener = opener;
    this.context = context;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "footers-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    List<SourceFile> light = new ArrayList<>(sources);
    light.removeIf(source -> !isLight(source));
    light.forEach(source -> ahead.add(threads.submit(() -> look(source))));
  }

  private static boolean isLight(SourceFile source) {
    return source.kind() == SourceFile.Kind.PARQUET && source.problem() == null;
  }

  private ShardOpener.Opened look(SourceFile source) {
    context.checkCancelled();
    return opener.open(source, context);
  }

  /**
   * The next file's shard.
   *
   * @throws io.capbench.storage.model.CapbenchException as {@link ShardOpener#open} does
   * @throws CancellationException if cancelled
   */
  ShardOpener.Opened open(SourceFile source) {
    context.checkCancelled();
    if (!isLight(source)) {
      return opener.open(source, context);
    }
    try {
      return ahead.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("Interrupted");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  /** Gives up what nobody asked for, and waits until no file is looked into any more. */
  @Override
  public void close() {
    ahead.forEach(shard -> shard.cancel(false));
    threads.shutdown();
    boolean interrupted = false;
    boolean over = false;
    while (!over) {
      try {
        over = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
