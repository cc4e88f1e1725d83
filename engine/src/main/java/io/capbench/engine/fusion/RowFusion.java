package io.capbench.engine.fusion;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.FusedCaptions;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionSeries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Fuses the captions of rows and keeps what comes of it in a workspace. It is on the disk every few
 * rows, so that work that was stopped, or killed, goes on where it was.
 */
public final class RowFusion {
  private static final int PAGE = 500;

  /** Rows that are written together at most. */
  private static final int BATCH = 64;

  /** A row that is finished is on the disk after that time, whether or not others follow. */
  private static final long BATCH_NANOS = 2_000_000_000L;

  private static final double NANOS = 1e9;

  private final Fuser fuser;
  private final FusedCaptions captions;
  private final Consumer<FusionSeries> onKept;
  private final LongSupplier clock;

  /**
   * Prepares work.
   *
   * @param fuser the caller closes it
   * @param captions where fused captions are kept
   * @param onKept told where, whenever some are on the disk, on the thread that fuses
   */
  public RowFusion(Fuser fuser, FusedCaptions captions, Consumer<FusionSeries> onKept) {
    this(fuser, captions, onKept, System::nanoTime);
  }

  /**
   * Prepares work.
   *
   * @param clock like {@link System#nanoTime}
   */
  RowFusion(
      Fuser fuser, FusedCaptions captions, Consumer<FusionSeries> onKept, LongSupplier clock) {
    this.fuser = fuser;
    this.captions = captions;
    this.onKept = onKept;
    this.clock = clock;
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
    long start = clock.getAsLong();
    Run run = new Run(request, context);
    try {
      fuser.fuseAll(run, run, new Meanwhile(context, run::writeIfDue));
    } finally {
      run.write();
    }
    return run.report((clock.getAsLong() - start) / NANOS);
  }

  /** One fusing on its way: gives rows out and takes captions in, all on one thread. */
  private final class Run implements Iterator<KeyedPair<CaptionRow>>, FusionSink<CaptionRow> {
    private final FusionRequest request;
    private final FusionKeeper keeper;
    private final JobContext context;
    private final Deque<CaptionRow> waiting = new ArrayDeque<>();
    private final List<Fusion> finished = new ArrayList<>();
    private long written = clock.getAsLong();
    private long from;
    private long fused;
    private long reused;
    private long kept;
    private long failed;
    private long flagged;

    Run(FusionRequest request, JobContext context) {
      this.request = request;
      this.keeper =
          new FusionKeeper(captions, fuser.description(), request.raw(), request.synthetic());
      this.context = context;
      progress();
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
    public KeyedPair<CaptionRow> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      CaptionRow row = waiting.remove();
      return new KeyedPair<>(row, keeper.pair(row));
    }

    private void choose(List<CaptionRow> page) {
      Map<RowKey, Fusion> there =
          request.again() ? Map.of() : keeper.before(page.stream().map(CaptionRow::key).toList());
      for (CaptionRow row : page) {
        Optional<String> missing = keeper.missing(row);
        Fusion before = there.get(row.key());
        if (missing.isPresent()) {
          failed(row, missing.get());
        } else if (before != null && keeper.holds(before, row)) {
          kept++;
          flagged += before.flags().isEmpty() ? 0 : 1;
        } else {
          Optional<Fusion> same = request.again() ? Optional.empty() : keeper.same(row);
          same.ifPresentOrElse(this::reuse, () -> waiting.add(row));
        }
      }
    }

    private void reuse(Fusion same) {
      reused++;
      flagged += same.flags().isEmpty() ? 0 : 1;
      add(same);
    }

    @Override
    public void fused(CaptionRow row, FusedCaption caption) {
      Fusion fusion = keeper.fused(row, caption);
      fused++;
      flagged += fusion.flags().isEmpty() ? 0 : 1;
      add(fusion);
    }

    @Override
    public void failed(CaptionRow row, String reason) {
      failed++;
      add(keeper.failed(row, reason));
    }

    private void add(Fusion fusion) {
      finished.add(fusion);
      writeIfDue();
      progress();
    }

    void writeIfDue() {
      if (finished.size() >= BATCH || clock.getAsLong() - written >= BATCH_NANOS) {
        write();
      }
    }

    void write() {
      if (!finished.isEmpty()) {
        keeper.keep(finished);
        finished.clear();
        onKept.accept(keeper.series());
      }
      written = clock.getAsLong();
    }

    private void progress() {
      context.progress(done(), request.rows().size(), "rows");
    }

    private long done() {
      return fused + reused + kept + failed;
    }

    FusionReport report(double seconds) {
      return new FusionReport(
          keeper.series().fuser(), done(), fused, reused, kept, failed, flagged, seconds);
    }
  }
}
