package io.capbench.viewer.export;

import io.capbench.storage.dataset.RowView;
import io.capbench.storage.export.CaptionPolicy;
import io.capbench.storage.export.DecisionSelection;
import io.capbench.storage.export.ExportReport;
import io.capbench.storage.export.ExportRequest;
import io.capbench.storage.export.WebDatasetExporter;
import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.DecisionCounts;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.dataset.FilterViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** What to export and where to. FX thread only; the export runs as a job. */
public final class ExportViewModel {
  private final JobRunner jobs;
  private final Workspace workspace;
  private final FilterViewModel filter;
  private final Executor fx;
  private final ObjectProperty<DecisionSelection> selection =
      new SimpleObjectProperty<>(this, "selection", DecisionSelection.ACCEPTED);
  private final StringProperty captions = new SimpleStringProperty(this, "captions", "");
  private final StringProperty folder = new SimpleStringProperty(this, "folder", "");
  private final IntegerProperty samplesPerShard =
      new SimpleIntegerProperty(
          this, "samplesPerShard", ExportRequest.Target.DEFAULT_SAMPLES_PER_SHARD);
  private final BooleanProperty filteredOnly = new SimpleBooleanProperty(this, "filteredOnly");
  private final BooleanProperty overwrite = new SimpleBooleanProperty(this, "overwrite");
  private final StringProperty problem = new SimpleStringProperty(this, "problem", "");
  private final BooleanProperty running = new SimpleBooleanProperty(this, "running");
  private final ReadOnlyObjectWrapper<@Nullable ExportReport> report =
      new ReadOnlyObjectWrapper<>(this, "report", null);
  private @Nullable OpenDataset dataset;
  private @Nullable JobHandle<ExportReport> handle;

  /**
   * A model that exports nothing yet.
   *
   * @param jobs runs the export
   * @param workspace what was decided
   * @param filter which rows the window shows
   * @param fx runs things on the FX thread
   */
  public ExportViewModel(JobRunner jobs, Workspace workspace, FilterViewModel filter, Executor fx) {
    this.jobs = jobs;
    this.workspace = workspace;
    this.filter = filter;
    this.fx = fx;
  }

  /** Prepares an export of that dataset; choices of an earlier one stay where they fit. */
  public void begin(OpenDataset open) {
    if (running.get()) {
      return;
    }
    if (dataset == null || !dataset.id().equals(open.id()) || captions.get().isEmpty()) {
      captions.set(
          open.mapping().tracks().isEmpty() ? "" : CaptionPolicy.defaultFor(open.mapping()).text());
      folder.set(defaultFolder(open).toString());
    }
    dataset = open;
    filteredOnly.set(false);
    problem.set("");
    report.set(null);
  }

  private static Path defaultFolder(OpenDataset open) {
    String name = open.info().name().replaceFirst("\\.[A-Za-z0-9]+$", "");
    return Path.of(System.getProperty("user.home", "."), "capbench-export", name);
  }

  /** Which rows by decision. */
  public ObjectProperty<DecisionSelection> selectionProperty() {
    return selection;
  }

  /** Which caption of a row, as {@link CaptionPolicy#parse} reads it. */
  public StringProperty captionsProperty() {
    return captions;
  }

  /** Where to. */
  public StringProperty folderProperty() {
    return folder;
  }

  /** Rows a shard at most. */
  public IntegerProperty samplesPerShardProperty() {
    return samplesPerShard;
  }

  /** Whether only the rows of the present filter leave, in the present order. */
  public BooleanProperty filteredOnlyProperty() {
    return filteredOnly;
  }

  /** Whether an earlier export may be replaced. */
  public BooleanProperty overwriteProperty() {
    return overwrite;
  }

  /** Why there was no export, or empty. */
  public StringProperty problemProperty() {
    return problem;
  }

  /** Whether an export is under way. */
  public BooleanProperty runningProperty() {
    return running;
  }

  /** What became of the last export, or null. */
  public ReadOnlyObjectProperty<@Nullable ExportReport> reportProperty() {
    return report.getReadOnlyProperty();
  }

  /** Whether the window shows a part of the rows only, or in an order of their own. */
  public boolean filtered() {
    return !filter.isOpen() || filter.orderProperty().get() != null;
  }

  /**
   * How many rows the decisions let leave; those without a caption or a picture stay behind.
   *
   * @param counts what was decided on the dataset
   * @return the number, or -1 if a filter also has its say
   */
  public long expected(DecisionCounts counts) {
    OpenDataset open = dataset;
    if (open == null || filteredOnly.get()) {
      return -1;
    }
    return switch (selection.get()) {
      case ACCEPTED -> counts.accepted();
      case NOT_REJECTED -> open.info().rows() - counts.rejected();
      case ALL -> open.info().rows();
    };
  }

  /** Starts the export. */
  public void run() {
    OpenDataset open = dataset;
    if (open == null || running.get()) {
      return;
    }
    problem.set("");
    report.set(null);
    Job<ExportReport> job;
    try {
      job = job(open);
    } catch (InvalidPathException e) {
      problem.set("That is not a folder's name: " + e.getMessage());
      return;
    } catch (RuntimeException e) {
      problem.set(String.valueOf(e.getMessage()));
      return;
    }
    running.set(true);
    JobHandle<ExportReport> started = jobs.submit(job);
    handle = started;
    var unused =
        started.future().whenComplete((result, thrown) -> fx.execute(() -> ended(result, thrown)));
  }

  /** Stops the export that is under way. */
  public void cancel() {
    if (handle != null) {
      handle.cancel();
    }
  }

  private void ended(@Nullable ExportReport result, @Nullable Throwable thrown) {
    running.set(false);
    handle = null;
    report.set(result);
    if (thrown instanceof CancellationException) {
      problem.set("The export was cancelled; nothing half-written was left.");
    } else if (thrown != null) {
      problem.set(String.valueOf(thrown.getMessage()));
    }
  }

  private Job<ExportReport> job(OpenDataset open) {
    if (folder.get().isBlank()) {
      throw new IllegalArgumentException("Name a folder to export to.");
    }
    ExportRequest.Target target =
        new ExportRequest.Target(
            Path.of(folder.get().strip()), samplesPerShard.get(), overwrite.get());
    Map<String, String> description = new LinkedHashMap<>();
    RowQuery query = query(description);
    ExportRequest.Choice choice =
        new ExportRequest.Choice(
            selection.get(), CaptionPolicy.parse(captions.get(), open.mapping()), description);
    return new Job<>() {
      @Override
      public String title() {
        return "Exporting " + open.info().name();
      }

      @Override
      public ExportReport run(JobContext context) {
        open.dataset().mirror(workspace.decisions().all());
        open.dataset().scores(workspace.scores());
        try (RowView rows = open.dataset().view(open.mapping(), query, context)) {
          DatasetInfo info =
              new DatasetInfo(
                  open.info().name(), open.info().shards(), open.info().columns(), open.mapping());
          ExportRequest.Source source =
              new ExportRequest.Source(
                  rows, info, open.dataset().images(), keys -> workspace.decisions().current(keys));
          return new WebDatasetExporter()
              .export(new ExportRequest(source, choice, target), context);
        }
      }
    };
  }

  /** The rows that can matter: with few decisions on many rows, not all of them are read. */
  private RowQuery query(Map<String, String> description) {
    List<RowFilter> filters = new ArrayList<>();
    RowOrder order = null;
    if (selection.get() == DecisionSelection.ACCEPTED) {
      filters.add(new RowFilter.Decided(Verdict.ACCEPTED));
    }
    if (filteredOnly.get()) {
      RowQuery shown = filter.query();
      filters.addAll(shown.filters());
      order = shown.order();
      description.put("filter", filter.write(shown.filters()));
      description.put("order", filter.write(order));
      description.put("decided", filter.decidedProperty().get().title());
    }
    return filters.isEmpty() && order == null ? RowQuery.ALL : new RowQuery(filters, order);
  }
}
