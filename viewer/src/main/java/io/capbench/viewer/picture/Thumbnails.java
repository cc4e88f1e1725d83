package io.capbench.viewer.picture;

import io.capbench.storage.job.DaemonThreads;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import io.capbench.viewer.picture.PictureQueue.Wanted;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small pictures of rows, brought in the background. Those on this machine are brought as soon as
 * they are asked for, the last asked for first. Those on the web have threads of their own and are
 * asked for only once the list rests, see {@link #rest}: a fast scroll fetches nothing. Keeps
 * {@value #KEPT} of them. Methods belong on the FX thread; {@link #close} may be called anywhere.
 */
public final class Thumbnails implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Thumbnails.class);
  private static final int KEPT = 500;
  private static final int WAITING = 64;
  private static final int THREADS = 2;
  private static final int WEB_THREADS = 12;
  private static final int PER_HOST = 3;

  private final PictureDecoder decoder;
  private final int side;
  private final Executor fx;
  private final Runnable onArrival;
  private final ExecutorService workers = DaemonThreads.pool(THREADS, "thumbnails");
  private final ExecutorService webWorkers = DaemonThreads.pool(WEB_THREADS, "web-thumbnails");
  private final PictureQueue local = new PictureQueue(WAITING, THREADS);
  private final PictureQueue web = new PictureQueue(WAITING, PER_HOST);
  private final Set<RowKey> asked = new HashSet<>();
  private final Map<RowKey, Picture> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RowKey, Picture> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * Has threads ready that wait for work.
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
  }

  /**
   * The row's thumbnail as far as it is here. If it is not, and is on this machine, asks for it.
   */
  public Picture of(RowKey key, ImageRef image) {
    Picture picture = kept.get(key);
    if (picture != null) {
      return picture;
    }
    if (!(image instanceof ImageRef.Url) && asked.add(key)) {
      Wanted dropped = local.first(new Wanted(key, image));
      if (dropped != null) {
        asked.remove(dropped.key());
      }
      work(workers, local, 1);
    }
    return new Picture.Loading();
  }

  /**
   * Says what the person sees now that the list rests: asks for what is missing of it and then for
   * what is around it. What waited from earlier and was scrolled away is dropped.
   *
   * @param visible rows that can be seen
   * @param around rows of a page before and after them
   */
  public void rest(List<CaptionRow> visible, List<CaptionRow> around) {
    web.clear().forEach(wanted -> asked.remove(wanted.key()));
    visible.forEach(this::ask);
    around.forEach(this::ask);
    work(webWorkers, web, WEB_THREADS);
    work(workers, local, THREADS);
  }

  private void ask(CaptionRow row) {
    if (kept.containsKey(row.key()) || asked.contains(row.key())) {
      return;
    }
    PictureQueue queue = row.image() instanceof ImageRef.Url ? web : local;
    if (queue.last(new Wanted(row.key(), row.image()))) {
      asked.add(row.key());
    }
  }

  /** Forgets that pictures are missing: they are asked for again like new ones. */
  public void forgetMissing() {
    kept.values().removeIf(picture -> picture instanceof Picture.Missing);
  }

  private void work(ExecutorService threads, PictureQueue queue, int count) {
    for (int i = 0; i < count && !threads.isShutdown(); i++) {
      threads.execute(() -> bring(queue));
    }
  }

  /** Runs on a worker until there is nothing that it may bring. */
  private void bring(PictureQueue queue) {
    Wanted next = queue.take();
    while (next != null) {
      Wanted wanted = next;
      try {
        Picture picture = decoder.decode(wanted.image(), side);
        fx.execute(() -> arrived(wanted.key(), picture));
      } catch (IllegalStateException e) {
        if (!workers.isShutdown()) {
          throw e;
        }
        LOG.debug("The dataset was closed before {} was read", wanted.image().name(), e);
      } finally {
        queue.done(wanted);
      }
      next = queue.take();
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
    webWorkers.shutdownNow();
  }
}
