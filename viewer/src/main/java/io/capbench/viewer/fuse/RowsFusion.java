package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.CaptionPair;
import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.FusionSink;
import io.capbench.engine.fusion.KeyedPair;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.Fusion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Merges the captions of the rows of a view. What has a caption is passed over, so that work that
 * was stopped or killed goes on where it was; what is made is kept every two seconds, and however
 * it ends. Whoever wants the fuser meanwhile gets a turn. For one thread.
 */
final class RowsFusion {
  private static final int PAGE = 200;
  private static final int BATCH = 32;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final RowView rows;
  private final FusionKeeper keeper;
  private final LoadedFuser fuser;
  private final JobContext context;
  private final Runnable onKept;
  private final List<Fusion> unkept = new ArrayList<>();
  private final Deque<CaptionRow> pending = new ArrayDeque<>();
  private long position;
  private long fused;
  private long reused;
  private long kept;
  private long failed;
  private long keptAt = System.nanoTime();

  /**
   * Merges nothing yet.
   *
   * @param rows stays open
   * @param context hears of rows, and may stop it
   * @param onKept called on the working thread after captions were kept
   */
  RowsFusion(
      RowView rows, FusionKeeper keeper, LoadedFuser fuser, JobContext context, Runnable onKept) {
    this.rows = rows;
    this.keeper = keeper;
    this.fuser = fuser;
    this.context = context;
    this.onKept = onKept;
  }

  /**
   * Merges all of them.
   *
   * @throws io.capbench.storage.model.CapbenchException if nothing can be merged any more, or
   *     nothing kept; what was kept stays
   * @throws java.util.concurrent.CancellationException if cancelled, likewise
   */
  FusionReport run() {
    try {
      report();
      while (more()) {
        fuser.fuseAll(new Turn(), new Sink(), context);
      }
    } finally {
      keep();
    }
    return new FusionReport(fused, reused, kept, failed);
  }

  /** Whether a row is left that has no caption; reads on until there is one. */
  private boolean more() {
    while (pending.isEmpty() && position < rows.size()) {
      context.checkCancelled();
      List<CaptionRow> page = rows.page(position, PAGE);
      position += page.size();
      Map<RowKey, Fusion> known = keeper.known(page.stream().map(CaptionRow::key).toList());
      for (CaptionRow row : page) {
        Fusion before = known.get(row.key());
        if (before != null && before.text() != null) {
          kept++;
        } else {
          begin(row);
        }
      }
      report();
    }
    return !pending.isEmpty();
  }

  private void begin(CaptionRow row) {
    String raw = keeper.raw(row);
    String synthetic = keeper.synthetic(row);
    if (raw == null || synthetic == null) {
      failed++;
      add(
          keeper.failed(
              row, "The row has no " + (raw == null ? "raw" : "synthetic") + " caption to merge"));
      return;
    }
    Optional<Fusion> same = keeper.same(row);
    if (same.isPresent()) {
      reused++;
      add(same.get());
    } else {
      pending.add(row);
    }
  }

  private void add(Fusion fusion) {
    unkept.add(fusion);
    if (unkept.size() >= BATCH || System.nanoTime() - keptAt > LONGEST_NANOS) {
      keep();
    }
    report();
  }

  private void keep() {
    if (!unkept.isEmpty()) {
      keeper.keep(unkept);
      unkept.clear();
      onKept.run();
    }
    keptAt = System.nanoTime();
  }

  private void report() {
    context.progress(fused + reused + kept + failed, rows.size(), "rows");
  }

  /** The pairs of one turn, which ends early if somebody else wants the fuser. */
  private final class Turn implements Iterator<KeyedPair<CaptionRow>> {
    private boolean begun;

    @Override
    public boolean hasNext() {
      return !(begun && fuser.wanted()) && more();
    }

    @Override
    public KeyedPair<CaptionRow> next() {
      if (!more()) {
        throw new NoSuchElementException();
      }
      begun = true;
      CaptionRow row = pending.remove();
      return new KeyedPair<>(
          row, new CaptionPair(text(keeper.raw(row)), text(keeper.synthetic(row))));
    }

    private String text(@Nullable String caption) {
      return caption == null ? "" : caption;
    }
  }

  private final class Sink implements FusionSink<CaptionRow> {
    @Override
    public void fused(CaptionRow row, FusedCaption caption) {
      fused++;
      add(keeper.fused(row, caption));
    }

    @Override
    public void failed(CaptionRow row, String reason) {
      failed++;
      add(keeper.failed(row, reason));
    }
  }
}
