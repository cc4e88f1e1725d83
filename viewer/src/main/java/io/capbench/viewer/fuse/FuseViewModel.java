package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FuserDescription;
import io.capbench.engine.fusion.FusionKeeper;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.Lane;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.workspace.FusionSeries;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.caption.MarkedCaption;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.jobs.LatestRequest;
import io.capbench.viewer.jobs.SharedModel;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Merges the captions of the selected row. FX thread only; the work is a job, of which the newest
 * counts. What a person wrote is never touched: the caption becomes another track.
 */
public final class FuseViewModel {
  private final Parts parts;
  private final CaptionMarks marks;
  private final Workspace workspace;
  private final Executor fx;
  private final LatestRequest request;
  private final ReadOnlyObjectWrapper<FuseState> state =
      new ReadOnlyObjectWrapper<>(this, "state", new FuseState.Idle());
  private @Nullable Wanted waiting;
  private int newest;

  /** The models that it works with. */
  public record Parts(WorkbenchViewModel workbench, BrowseViewModel browse, FuserViewModel fuser) {}

  /** What is to be merged. */
  private record Wanted(
      OpenDataset open, CaptionRow row, CaptionTrack raw, CaptionTrack synthetic) {}

  /**
   * Merges nothing yet.
   *
   * @param marks marks the text by provenance
   * @param workspace keeps the captions
   * @param jobs runs the work
   * @param fx runs things on the FX thread
   */
  public FuseViewModel(
      Parts parts, CaptionMarks marks, Workspace workspace, JobRunner jobs, Executor fx) {
    this.parts = parts;
    this.marks = marks;
    this.workspace = workspace;
    this.fx = fx;
    this.request = new LatestRequest(jobs, fx);
    parts.fuser().stateProperty().addListener((o, was, now) -> fuserChanged(now));
    parts.workbench().openProperty().addListener((o, was, now) -> datasetChanged(was, now));
  }

  /** Who merges. */
  public FuserViewModel fuser() {
    return parts.fuser();
  }

  /** What is under way. */
  public ReadOnlyObjectProperty<FuseState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /**
   * Merges the captions of the selected row, in place of what is under way.
   *
   * @return whether there is somebody who can; if not, a person has to choose first
   */
  public boolean fuse() {
    OpenDataset open = parts.workbench().openProperty().get();
    RowItem item = parts.browse().currentProperty().get();
    if (open == null || item == null) {
      return true;
    }
    newest++;
    request.cancel();
    waiting = null;
    CaptionRow row = item.row();
    CaptionTrack raw = open.mapping().first(TrackRole.RAW).orElse(null);
    CaptionTrack synthetic = open.mapping().first(TrackRole.SYNTHETIC).orElse(null);
    if (raw == null || synthetic == null) {
      fail(row.key(), "Merging takes a raw and a synthetic track; say which under Columns (M).");
    } else if (row.caption(raw.name()) == null || row.caption(synthetic.name()) == null) {
      fail(row.key(), "This row lacks a raw or a synthetic caption, so there is nothing to merge.");
    } else if (workspace.readOnly()) {
      fail(row.key(), "The workspace can only be read, so the caption could not be kept.");
    } else if (parts.fuser().stateProperty().get() instanceof FuserState.None) {
      state.set(new FuseState.Idle());
      return false;
    } else {
      waiting = new Wanted(open, row, raw, synthetic);
      state.set(new FuseState.Waiting(row.key(), likelyTrack(open)));
      parts.fuser().need();
      fuserChanged(parts.fuser().stateProperty().get());
    }
    return true;
  }

  /**
   * Stops what is under way, or takes away why it failed.
   *
   * @return whether there was anything
   */
  public boolean cancel() {
    if (state.get() instanceof FuseState.Idle || state.get() instanceof FuseState.Fused) {
      return false;
    }
    newest++;
    waiting = null;
    request.cancel();
    state.set(new FuseState.Idle());
    return true;
  }

  /** Stops for good. */
  public void close() {
    cancel();
    request.close();
  }

  /** Which track the caption will belong to is known for sure once the model is in memory. */
  private static @Nullable String likelyTrack(OpenDataset open) {
    return open.mapping().tracks().stream()
        .filter(track -> open.made().contains(track.column()))
        .map(CaptionTrack::name)
        .reduce((one, next) -> next)
        .orElse(null);
  }

  private void fail(RowKey row, String sentence) {
    state.set(new FuseState.Failed(row, sentence));
  }

  private void datasetChanged(@Nullable OpenDataset was, @Nullable OpenDataset now) {
    if (!OpenDataset.same(was, now)) {
      cancel();
    }
  }

  private void fuserChanged(FuserState now) {
    Wanted wanted = waiting;
    if (wanted == null) {
      return;
    }
    if (now instanceof FuserState.Ready ready) {
      waiting = null;
      request.start(new Fusing(wanted, ready.fuser(), newest));
    } else if (now instanceof FuserState.Failed failed) {
      waiting = null;
      fail(wanted.row().key(), failed.sentence());
    } else if (!(now instanceof FuserState.Loading)) {
      waiting = null;
      fail(wanted.row().key(), "The model was not loaded.");
    }
  }

  /** A caption that was kept. */
  private record Made(FusionSeries series, @Nullable String track, MarkedCaption text) {}

  private final class Fusing implements LatestRequest.Request<FuseViewModel.Made> {
    private final Wanted wanted;
    private final SharedModel<Fuser> fuser;
    private final int number;
    private final AtomicReference<@Nullable String> part = new AtomicReference<>();
    private final String title;
    private @Nullable String track;

    Fusing(Wanted wanted, SharedModel<Fuser> fuser, int number) {
      this.wanted = wanted;
      this.fuser = fuser;
      this.number = number;
      FuserDescription by = fuser.aside().description();
      this.title = "fusing (" + by.name() + (by.dtype().isEmpty() ? "" : ", " + by.dtype()) + ")";
    }

    @Override
    public String title() {
      return "Fusing row " + wanted.row().key().row();
    }

    @Override
    public Lane lane() {
      return Lane.DEVICE;
    }

    @Override
    public Made run(JobContext context, Consumer<Made> early) {
      CaptionRow row = wanted.row();
      FusionKeeper keeper =
          new FusionKeeper(
              workspace.fusions(), fuser.aside().description(), wanted.raw(), wanted.synthetic());
      String known = trackOf(keeper.series());
      fx.execute(() -> begun(known));
      FusedCaption caption = new SharedFuser(fuser).fuse(keeper.pair(row), this::grown, context);
      keeper.keep(List.of(keeper.fused(row, caption)));
      return new Made(keeper.series(), trackOf(keeper.series()), marked(caption.text()));
    }

    private @Nullable String trackOf(FusionSeries series) {
      OpenDataset open = wanted.open();
      return open.dataset()
          .fused()
          .trackOf(open.mapping(), series)
          .map(CaptionTrack::name)
          .orElse(null);
    }

    private void begun(@Nullable String known) {
      track = known;
      if (number == newest) {
        state.set(new FuseState.Waiting(wanted.row().key(), known));
      }
    }

    /** Tokens may come faster than a window can draw: the newest text is shown once a turn. */
    private void grown(String text) {
      if (part.getAndSet(text) == null) {
        fx.execute(this::show);
      }
    }

    private void show() {
      String text = part.getAndSet(null);
      if (text != null && number == newest) {
        state.set(new FuseState.Fusing(wanted.row().key(), track, title, marked(text)));
      }
    }

    private MarkedCaption marked(String text) {
      return marks.markFused(wanted.row(), wanted.open().mapping(), text);
    }

    @Override
    public void succeeded(Made made) {
      if (number == newest) {
        newest++;
        state.set(new FuseState.Fused(wanted.row().key(), made.track(), title, made.text()));
      }
      parts.workbench().fused(wanted.open().dataset(), made.series());
    }

    @Override
    public void failed(String sentence) {
      if (number == newest) {
        newest++;
        if (sentence.isEmpty()) {
          state.set(new FuseState.Idle());
        } else {
          fail(wanted.row().key(), sentence);
        }
      }
    }
  }
}
