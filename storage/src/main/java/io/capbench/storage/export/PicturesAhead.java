package io.capbench.storage.export;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.job.DaemonThreads;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.ImageRef;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Reads pictures a little ahead of those who take them, several at a time, and hands them out in
 * the order in which they were asked for. One thread asks and takes.
 */
final class PicturesAhead implements AutoCloseable {
  private static final int THREADS = 8;
  private static final long HELD_BYTES = 64L << 20;

  private final ImageSource images;
  private final ExecutorService readers;
  private final JobContext.Registration cancelling;
  private final Deque<Future<ImageBytes>> pictures = new ConcurrentLinkedDeque<>();

  /**
   * Starts threads when they are needed.
   *
   * @param context stops the reading when it is cancelled
   */
  PicturesAhead(ImageSource images, JobContext context) {
    this.images = images;
    readers = DaemonThreads.pool(THREADS, "pictures-ahead");
    cancelling = context.onCancel(this::stop);
  }

  /** Whether so many bytes are here that some should be taken before more are asked for. */
  boolean heavy() {
    return pictures.stream().filter(Future::isDone).mapToLong(PicturesAhead::length).sum()
        > HELD_BYTES;
  }

  private static long length(Future<ImageBytes> done) {
    try {
      return done.get().bytes().length;
    } catch (ExecutionException | CancellationException e) {
      return 0; // told to the one who takes it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Begins to read a picture. */
  void ask(ImageRef image) {
    pictures.add(readers.submit(() -> images.read(image)));
  }

  /**
   * The next picture that was asked for; waits for it.
   *
   * @throws ImageException if it cannot be read
   * @throws CancellationException if the work was cancelled
   */
  ImageBytes take() throws ImageException {
    try {
      ImageBytes image = pictures.element().get();
      pictures.remove();
      return image;
    } catch (ExecutionException e) {
      pictures.remove();
      if (e.getCause() instanceof ImageException reason) {
        throw reason;
      }
      throw new IllegalStateException("Reading a picture went wrong", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while waiting for a picture");
    }
  }

  private void stop() {
    pictures.forEach(picture -> picture.cancel(true));
  }

  @Override
  public void close() {
    cancelling.close();
    readers.shutdownNow();
  }
}
