package io.capbench.viewer.ground;

import io.capbench.engine.score.CaptionScorer;
import io.capbench.engine.score.ScoreReport;
import io.capbench.engine.score.ScoreRequest;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.JobState;
import io.capbench.storage.job.Progress;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.jobs.SharedModel;
import io.capbench.viewer.jobs.ToldProgress;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/**
 * Compares the captions of all rows with their images, with the window's model and in turns with
 * whoever looks. FX thread only; the scoring is a job, and one that was stopped goes on where it
 * was.
 */
public final class ScoreViewModel {
  private final WorkbenchViewModel workbench;
  private final ModelsViewModel models;
  private final Workspace workspace;
  private final JobRunner jobs;
  private final Executor fx;
  private final BooleanProperty filteredOnly = new SimpleBooleanProperty(this, "filteredOnly");
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running");
  private final ReadOnlyObjectWrapper<Progress> progress =
      new ReadOnlyObjectWrapper<>(this, "progress", Progress.NONE);
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
  private List<String> waiting = List.of();
  private @Nullable JobHandle<ScoreReport> handle;

  /**
   * Scores nothing yet.
   *
   * @param workspace keeps the scores
   * @param jobs runs the scoring
   * @param fx runs things on the FX thread
   */
  public ScoreViewModel(
      WorkbenchViewModel workbench,
      ModelsViewModel models,
      Workspace workspace,
      JobRunner jobs,
      Executor fx) {
    this.workbench = workbench;
    this.models = models;
    this.workspace = workspace;
    this.jobs = jobs;
    this.fx = fx;
    models.stateProperty().addListener((o, was, now) -> modelChanged(now));
    workbench.openProperty().addListener((o, was, now) -> datasetChanged(was, now));
  }

  /** Which model scores. */
  public ModelsViewModel models() {
    return models;
  }

  /** The tracks that can be scored; none if no dataset is open or it has no images. */
  public List<CaptionTrack> tracks() {
    OpenDataset open = workbench.openProperty().get();
    return open == null || open.mapping().imageColumn() == null
        ? List.of()
        : open.mapping().tracks();
  }

  /** Why nothing can be scored here, or empty. */
  public String obstacle() {
    if (workbench.openProperty().get() == null) {
      return "Nothing is open.";
    }
    if (workspace.readOnly()) {
      return "The workspace can only be read, so scores cannot be kept.";
    }
    return tracks().isEmpty()
        ? "This dataset has no column with images, so there is nothing to compare captions with."
        : "";
  }

  /** Whether only the rows that the filter shows are scored. */
  public BooleanProperty filteredOnlyProperty() {
    return filteredOnly;
  }

  /** Whether rows are being scored, or wait for the model. */
  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** How far it is. */
  public ReadOnlyObjectProperty<Progress> progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** What the last scoring did, or why it ended; empty at first. */
  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /**
   * Scores captions, as soon as the model is in memory.
   *
   * @param names of tracks, at least one
   */
  public void start(List<String> names) {
    if (running.get() || names.isEmpty() || !obstacle().isEmpty()) {
      return;
    }
    summary.set("");
    progress.set(Progress.NONE);
    waiting = List.copyOf(names);
    running.set(true);
    models.need();
    modelChanged(models.stateProperty().get());
  }

  /** Stops; what was scored stays scored. */
  public void cancel() {
    if (handle != null) {
      handle.cancel();
    } else if (running.get()) {
      giveUp("Stopped.");
    }
  }

  private void modelChanged(ModelState state) {
    if (waiting.isEmpty() || handle != null) {
      return;
    }
    if (state instanceof ModelState.Ready ready) {
      submit(ready.model());
    } else if (state instanceof ModelState.None) {
      giveUp("Scoring takes a model; choose one (Ctrl+M).");
    } else if (state instanceof ModelState.Failed failed) {
      giveUp(failed.sentence());
    } else if (state instanceof ModelState.Chosen) {
      giveUp("The model was not loaded.");
    }
  }

  private void giveUp(String why) {
    waiting = List.of();
    running.set(false);
    summary.set(why);
  }

  private void datasetChanged(@Nullable OpenDataset was, @Nullable OpenDataset now) {
    if (!OpenDataset.same(was, now)) {
      cancel();
      summary.set("");
    }
  }

  private void submit(SharedModel<OpenModel> model) {
    OpenDataset open = workbench.openProperty().get();
    if (open == null) {
      giveUp("");
      return;
    }
    List<CaptionTrack> chosen =
        open.mapping().tracks().stream().filter(track -> waiting.contains(track.name())).toList();
    RowQuery query = filteredOnly.get() ? workbench.filter().query() : RowQuery.ALL;
    waiting = List.of();
    JobHandle<ScoreReport> started = jobs.submit(new Scoring(open, chosen, query, model));
    handle = started;
    var unused =
        started
            .future()
            .whenComplete((report, thrown) -> fx.execute(() -> ended(started.state(), report)));
  }

  private final class Scoring implements Job<ScoreReport> {
    private final OpenDataset open;
    private final List<CaptionTrack> tracks;
    private final RowQuery query;
    private final SharedModel<OpenModel> model;

    Scoring(
        OpenDataset open, List<CaptionTrack> tracks, RowQuery query, SharedModel<OpenModel> model) {
      this.open = open;
      this.tracks = tracks;
      this.query = query;
      this.model = model;
    }

    @Override
    public String title() {
      return "Scoring captions of " + open.info().name();
    }

    @Override
    public ScoreReport run(JobContext context) {
      open.dataset().mirror(workspace.decisions().all());
      open.dataset().scores(workspace.scores());
      JobContext told = new ToldProgress(context, fx, progress::set);
      try (RowView rows = open.dataset().view(open.mapping(), query, context)) {
        return new CaptionScorer(new SharedSpace(model), workspace.scores())
            .score(
                new ScoreRequest(rows, open.mapping(), tracks, open.dataset().images(), false),
                told);
      }
    }
  }

  private void ended(JobState state, @Nullable ScoreReport report) {
    handle = null;
    running.set(false);
    if (report != null) {
      summary.set(words(report));
    } else if (state == JobState.CANCELLED) {
      summary.set("Stopped. What was scored is kept; scoring again goes on from there.");
    } else {
      summary.set("Scoring failed; the bottom of the window says why. What was scored is kept.");
    }
  }

  private static String words(ScoreReport report) {
    StringBuilder words =
        new StringBuilder(String.format("%,d rows in %.0f s: ", report.rows(), report.seconds()));
    words.append(String.format("%,d captions scored", report.scored() + report.reused()));
    if (report.kept() > 0) {
      words.append(String.format(", %,d were before", report.kept()));
    }
    if (report.failed() > 0) {
      words.append(String.format(", %,d have no image that can be used", report.failed()));
    }
    return words.append(". Filter and sort by similarity; F5 finds the rows anew.").toString();
  }
}
