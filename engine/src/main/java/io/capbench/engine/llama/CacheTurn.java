package io.capbench.engine.llama;

import io.capbench.storage.job.JobContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a file of the cache, among all threads and programs that use it. It ends with
 * the program, however that ends. The small file that it is held by stays: who took it away could
 * take it from under somebody who waits.
 */
final class CacheTurn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CacheTurn.class);
  private static final long PATIENCE_MILLIS = 200;

  private final FileChannel channel;

  private CacheTurn(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until nobody else has it.
   *
   * @param file made if it is not there; its folder is
   * @param context ends the waiting
   * @return to be closed when the work is done
   * @throws IOException if the file cannot be made or locked
   * @throws CancellationException if cancelled
   */
  static CacheTurn take(Path file, JobContext context) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      boolean told = false;
      while (lock(channel) == null) {
        if (!told) {
          LOG.info("Waiting for another program that makes the same file, by {}", file);
          told = true;
        }
        context.checkCancelled();
        Thread.sleep(PATIENCE_MILLIS);
      }
      return new CacheTurn(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("Interrupted while waiting");
      cancelled.initCause(e);
      throw cancelled;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Null if another thread or program has it. */
  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      LOG.trace("Another thread has it", e);
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
