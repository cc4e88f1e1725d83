package io.capbench.viewer.insight;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.jobs.LatestRequest;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * What the rows in the list are like, counted only while somebody looks. Groups filter. FX thread
 * only; counting runs as a job, and only the newest counts.
 */
public final class FacetsViewModel {
  private final WorkbenchViewModel workbench;
  private final FacetSource source;
  private final LatestRequest request;
  private final ReadOnlyObjectWrapper<List<Facet>> facets =
      new ReadOnlyObjectWrapper<>(this, "facets", List.of());
  private final ReadOnlyBooleanWrapper measurable =
      new ReadOnlyBooleanWrapper(this, "measurable", false);
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running", false);
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
  private boolean shown;
  private @Nullable Counted asked;

  /** What was counted last, or is being counted. */
  private record Counted(OpenDataset dataset, RowQuery query) {}

  /**
   * Counts nothing yet.
   *
   * @param workbench whose rows are counted and filtered
   * @param jobs runs the counting
   * @param fx runs things on the FX thread
   */
  public FacetsViewModel(WorkbenchViewModel workbench, JobRunner jobs, Executor fx) {
    this(workbench, new DatasetFacets(workbench.query()), jobs, fx);
  }

  /**
   * The same.
   *
   * @param source counts
   */
  FacetsViewModel(WorkbenchViewModel workbench, FacetSource source, JobRunner jobs, Executor fx) {
    this.workbench = workbench;
    this.source = source;
    this.request = new LatestRequest(jobs, fx);
    workbench.openProperty().addListener(o -> changed());
    workbench.query().shownProperty().addListener(o -> changed());
    workbench.query().runningProperty().addListener(o -> changed());
  }

  /** What was counted last; empty before. */
  public ReadOnlyObjectProperty<List<Facet>> facetsProperty() {
    return facets.getReadOnlyProperty();
  }

  /** Whether it is being counted. */
  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** Whether there is more to know once the rows are measured. */
  public ReadOnlyBooleanProperty measurableProperty() {
    return measurable.getReadOnlyProperty();
  }

  /** Why it could not be counted, or empty. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Says whether somebody looks; while nobody does, nothing is counted. */
  public void setShown(boolean looks) {
    shown = looks;
    if (looks) {
      changed();
    } else if (running.get()) {
      asked = null;
      running.set(false);
      request.cancel();
    }
  }

  /** Counts anew. */
  public void refresh() {
    asked = null;
    changed();
  }

  /** Finds out the provenance and the flags of all rows, and counts anew. */
  public void measure() {
    OpenDataset open = workbench.openProperty().get();
    if (open != null) {
      count(new Counted(open, workbench.query().shownProperty().get()), true);
    }
  }

  /** Whether the list is filtered by that group. */
  public boolean chosen(Bucket bucket) {
    return workbench.filter().conditions().containsAll(bucket.filters());
  }

  /** Shows the rows of that group only, or no longer only those. */
  public void toggle(Bucket bucket) {
    ObservableList<RowFilter> conditions = workbench.filter().conditions();
    if (chosen(bucket)) {
      conditions.removeAll(bucket.filters());
    } else {
      bucket.filters().forEach(workbench.filter()::add);
    }
    workbench.query().applyIfChanged();
  }

  /** Counts nothing from now on. */
  public void close() {
    request.close();
  }

  private void changed() {
    OpenDataset open = workbench.openProperty().get();
    if (open == null) {
      asked = null;
      request.cancel();
      running.set(false);
      facets.set(List.of());
      measurable.set(false);
      problem.set("");
      return;
    }
    Counted wanted = new Counted(open, workbench.query().shownProperty().get());
    boolean finding = workbench.query().runningProperty().get();
    if (shown && !finding && !wanted.equals(asked) && !request.closed()) {
      count(wanted, false);
    }
  }

  private void count(Counted wanted, boolean measuring) {
    asked = wanted;
    running.set(true);
    problem.set("");
    request.start(
        new LatestRequest.Request<FacetSource.Answer>() {
          @Override
          public String title() {
            return measuring ? "Measuring provenance" : "Counting by kind";
          }

          @Override
          public FacetSource.Answer run(JobContext context, Consumer<FacetSource.Answer> early) {
            if (measuring) {
              source.measure(wanted.dataset(), context);
            }
            return source.facets(wanted.dataset(), wanted.query(), context);
          }

          @Override
          public void succeeded(FacetSource.Answer result) {
            if (wanted.equals(asked)) {
              running.set(false);
              measurable.set(result.measurable());
              facets.set(result.facets());
            }
          }

          @Override
          public void failed(String sentence) {
            if (wanted.equals(asked)) {
              running.set(false);
              facets.set(List.of());
              problem.set(sentence.isEmpty() ? "Stopped" : sentence);
            }
          }
        });
  }
}
