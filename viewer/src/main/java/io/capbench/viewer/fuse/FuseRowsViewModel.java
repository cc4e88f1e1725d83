package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FusionReport;
import io.capbench.engine.fusion.FusionRequest;
import io.capbench.engine.fusion.RowFusion;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.JobState;
import io.capbench.storage.job.Progress;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.FusionSeries;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.jobs.SharedModel;
import io.capbench.viewer.jobs.ToldProgress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Merges the captions of all rows that the filter shows, in turns with whoever merges a single row.
 * FX thread only; the work is a job, and one that was paused, stopped or killed goes on where it
 * was.
 */
public final class FuseRowsViewModel {
  private static final double SECOND = 1e9;

  /** Where it stands. */
  public enum Stage {
    IDLE,
    LOADING,
    RUNNING,
    PAUSED
  }

  private final WorkbenchViewModel workbench;
  private final FuserViewModel fuser;
  private final Workspace workspace;
  private final JobRunner jobs;
  private final Executor fx;
  private final ReadOnlyObjectWrapper<Stage> stage =
      new ReadOnlyObjectWrapper<>(this, "stage", Stage.IDLE);
  private final ReadOnlyObjectWrapper<Progress> progress =
      new ReadOnlyObjectWrapper<>(this, "progress", Progress.NONE);
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
  private @Nullable JobHandle<FusionReport> handle;
  private @Nullable RowQuery query;
  private boolean pausing;
  private long startedAt;
  private long firstDone = -1;

  /**
   * Merges nothing yet.
   *
   * @param fuser who merges
   * @param workspace keeps the captions
   * @param jobs runs the work
   * @param fx runs things on the FX thread
   */
  public FuseRowsViewModel(
      WorkbenchViewModel workbench,
      FuserViewModel fuser,
      Workspace workspace,
      JobRunner jobs,
      Executor fx) {
    this.workbench = workbench;
    this.fuser = fuser;
    this.workspace = workspace;
    this.jobs = jobs;
    this.fx = fx;
    fuser.stateProperty().addListener((o, was, now) -> fuserChanged(now));
    workbench.openProperty().addListener((o, was, now) -> datasetChanged(was, now));
  }

  /** Who merges. */
  public FuserViewModel fuser() {
    return fuser;
  }

  /** Where it stands. */
  public ReadOnlyObjectProperty<Stage> stageProperty() {
    return stage.getReadOnlyProperty();
  }

  /** How far it is. */
  public ReadOnlyObjectProperty<Progress> progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** What the last work did, or why it ended; empty at first. */
  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /** Rows a second since it went on; 0 while nobody knows. */
  public double rate() {
    long done = progress.get().done() - firstDone;
    double seconds = (System.nanoTime() - startedAt) / SECOND;
    return stage.get() != Stage.RUNNING || firstDone < 0 || done <= 0 || seconds <= 0
        ? 0
        : done / seconds;
  }

  /** Why nothing can be merged here, or empty. */
  public String obstacle() {
    OpenDataset open = workbench.openProperty().get();
    if (open == null) {
      return "Nothing is open.";
    }
    if (workspace.readOnly()) {
      return "The workspace can only be read, so captions cannot be kept.";
    }
    boolean both =
        open.mapping().first(TrackRole.RAW).isPresent()
            && open.mapping().first(TrackRole.SYNTHETIC).isPresent();
    return both
        ? ""
        : "Merging takes a raw and a synthetic track; say which columns they are under Columns (M).";
  }

  /** Merges the rows that the filter shows now, as soon as the model is in memory. */
  public void start() {
    boolean free = stage.get() == Stage.IDLE || stage.get() == Stage.PAUSED;
    if (free && obstacle().isEmpty()) {
      query = workbench.query().shownProperty().get();
      begin();
    }
  }

  /** Goes on with what was paused. */
  public void resume() {
    if (stage.get() == Stage.PAUSED && query != null) {
      begin();
    }
  }

  /** Frees the model for a while; what was merged is kept. */
  public void pause() {
    if (handle != null) {
      pausing = true;
      handle.cancel();
    }
  }

  /** Stops; what was merged is kept. */
  public void cancel() {
    pausing = false;
    if (handle != null) {
      handle.cancel();
    } else if (stage.get() != Stage.IDLE) {
      giveUp("Stopped. What was merged is kept.");
    }
  }

  private void begin() {
    summary.set("");
    progress.set(Progress.NONE);
    firstDone = -1;
    stage.set(Stage.LOADING);
    fuser.need();
    fuserChanged(fuser.stateProperty().get());
  }

  private void fuserChanged(FuserState now) {
    if (stage.get() != Stage.LOADING || handle != null) {
      return;
    }
    if (now instanceof FuserState.Ready ready) {
      submit(ready.fuser());
    } else if (now instanceof FuserState.None) {
      giveUp("Merging takes a model or a server; choose one (Ctrl+M).");
    } else if (now instanceof FuserState.Failed failed) {
      giveUp(failed.sentence());
    } else if (now instanceof FuserState.Chosen) {
      giveUp("The model was not loaded.");
    }
  }

  private void giveUp(String why) {
    query = null;
    summary.set(why);
    stage.set(Stage.IDLE);
  }

  private void datasetChanged(@Nullable OpenDataset was, @Nullable OpenDataset now) {
    if (!OpenDataset.same(was, now)) {
      cancel();
      summary.set("");
    }
  }

  private void submit(SharedModel<Fuser> ready) {
    OpenDataset open = workbench.openProperty().get();
    RowQuery wanted = query;
    CaptionTrack raw = open == null ? null : open.mapping().first(TrackRole.RAW).orElse(null);
    CaptionTrack synthetic =
        open == null ? null : open.mapping().first(TrackRole.SYNTHETIC).orElse(null);
    if (open == null || wanted == null || raw == null || synthetic == null) {
      giveUp(obstacle());
      return;
    }
    startedAt = System.nanoTime();
    JobHandle<FusionReport> started = jobs.submit(new Fusing(open, wanted, ready, raw, synthetic));
    handle = started;
    stage.set(Stage.RUNNING);
    var unused =
        started
            .future()
            .whenComplete(
                (report, thrown) -> fx.execute(() -> ended(started.state(), report, thrown)));
  }

  private final class Fusing implements Job<FusionReport> {
    private final OpenDataset open;
    private final RowQuery rows;
    private final SharedModel<Fuser> ready;
    private final CaptionTrack raw;
    private final CaptionTrack synthetic;

    Fusing(
        OpenDataset open,
        RowQuery rows,
        SharedModel<Fuser> ready,
        CaptionTrack raw,
        CaptionTrack synthetic) {
      this.open = open;
      this.rows = rows;
      this.ready = ready;
      this.raw = raw;
      this.synthetic = synthetic;
    }

    @Override
    public String title() {
      return "Fusing captions of " + open.info().name();
    }

    @Override
    public FusionReport run(JobContext context) {
      workbench.query().mirror(open.dataset());
      JobContext told = new ToldProgress(context, fx, FuseRowsViewModel.this::reached);
      try (RowView view = open.dataset().view(open.mapping(), rows, context)) {
        return new RowFusion(new SharedFuser(ready), workspace.fusions(), this::kept)
            .fuse(new FusionRequest(view, raw, synthetic, false), told);
      }
    }

    private void kept(FusionSeries series) {
      fx.execute(() -> workbench.fused(open.dataset(), series));
    }
  }

  private void reached(Progress now) {
    if (firstDone < 0) {
      firstDone = now.done();
      startedAt = System.nanoTime();
    }
    progress.set(now);
  }

  private void ended(JobState state, @Nullable FusionReport report, @Nullable Throwable thrown) {
    handle = null;
    boolean paused = pausing && state == JobState.CANCELLED;
    pausing = false;
    if (report != null) {
      summary.set(words(report));
    } else if (paused) {
      summary.set("Paused. The model is free, and what was merged is kept.");
    } else if (state == JobState.CANCELLED || thrown instanceof CancellationException) {
      summary.set("Stopped. What was merged is kept; fusing again goes on from there.");
    } else {
      String why = thrown instanceof CapbenchException ? String.valueOf(thrown.getMessage()) : "";
      summary.set(("Fusing failed. " + why + " What was merged is kept.").replace("  ", " "));
    }
    stage.set(paused ? Stage.PAUSED : Stage.IDLE);
    if (!paused) {
      query = null;
    }
  }

  private static String words(FusionReport report) {
    StringBuilder words =
        new StringBuilder(
            String.format("%,d rows: %,d captions merged", report.rows(), report.fused()));
    if (report.reused() > 0) {
      words.append(String.format(", %,d taken from rows with the same captions", report.reused()));
    }
    if (report.kept() > 0) {
      words.append(String.format(", %,d were before", report.kept()));
    }
    if (report.failed() > 0) {
      words.append(String.format(", %,d could not be merged", report.failed()));
    }
    return words.append(". They are a track: filter, compare and export it.").toString();
  }
}
