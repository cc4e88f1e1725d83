package io.capbench.engine.fusion;

import io.capbench.engine.text.Detectors;
import io.capbench.engine.text.Flag;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.FusedCaptions;
import io.capbench.storage.workspace.FuserIdentity;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionColumns;
import io.capbench.storage.workspace.KnownFuser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fuses the captions of rows and keeps what comes of it in a workspace. It is on the disk every few
 * rows, so that work that was stopped, or killed, goes on where it was.
 */
public final class RowFusion {
  private static final int PAGE = 500;

  /** Rows that are written together at most. */
  private static final int BATCH = 64;

  /** A row is on the disk after that time at most, when another is finished. */
  private static final long BATCH_NANOS = 2_000_000_000L;

  private static final double NANOS = 1e9;

  private final Fuser fuser;
  private final FusedCaptions captions;
  private final Detectors detectors = new Detectors();

  /**
   * Prepares work.
   *
   * @param fuser the caller closes it
   * @param captions where fused captions are kept
   */
  public RowFusion(Fuser fuser, FusedCaptions captions) {
    this.fuser = fuser;
    this.captions = captions;
  }

  /** Makes the fuser known to a workspace. */
  public static KnownFuser known(FuserDescription description, FusedCaptions captions) {
    return captions.use(
        new FuserIdentity(
            description.sha256(),
            description.promptSha256(),
            description.dtype(),
            description.decoding()),
        description.name());
  }

  /**
   * Fuses rows that this fuser has not fused, and those whose captions were others then. A row that
   * failed before is tried again.
   *
   * @throws io.capbench.storage.model.CapbenchException if a shard cannot be read, nothing can be
   *     written, or no row can be fused any more; what was fused stays
   * @throws java.util.concurrent.CancellationException if cancelled, with the same effect
   */
  public FusionReport fuse(FusionRequest request, JobContext context) {
    long start = System.nanoTime();
    Run run = new Run(request, known(fuser.description(), captions), context);
    try {
      fuser.fuseAll(run, run, context);
    } finally {
      run.write();
    }
    return run.report((System.nanoTime() - start) / NANOS);
  }

  /** A row on its way. */
  private record Row(RowKey key, CaptionPair captions, String parentsHash) {}

  /** One fusing on its way: gives rows out and takes captions in, all on one thread. */
  private final class Run implements Iterator<KeyedPair<Row>>, FusionSink<Row> {
    private final FusionRequest request;
    private final KnownFuser known;
    private final FusionColumns columns;
    private final JobContext context;
    private final Deque<KeyedPair<Row>> waiting = new ArrayDeque<>();
    private final List<Fusion> finished = new ArrayList<>();
    private long written = System.nanoTime();
    private long from;
    private long fused;
    private long reused;
    private long kept;
    private long failed;
    private long flagged;

    Run(FusionRequest request, KnownFuser known, JobContext context) {
      this.request = request;
      this.known = known;
      this.columns = new FusionColumns(request.raw().column(), request.synthetic().column());
      this.context = context;
    }

    @Override
    public boolean hasNext() {
      while (waiting.isEmpty() && from < request.rows().size()) {
        context.checkCancelled();
        List<CaptionRow> page = request.rows().page(from, PAGE);
        from += page.size();
        choose(page);
        progress();
      }
      return !waiting.isEmpty();
    }

    @Override
    public KeyedPair<Row> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return waiting.remove();
    }

    private void choose(List<CaptionRow> page) {
      Map<RowKey, Fusion> there =
          request.again()
              ? Map.of()
              : captions.of(known, columns, page.stream().map(CaptionRow::key).toList());
      for (CaptionRow row : page) {
        String raw = row.caption(request.raw().name());
        String synthetic = row.caption(request.synthetic().name());
        String hash = Fusion.parentsHash(raw, synthetic);
        Fusion before = there.get(row.key());
        if (before != null && before.text() != null && before.parentsHash().equals(hash)) {
          kept++;
          continue;
        }
        Row next = new Row(row.key(), new CaptionPair(text(raw), text(synthetic)), hash);
        Optional<Fusion> same =
            request.again() ? Optional.empty() : captions.ofSameParents(known, hash);
        if (same.isPresent()) {
          reuse(next, same.get());
        } else {
          waiting.add(new KeyedPair<>(next, next.captions()));
        }
      }
    }

    private void reuse(Row row, Fusion same) {
      reused++;
      flagged += same.flags().isEmpty() ? 0 : 1;
      add(
          new Fusion(
              row.key(),
              same.parentsHash(),
              same.text(),
              same.score(),
              same.finish(),
              same.flags(),
              null));
    }

    @Override
    public void fused(Row row, FusedCaption caption) {
      CaptionPair pair = row.captions();
      List<String> flags =
          detectors.detect(pair.raw(), pair.synthetic(), caption.text()).stream()
              .map(Flag::id)
              .toList();
      fused++;
      flagged += flags.isEmpty() ? 0 : 1;
      add(
          new Fusion(
              row.key(),
              row.parentsHash(),
              caption.text(),
              Double.isFinite(caption.score()) ? caption.score() : null,
              caption.finish().id(),
              flags,
              null));
    }

    @Override
    public void failed(Row row, String reason) {
      failed++;
      add(Fusion.failed(row.key(), row.parentsHash(), reason));
    }

    private void add(Fusion fusion) {
      finished.add(fusion);
      if (finished.size() >= BATCH || System.nanoTime() - written >= BATCH_NANOS) {
        write();
      }
      progress();
    }

    void write() {
      captions.put(known, columns, finished);
      finished.clear();
      written = System.nanoTime();
    }

    private void progress() {
      context.progress(done(), request.rows().size(), "rows");
    }

    private long done() {
      return fused + reused + kept + failed;
    }

    FusionReport report(double seconds) {
      return new FusionReport(known, done(), fused, reused, kept, failed, flagged, seconds);
    }
  }

  private static String text(@Nullable String caption) {
    return caption == null ? "" : caption;
  }
}
