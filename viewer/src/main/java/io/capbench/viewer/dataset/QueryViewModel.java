package io.capbench.viewer.dataset;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.jobs.LatestRequest;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that the filter wants, in the order that it wants, and shows the first while the
 * rest is looked for. FX thread only; the work runs as a job.
 */
public final class QueryViewModel {
  private final Workspace workspace;
  private final BrowseViewModel browse;
  private final LatestRequest request;
  private final FilterViewModel filter = new FilterViewModel();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running", false);
  private final ReadOnlyBooleanWrapper growing = new ReadOnlyBooleanWrapper(this, "growing", false);
  private final ReadOnlyBooleanWrapper stopped = new ReadOnlyBooleanWrapper(this, "stopped", false);
  private final ReadOnlyObjectWrapper<RowQuery> shown =
      new ReadOnlyObjectWrapper<>(this, "shown", RowQuery.ALL);
  private @Nullable OpenDataset dataset;
  private @Nullable RowKey lastSelected;
  private RowQuery wanted = RowQuery.ALL;

  /**
   * A model without a dataset.
   *
   * @param request shared with the opening of datasets, so that the newest of both counts
   */
  QueryViewModel(Workspace workspace, BrowseViewModel browse, LatestRequest request) {
    this.workspace = workspace;
    this.browse = browse;
    this.request = request;
  }

  /** Which rows are wanted; {@link #apply} makes it so. */
  public FilterViewModel filter() {
    return filter;
  }

  /** Whether rows are being looked for. */
  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** Whether the list shows the first rows while more are being looked for. */
  public ReadOnlyBooleanProperty growingProperty() {
    return growing.getReadOnlyProperty();
  }

  /** Whether the person stopped the search, so that the list may lack rows. */
  public ReadOnlyBooleanProperty stoppedProperty() {
    return stopped.getReadOnlyProperty();
  }

  /** What the rows in the list were asked for with. */
  public ReadOnlyObjectProperty<RowQuery> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Shows the rows that {@link #filter} wants. The selection stays where it is, if it can. */
  public void apply() {
    run(() -> {});
  }

  /** The same, unless that is what was asked for last. */
  public void applyIfChanged() {
    if (!filter.query().equals(wanted)) {
      apply();
    }
  }

  /** Stops looking for rows. What was found stays in the list. */
  public void cancel() {
    if (running.get()) {
      request.cancel();
    }
  }

  /** Counts the rows that were found meanwhile; to be called now and then while it grows. */
  public void refreshCount() {
    if (growing.get()) {
      browse.grown();
    }
  }

  /**
   * Finds rows. On a background thread.
   *
   * @param early as in {@link LatestRequest.Request#run}
   */
  RowView view(
      Dataset data,
      ColumnMapping mapping,
      RowQuery query,
      JobContext context,
      Consumer<RowView> early) {
    if (!query.filters().isEmpty() || query.order() != null) {
      mirror(data);
    }
    return data.view(mapping, query, context, early);
  }

  /**
   * Lets queries on a dataset see what was decided and scored up to now. On a background thread.
   */
  public void mirror(Dataset data) {
    data.mirror(workspace.decisions().all());
    data.scores(workspace.scores());
  }

  /** Shows a dataset that was opened, with rows that were found as {@code state} wants them. */
  void opened(OpenDataset opened, ViewState state, RowView rows, String problem) {
    dataset = opened;
    lastSelected = null;
    ended();
    stopped.set(false);
    filter.show(state, opened.mapping());
    filter.errorProperty().set(problem);
    wanted = problem.isEmpty() ? filter.query() : RowQuery.ALL;
    show(opened, rows, wanted, filter.words());
  }

  /** Goes on with other columns of the same dataset. */
  void remapped(OpenDataset other, Runnable before) {
    dataset = other;
    filter.remap(other.mapping());
    run(before);
  }

  /** Goes on with more tracks of the same rows, which are not looked for again. */
  void retracked(OpenDataset other) {
    dataset = other;
    filter.remap(other.mapping());
    browse.retrack(rows -> other.dataset().withFused(rows, other.mapping()), other.mapping());
  }

  /** Knows that another request took the place of the search that is under way. */
  void superseded() {
    stopped.set(stopped.get() || running.get());
    ended();
  }

  /** Goes on without a dataset. */
  void closed() {
    dataset = null;
    ended();
  }

  private void show(OpenDataset opened, RowView rows, RowQuery query, List<String> words) {
    browse.highlight(words);
    browse.show(rows, opened.mapping(), keys -> workspace.decisions().current(keys));
    shown.set(query);
    OpenDataset now = dataset;
    if (now != null && !now.equals(opened) && OpenDataset.same(now, opened)) {
      retracked(now); // there are more tracks than when these rows were asked for
    }
  }

  private void ended() {
    running.set(false);
    growing.set(false);
  }

  private void run(Runnable before) {
    OpenDataset current = dataset;
    if (current == null) {
      return;
    }
    RowQuery query = filter.query();
    List<String> words = filter.words();
    wanted = query;
    filter.errorProperty().set("");
    stopped.set(false);
    growing.set(false);
    running.set(true);
    RowItem selected = browse.currentProperty().get();
    if (selected != null) {
      lastSelected = selected.row().key();
    }
    RowKey key = lastSelected;
    request.start(
        new LatestRequest.Request<RowView>() {
          private boolean begun;
          private long beganAt;

          @Override
          public String title() {
            return query.order() == null ? "Filtering rows" : "Ordering rows";
          }

          @Override
          public RowView run(JobContext context, Consumer<RowView> early) {
            before.run();
            return view(current.dataset(), current.mapping(), query, context, early);
          }

          @Override
          public void began(RowView rows) {
            begun = true;
            show(current, rows, query, words);
            beganAt = browse.selectedProperty().get();
            growing.set(true);
          }

          @Override
          public void succeeded(RowView rows) {
            if (begun) {
              browse.grown();
            } else {
              show(current, rows, query, words);
            }
            ended();
            // Whoever moved on among the first rows is not fetched back.
            if (key != null && (!begun || browse.selectedProperty().get() == beganAt)) {
              browse.selectKey(key);
            }
          }

          @Override
          public void failed(String sentence) {
            browse.grown();
            ended();
            stopped.set(sentence.isEmpty());
            filter.errorProperty().set(sentence);
          }

          @Override
          public void drop(RowView rows) {
            rows.close();
          }
        });
  }
}
