package io.capbench.storage.dataset;

import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.image.ImageStatuses;
import io.capbench.storage.job.DaemonThreads;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ImageRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the images of rows, many at once, and notes what became of them. What is known already
 * is not asked for again, so that a check that was stopped goes on where it was. Images on the web
 * are fetched whole, because only then it is known that they are images. Used once.
 */
public final class ImageCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ImageCheck.class);
  private static final int PAGE = 500;
  private static final int THREADS = 24;
  private static final int WAITING = 200;

  private final RowView rows;
  private final ImageSource images;
  private final ImageStatuses statuses;
  private final Map<ImageStatus, LongAdder> counts = new ConcurrentHashMap<>();
  private final AtomicLong done = new AtomicLong();

  /**
   * A check of some rows.
   *
   * @param rows the rows; the caller closes them
   * @param dataset the dataset they belong to
   */
  public ImageCheck(RowView rows, Dataset dataset) {
    this(rows, dataset.images(), dataset.statuses());
  }

  ImageCheck(RowView rows, ImageSource images, ImageStatuses statuses) {
    this.rows = rows;
    this.images = images;
    this.statuses = statuses;
  }

  /**
   * Counts rows by what is known of their images, and asks nobody.
   *
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public ImageCounts count(JobContext context) {
    long size = rows.size();
    for (long from = 0; from < size; from += PAGE) {
      context.checkCancelled();
      List<CaptionRow> page = rows.page(from, PAGE);
      Map<String, ImageStatus> known = statuses.of(keys(page));
      for (CaptionRow row : page) {
        String key = ImageStatuses.key(row);
        count(key.isEmpty() ? ImageStatus.NONE : known.getOrDefault(key, ImageStatus.UNKNOWN));
      }
      context.progress(done.get(), size, "images");
    }
    return counts();
  }

  /**
   * Looks at every image that is not known, or that failed so long ago that it may be different
   * now.
   *
   * @throws java.util.concurrent.CancellationException if cancelled; what was found stays
   */
  public ImageCounts run(JobContext context) {
    long size = rows.size();
    ExecutorService readers = DaemonThreads.pool(THREADS, "image-check");
    Semaphore free = new Semaphore(WAITING);
    JobContext.Registration stopping =
        context.onCancel(
            () -> {
              readers.shutdownNow();
              free.release(WAITING); // wakes the one who hands out work
            });
    try {
      for (long from = 0; from < size; from += PAGE) {
        context.checkCancelled();
        List<CaptionRow> page = rows.page(from, PAGE);
        Map<String, ImageStatus> settled = statuses.settled(keys(page));
        for (CaptionRow row : page) {
          ImageStatus known = settled.get(ImageStatuses.key(row));
          if (known != null) {
            count(known);
          } else {
            step(free, context, size);
            hand(row, readers, free, context);
          }
        }
        context.progress(done.get(), size, unit());
      }
      for (int i = 0; i < WAITING; i++) {
        step(free, context, size);
      }
      context.progress(done.get(), size, unit());
      return counts();
    } finally {
      stopping.close();
      readers.shutdownNow();
    }
  }

  private static List<String> keys(List<CaptionRow> page) {
    return page.stream().map(ImageStatuses::key).filter(key -> !key.isEmpty()).toList();
  }

  private void step(Semaphore free, JobContext context, long size) {
    free.acquireUninterruptibly();
    context.checkCancelled();
    context.progress(done.get(), size, unit());
  }

  private void hand(CaptionRow row, ExecutorService readers, Semaphore free, JobContext context) {
    try {
      readers.execute(
          () -> {
            try {
              count(look(row));
            } catch (RuntimeException e) {
              LOG.error("The image of {} could not be looked at", row.key(), e);
              count(ImageStatus.UNREADABLE);
            } finally {
              free.release();
            }
          });
    } catch (RejectedExecutionException e) {
      context.checkCancelled(); // that is why
      throw e;
    }
  }

  private ImageStatus look(CaptionRow row) {
    String key = ImageStatuses.key(row);
    if (key.isEmpty()) {
      return ImageStatus.NONE;
    }
    if (statuses.settled(key)) {
      return statuses.of(key);
    }
    boolean web = row.image() instanceof ImageRef.Url;
    try {
      images.read(row.image());
      if (!web) { // those on the web are noted where they are fetched
        statuses.note(key, ImageStatus.OK, "");
      }
      return ImageStatus.OK;
    } catch (ImageException e) {
      ImageStatus status = ImageStatus.of(row.image(), e.reason());
      boolean stopped = Thread.currentThread().isInterrupted();
      if (!web && !stopped && e.reason() != Reason.NONE) {
        statuses.note(key, status, String.valueOf(e.getMessage()));
      }
      return stopped ? ImageStatus.UNKNOWN : status;
    }
  }

  private void count(ImageStatus status) {
    counts.computeIfAbsent(status, key -> new LongAdder()).increment();
    done.incrementAndGet();
  }

  private ImageCounts counts() {
    return new ImageCounts(
        counts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, count -> count.getValue().sum())));
  }

  /** "images, 12 failed (10 × 404, 2 × dns)". */
  private String unit() {
    List<Map.Entry<ImageStatus, Long>> failed = counts().failed();
    if (failed.isEmpty()) {
      return "images";
    }
    return String.format(
        Locale.ROOT,
        "images, %,d failed (%s)",
        failed.stream().mapToLong(Map.Entry::getValue).sum(),
        failed.stream()
            .map(entry -> entry.getValue() + " × " + entry.getKey().id())
            .collect(Collectors.joining(", ")));
  }
}
