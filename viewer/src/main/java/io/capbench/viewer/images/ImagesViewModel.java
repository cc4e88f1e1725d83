package io.capbench.viewer.images;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.ImageCheck;
import io.capbench.storage.dataset.ImageCounts;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.image.WebImages;
import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
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
 * Whether images are fetched from the web, and what is done about those that are missing. FX thread
 * only; the work runs elsewhere.
 */
public final class ImagesViewModel {
  private final WebImages web;
  private final boolean allowed;
  private final WorkbenchViewModel workbench;
  private final Workspace workspace;
  private final JobRunner jobs;
  private final Executor io;
  private final Executor fx;
  private final BooleanProperty online;
  private final ReadOnlyObjectWrapper<ImageKind> kind =
      new ReadOnlyObjectWrapper<>(this, "kind", ImageKind.NONE);
  private final ReadOnlyBooleanWrapper checking =
      new ReadOnlyBooleanWrapper(this, "checking", false);
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
  private Runnable onAskAgain = () -> {};
  private @Nullable JobHandle<ImageCounts> check;

  /**
   * What the window works with.
   *
   * @param jobs runs the check
   * @param io notes things on the disk
   * @param fx runs things on the FX thread
   */
  public record Runners(JobRunner jobs, Executor io, Executor fx) {}

  /**
   * A model for one window.
   *
   * @param web fetches the images
   * @param allowed whether the window may fetch at all; if not, nothing can switch it on
   * @param workbench knows the dataset and the filter
   * @param workspace what was decided, for filters
   * @param runners where the work runs
   */
  public ImagesViewModel(
      WebImages web,
      boolean allowed,
      WorkbenchViewModel workbench,
      Workspace workspace,
      Runners runners) {
    this.web = web;
    this.allowed = allowed;
    this.workbench = workbench;
    this.workspace = workspace;
    jobs = runners.jobs();
    io = runners.io();
    fx = runners.fx();
    online = new SimpleBooleanProperty(this, "online", allowed && web.online());
    web.setOnline(online.get());
    online.addListener(o -> switched());
    workbench.openProperty().addListener((o, was, now) -> datasetChanged(was, now));
    datasetChanged(null, workbench.openProperty().get());
  }

  /** What to do when pictures that are missing are worth another try. */
  public void setOnAskAgain(Runnable action) {
    onAskAgain = action;
  }

  /** Whether images are fetched from the web. */
  public BooleanProperty onlineProperty() {
    return online;
  }

  /** Whether that can be switched on: not if the program was started offline. */
  public boolean allowed() {
    return allowed;
  }

  /** Where the images of the open dataset are. */
  public ReadOnlyObjectProperty<ImageKind> kindProperty() {
    return kind.getReadOnlyProperty();
  }

  /** Whether images are being looked at. */
  public ReadOnlyBooleanProperty checkingProperty() {
    return checking.getReadOnlyProperty();
  }

  /** What the last check found, or why there was none; empty at first. */
  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  private void switched() {
    if (online.get() && !allowed) {
      online.set(false);
      return;
    }
    web.setOnline(online.get());
    if (online.get()) {
      onAskAgain.run();
    }
  }

  private void datasetChanged(@Nullable OpenDataset was, @Nullable OpenDataset open) {
    kind.set(open == null ? ImageKind.NONE : open.mapping().imageKind());
    if (open != null && open.continues(was)) {
      return;
    }
    if (check != null) {
      check.cancel(); // its rows are going away
    }
    summary.set("");
  }

  /** Asks for one image again that could not be had. */
  public void retry(ImageRef image) {
    io.execute(
        () -> {
          web.statuses().retry(image.name());
          fx.execute(onAskAgain);
        });
  }

  /** Asks again for every image that could not be had in that way. */
  public void retryAll(ImageStatus status) {
    io.execute(
        () -> {
          web.statuses().retryAll(status);
          fx.execute(onAskAgain);
        });
  }

  /** Looks at the images of all rows that the window shows. */
  public void check() {
    OpenDataset open = workbench.openProperty().get();
    if (open == null || checking.get()) {
      return;
    }
    summary.set("");
    checking.set(true);
    JobHandle<ImageCounts> started =
        jobs.submit(job(open.dataset(), open.mapping(), workbench.filter().query()));
    check = started;
    var unused = started.future().whenComplete((counts, thrown) -> fx.execute(() -> ended(counts)));
  }

  private Job<ImageCounts> job(Dataset dataset, ColumnMapping mapping, RowQuery query) {
    return new Job<>() {
      @Override
      public String title() {
        return "Checking images";
      }

      @Override
      public ImageCounts run(JobContext context) {
        dataset.mirror(workspace.decisions().all());
        dataset.scores(workspace.scores());
        try (RowView rows = dataset.view(mapping, query, context)) {
          return new ImageCheck(rows, dataset).run(context);
        }
      }
    };
  }

  private void ended(@Nullable ImageCounts counts) {
    checking.set(false);
    check = null;
    if (counts != null) { // a failure is shown among the jobs
      summary.set(words(counts));
      onAskAgain.run();
    }
  }

  private static String words(ImageCounts counts) {
    return counts.byStatus().entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey().id()))
        .collect(Collectors.joining(", "));
  }
}
