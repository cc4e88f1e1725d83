package io.capbench.viewer.picture;

import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Small pictures of rows, decoded in the background, the last asked for first. Keeps {@value #KEPT}
 * of them. Methods belong on the FX thread; {@link #close} may be called anywhere.
 */
public final class Thumbnails implements AutoCloseable {
  private static final int KEPT = 500;
  private static final int WAITING = 64;
  private static final int THREADS = 2;

  private final PictureDecoder decoder;
  private final int side;
  private final Executor fx;
  private final Runnable onArrival;
  private final ExecutorService workers;
  private final Deque<Request> waiting = new ConcurrentLinkedDeque<>();
  private final Set<RowKey> asked = new HashSet<>();
  private final Map<RowKey, Picture> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RowKey, Picture> eldest) {
          return size() > KEPT;
        }
      };

  private record Request(RowKey key, ImageRef image) {}

  /**
   * Starts two threads that wait for work.
   *
   * @param decoder reads the images
   * @param side longest side of a thumbnail in pixels
   * @param fx runs things on the FX thread
   * @param onArrival called on the FX thread when a thumbnail has come
   */
  public Thumbnails(PictureDecoder decoder, int side, Executor fx, Runnable onArrival) {
    this.decoder = decoder;
    this.side = side;
    this.fx = fx;
    this.onArrival = onArrival;
    this.workers =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "thumbnails");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The row's thumbnail as far as it is here; asks for it if it is not. */
  public Picture of(RowKey key, ImageRef image) {
    Picture picture = kept.get(key);
    if (picture != null) {
      return picture;
    }
    if (asked.add(key)) {
      waiting.push(new Request(key, image));
      if (waiting.size() > WAITING) {
        Request oldest = waiting.pollLast();
        if (oldest != null) {
          asked.remove(oldest.key());
        }
      }
      if (!workers.isShutdown()) {
        workers.execute(this::decodeNext);
      }
    }
    return new Picture.Loading();
  }

  /** Runs on a worker. Finds nothing when its request was pushed out by newer ones. */
  private void decodeNext() {
    Request next = waiting.poll();
    if (next != null) {
      Picture picture = decoder.decode(next.image(), side);
      fx.execute(() -> arrived(next.key(), picture));
    }
  }

  private void arrived(RowKey key, Picture picture) {
    asked.remove(key);
    kept.put(key, picture);
    onArrival.run();
  }

  /** Stops the threads. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
