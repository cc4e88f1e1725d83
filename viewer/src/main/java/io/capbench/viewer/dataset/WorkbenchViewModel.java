package io.capbench.viewer.dataset;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowQuery;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.review.ReviewViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Opens datasets, maps their columns, filters their rows. FX thread only; the work runs as jobs.
 */
public final class WorkbenchViewModel {
  private static final String POSITION = "position:";

  private final DatasetOpener opener;
  private final JobRunner jobs;
  private final Workspace workspace;
  private final BrowseViewModel browse;
  private final ReviewViewModel review;
  private final Executor fx;
  private final FilterViewModel filter = new FilterViewModel();
  private final ReadOnlyObjectWrapper<@Nullable OpenDataset> open =
      new ReadOnlyObjectWrapper<>(this, "open", null);
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
  private final ReadOnlyBooleanWrapper opening = new ReadOnlyBooleanWrapper(this, "opening", false);
  private final ReadOnlyBooleanWrapper filtering =
      new ReadOnlyBooleanWrapper(this, "filtering", false);
  private @Nullable JobHandle<?> request;

  private record Opened(OpenDataset dataset, RowView rows, long position) {}

  /**
   * A model with nothing open.
   *
   * @param opener opens datasets
   * @param jobs runs the work
   * @param workspace remembers mappings, positions and datasets
   * @param browse shows the rows
   * @param review decides on them
   * @param fx runs things on the FX thread
   */
  public WorkbenchViewModel(
      DatasetOpener opener,
      JobRunner jobs,
      Workspace workspace,
      BrowseViewModel browse,
      ReviewViewModel review,
      Executor fx) {
    this.opener = opener;
    this.jobs = jobs;
    this.workspace = workspace;
    this.browse = browse;
    this.review = review;
    this.fx = fx;
  }

  /** Which rows are wanted; {@link #applyFilter} makes it so. */
  public FilterViewModel filter() {
    return filter;
  }

  /** The dataset that is open, or null. */
  public ReadOnlyObjectProperty<@Nullable OpenDataset> openProperty() {
    return open.getReadOnlyProperty();
  }

  /** Why the last dataset did not open, or empty. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Goes back to the dataset that stayed open, or to none. */
  public void dismissProblem() {
    problem.set("");
  }

  /** Whether a dataset is being opened. */
  public ReadOnlyBooleanProperty openingProperty() {
    return opening.getReadOnlyProperty();
  }

  /** Whether rows are being filtered. */
  public ReadOnlyBooleanProperty filteringProperty() {
    return filtering.getReadOnlyProperty();
  }

  /** Opens a dataset in place of the one that is open, which stays if this one cannot be opened. */
  public void open(List<Path> paths) {
    String name = String.valueOf(paths.get(0).getFileName());
    opening.set(true);
    problem.set("");
    start("Opening " + name, context -> read(paths, context), this::opened, problem::set);
  }

  private Opened read(List<Path> paths, JobContext context) {
    Dataset dataset = opener.open(paths, context);
    try {
      String id = Workspace.datasetId(dataset.info().shards());
      ColumnMapping mapping = workspace.mapping(id).orElse(dataset.info().mapping());
      if (!workspace.readOnly()) {
        workspace.rememberShards(dataset.info().shards());
        workspace.rememberDataset(paths);
      }
      RowView rows = dataset.view(mapping, RowQuery.ALL, context);
      long position = workspace.settings().get(POSITION + id).map(Long::parseLong).orElse(0L);
      return new Opened(new OpenDataset(paths, id, dataset, mapping), rows, position);
    } catch (RuntimeException e) {
      dataset.close();
      throw e;
    }
  }

  private void opened(Opened opened) {
    closeDataset();
    filter.clear();
    open.set(opened.dataset());
    review.attach(
        workspace.decisions(), opened.dataset().fingerprints(), opened.dataset().mapping());
    browse.show(
        opened.rows(), opened.dataset().mapping(), keys -> workspace.decisions().current(keys));
    browse.select(opened.position());
  }

  /** Shows the rows that {@link #filter} wants. The selection stays where it is, if it can. */
  public void applyFilter() {
    OpenDataset current = open.get();
    if (current == null) {
      return;
    }
    show(current, filter.query(), () -> {});
  }

  /** Reads the columns in another way from now on, and keeps that in the workspace. */
  public void applyMapping(ColumnMapping mapping) {
    OpenDataset current = open.get();
    if (current == null) {
      return;
    }
    OpenDataset next = current.withMapping(mapping);
    open.set(next);
    review.attach(workspace.decisions(), next.fingerprints(), mapping);
    show(
        next,
        filter.query(),
        () -> {
          if (!workspace.readOnly()) {
            workspace.saveMapping(current.id(), mapping);
          }
        });
  }

  private void show(OpenDataset dataset, RowQuery query, Runnable before) {
    filter.errorProperty().set("");
    filtering.set(true);
    RowItem selected = browse.currentProperty().get();
    RowKey key = selected == null ? null : selected.row().key();
    start(
        "Filtering rows",
        context -> {
          before.run();
          dataset.dataset().mirror(workspace.decisions().all());
          return dataset.dataset().view(dataset.mapping(), query, context);
        },
        rows -> {
          browse.show(rows, dataset.mapping(), keys -> workspace.decisions().current(keys));
          if (key != null) {
            browse.selectKey(key);
          }
        },
        filter.errorProperty()::set);
  }

  private interface Work<T> {
    T run(JobContext context);
  }

  /** Runs one request; a newer one takes its place, and its result is then dropped. */
  private <T> void start(
      String title, Work<T> work, Consumer<T> onSuccess, Consumer<String> onFailure) {
    if (request != null) {
      request.cancel();
    }
    JobHandle<T> handle =
        jobs.submit(
            new Job<T>() {
              @Override
              public String title() {
                return title;
              }

              @Override
              public T run(JobContext context) {
                return work.run(context);
              }
            });
    request = handle;
    var unused =
        handle
            .future()
            .whenComplete(
                (result, thrown) ->
                    fx.execute(() -> ended(handle, result, thrown, onSuccess, onFailure)));
  }

  private <T> void ended(
      JobHandle<T> handle,
      @Nullable T result,
      @Nullable Throwable thrown,
      Consumer<T> onSuccess,
      Consumer<String> onFailure) {
    boolean late = request != handle;
    if (!late) {
      request = null;
      opening.set(false);
      filtering.set(false);
    }
    if (result != null) {
      if (late) {
        drop(result);
      } else {
        onSuccess.accept(result);
      }
    } else if (!late && thrown != null) {
      onFailure.accept(sentence(thrown));
    }
  }

  private static void drop(Object result) {
    if (result instanceof RowView rows) {
      rows.close();
    } else if (result instanceof Opened opened) {
      opened.rows().close();
      opened.dataset().dataset().close();
    }
  }

  private static String sentence(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof CancellationException) {
      return "";
    }
    return cause instanceof CapbenchException && cause.getMessage() != null
        ? cause.getMessage()
        : "That did not work: " + cause;
  }

  /** Whether the workspace lets nobody decide. */
  public boolean readOnly() {
    return workspace.readOnly();
  }

  /** The datasets that were opened last, newest first. */
  public List<List<Path>> recent() {
    return workspace.recentDatasets();
  }

  /** Remembers where the person was and lets go of the dataset. */
  public void close() {
    if (request != null) {
      request.cancel();
    }
    closeDataset();
    review.detach();
  }

  private void closeDataset() {
    OpenDataset current = open.get();
    if (current == null) {
      return;
    }
    if (!workspace.readOnly() && filter.isOpen()) {
      workspace
          .settings()
          .put(POSITION + current.id(), String.valueOf(browse.selectedProperty().get()));
    }
    browse.close();
    open.set(null);
    current.dataset().close();
  }
}
