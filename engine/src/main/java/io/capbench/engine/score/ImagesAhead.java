package io.capbench.engine.score;

import io.capbench.engine.pixels.PixelTensor;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.job.DaemonThreads;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ContentDigest;
import io.capbench.storage.workspace.ScoredModel;
import io.capbench.storage.workspace.Scores;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Reads and prepares images while the model looks at earlier ones, and hands them out in the order
 * in which they were asked for. One thread asks and takes.
 */
final class ImagesAhead implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int MEGAPIXEL = 1_000_000;

  /** Megapixels that are decoded at a time, at four bytes each. */
  private static final int DECODED = 128;

  private final JointSpace space;
  private final ImageSource images;
  private final Scores scores;
  private final ScoredModel model;
  private final ExecutorService threads;
  private final JobContext.Registration cancelling;
  private final Queue<Future<PreparedRow>> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore decoded = new Semaphore(DECODED);

  /**
   * Starts threads when they are needed.
   *
   * @param scores asked for scores of the same caption and image
   * @param context stops the reading when it is cancelled
   */
  ImagesAhead(
      JointSpace space, ImageSource images, Scores scores, ScoredModel model, JobContext context) {
    this.space = space;
    this.images = images;
    this.scores = scores;
    this.model = model;
    threads = DaemonThreads.pool(THREADS, "images-ahead");
    cancelling = context.onCancel(() -> waiting.forEach(one -> one.cancel(true)));
  }

  /** How many were asked for and not taken. */
  int waiting() {
    return waiting.size();
  }

  /** Begins to prepare a row. */
  void ask(PendingRow row) {
    waiting.add(threads.submit(() -> prepare(row)));
  }

  /**
   * The next row that was asked for; waits for it.
   *
   * @throws CancellationException if the work was cancelled
   */
  PreparedRow take() {
    try {
      return waiting.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("Preparing an image went wrong", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while waiting for an image");
    }
  }

  private PreparedRow prepare(PendingRow row) throws InterruptedException {
    String hash = null;
    Map<CaptionTrack, Double> reused = Map.of();
    try {
      ImageBytes image = images.read(row.row().image());
      hash = ContentDigest.of(image.bytes());
      reused = reused(row, hash);
      PixelTensor pixels = reused.size() == row.tracks().size() ? null : decode(image);
      return new PreparedRow(row, hash, reused, pixels, null);
    } catch (ImageException e) {
      return new PreparedRow(row, hash, reused, null, e.getMessage());
    }
  }

  private Map<CaptionTrack, Double> reused(PendingRow row, String hash) {
    Map<CaptionTrack, Double> known = new HashMap<>();
    for (CaptionTrack track : row.tracks()) {
      scores
          .ofSameContent(model, ContentDigest.of(row.caption(track)), hash)
          .ifPresent(similarity -> known.put(track, similarity));
    }
    return known;
  }

  private PixelTensor decode(ImageBytes image) throws ImageException, InterruptedException {
    long pixels = (long) image.width() * image.height();
    int permits = (int) Math.min(DECODED, pixels / MEGAPIXEL + 1);
    decoded.acquire(permits);
    try {
      return space.prepare(image);
    } finally {
      decoded.release(permits);
    }
  }

  @Override
  public void close() {
    cancelling.close();
    threads.shutdownNow();
  }
}
