package io.capbench.viewer.dataset;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.review.ReviewViewModel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens datasets, maps columns, filters rows. FX thread only; the work runs as jobs. */
public final class WorkbenchViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(WorkbenchViewModel.class);

  private final DatasetOpener opener;
  private final Workspace workspace;
  private final BrowseViewModel browse;
  private final ReviewViewModel review;
  private final Executor writer;
  private final LatestRequest request;
  private final FilterViewModel filter = new FilterViewModel();
  private final ReadOnlyObjectWrapper<@Nullable OpenDataset> open =
      new ReadOnlyObjectWrapper<>(this, "open", null);
  private final ReadOnlyObjectWrapper<Set<String>> hidden =
      new ReadOnlyObjectWrapper<>(this, "hidden", Set.of());
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
  private final ReadOnlyBooleanWrapper opening = new ReadOnlyBooleanWrapper(this, "opening", false);
  private final ReadOnlyBooleanWrapper filtering =
      new ReadOnlyBooleanWrapper(this, "filtering", false);
  private List<List<Path>> recent = List.of();
  private @Nullable ViewState kept;
  private @Nullable RowKey lastSelected;

  private record Opened(
      OpenDataset dataset,
      ViewState state,
      RowView rows,
      long position,
      String filterProblem,
      List<List<Path>> recent) {}

  /**
   * A model with nothing open.
   *
   * @param opener opens datasets
   * @param jobs runs the work
   * @param workspace remembers mappings, positions and datasets
   * @param browse shows the rows
   * @param review decides on them
   * @param writer writes to the workspace, in order
   * @param fx runs things on the FX thread
   */
  public WorkbenchViewModel(
      DatasetOpener opener,
      JobRunner jobs,
      Workspace workspace,
      BrowseViewModel browse,
      ReviewViewModel review,
      Executor writer,
      Executor fx) {
    this.opener = opener;
    this.workspace = workspace;
    this.browse = browse;
    this.review = review;
    this.writer = writer;
    this.request = new LatestRequest(jobs, fx);
  }

  /** Which rows are wanted; {@link #applyFilter} makes it so. */
  public FilterViewModel filter() {
    return filter;
  }

  /** The dataset that is open, or null. */
  public ReadOnlyObjectProperty<@Nullable OpenDataset> openProperty() {
    return open.getReadOnlyProperty();
  }

  /** Names of the tracks that the list does not show. */
  public ReadOnlyObjectProperty<Set<String>> hiddenProperty() {
    return hidden.getReadOnlyProperty();
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
  public void open(List<Path> named) {
    if (request.closed()) {
      return; // a file that was dropped on a window that closes
    }
    List<Path> paths = named.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    opening.set(true);
    problem.set("");
    remember();
    request.start(
        new LatestRequest.Request<Opened>() {
          @Override
          public String title() {
            return "Opening " + paths.get(0).getFileName();
          }

          @Override
          public Opened run(JobContext context) {
            return read(paths, context);
          }

          @Override
          public void succeeded(Opened opened) {
            opening.set(false);
            show(opened);
          }

          @Override
          public void failed(String sentence) {
            opening.set(false);
            problem.set(sentence);
          }

          @Override
          public void drop(Opened opened) {
            opened.rows().close();
            opened.dataset().dataset().close();
          }
        });
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
      ViewState state = ViewState.load(workspace.settings(), id, mapping);
      String filterProblem = "";
      RowView rows;
      try {
        rows = view(dataset, mapping, FilterViewModel.query(state), context);
      } catch (CapbenchException e) {
        context.checkCancelled();
        filterProblem = String.valueOf(e.getMessage()); // a filter of yesterday keeps nobody out
        rows = dataset.view(mapping, RowQuery.ALL, context);
      }
      return new Opened(
          new OpenDataset(paths, id, dataset, mapping),
          state,
          rows,
          position(rows, state.row()),
          filterProblem,
          workspace.recentDatasets());
    } catch (RuntimeException e) {
      dataset.close();
      throw e;
    }
  }

  private RowView view(Dataset dataset, ColumnMapping mapping, RowQuery query, JobContext context) {
    if (!query.filters().isEmpty()) {
      dataset.mirror(workspace.decisions().all());
    }
    return dataset.view(mapping, query, context);
  }

  private static long position(RowView rows, String key) {
    try {
      OptionalLong position =
          key.isEmpty() ? OptionalLong.empty() : rows.positionOf(RowKey.parse(key));
      return position.orElse(0);
    } catch (IllegalArgumentException e) {
      LOG.warn("The workspace remembers a row that is none", e);
      return 0;
    }
  }

  private void show(Opened opened) {
    closeDataset();
    kept = opened.state();
    lastSelected = null;
    OpenDataset dataset = opened.dataset();
    recent = opened.recent();
    filter.show(opened.state());
    filter.errorProperty().set(opened.filterProblem());
    hidden.set(opened.state().hidden());
    open.set(dataset);
    review.attach(workspace.decisions(), dataset.fingerprints(), dataset.mapping());
    browse.highlight(filter.words());
    browse.show(opened.rows(), dataset.mapping(), keys -> workspace.decisions().current(keys));
    browse.select(opened.position());
  }

  /** Shows the rows that {@link #filter} wants. The selection stays where it is, if it can. */
  public void applyFilter() {
    OpenDataset current = open.get();
    if (current != null) {
      filter(current, () -> {});
    }
  }

  /** Shows or hides a track in the list. */
  public void setShown(CaptionTrack track, boolean shown) {
    Set<String> names = new HashSet<>(hidden.get());
    if (shown) {
      names.remove(track.name());
    } else {
      names.add(track.name());
    }
    hidden.set(Set.copyOf(names));
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
    filter(
        next,
        () -> {
          if (!workspace.readOnly()) {
            workspace.saveMapping(current.id(), mapping);
          }
        });
  }

  private void filter(OpenDataset dataset, Runnable before) {
    RowQuery query = filter.query();
    String words = filter.words();
    filter.errorProperty().set("");
    filtering.set(true);
    RowItem selected = browse.currentProperty().get();
    if (selected != null) {
      lastSelected = selected.row().key();
    }
    RowKey key = lastSelected;
    request.start(
        new LatestRequest.Request<RowView>() {
          @Override
          public String title() {
            return "Filtering rows";
          }

          @Override
          public RowView run(JobContext context) {
            before.run();
            return view(dataset.dataset(), dataset.mapping(), query, context);
          }

          @Override
          public void succeeded(RowView rows) {
            filtering.set(false);
            browse.highlight(words);
            browse.show(rows, dataset.mapping(), keys -> workspace.decisions().current(keys));
            if (key != null) {
              browse.selectKey(key);
            }
          }

          @Override
          public void failed(String sentence) {
            filtering.set(false);
            filter.errorProperty().set(sentence);
          }

          @Override
          public void drop(RowView rows) {
            rows.close();
          }
        });
  }

  /** Whether the workspace lets nobody decide. */
  public boolean readOnly() {
    return workspace.readOnly();
  }

  /** The datasets that were opened last, newest first, as of the last one that opened. */
  public List<List<Path>> recent() {
    return recent;
  }

  /** Remembers where the person was and lets go of the dataset, for good. */
  public void close() {
    request.close();
    closeDataset();
    review.detach();
  }

  private void closeDataset() {
    OpenDataset current = open.get();
    if (current == null) {
      return;
    }
    remember();
    browse.close();
    open.set(null);
    current.dataset().close();
  }

  /**
   * Keeps in the workspace where the person is, if that has changed. Cheap enough to call often.
   */
  public void remember() {
    OpenDataset current = open.get();
    RowItem selected = browse.currentProperty().get();
    if (current == null || selected == null || workspace.readOnly()) {
      return;
    }
    boolean filterWorks = filter.errorProperty().get().isEmpty();
    ViewState state =
        (filterWorks ? filter : new FilterViewModel())
            .state(selected.row().key().toString(), hidden.get());
    if (!state.equals(kept)) {
      kept = state;
      writer.execute(() -> save(state, current.id()));
    }
  }

  private void save(ViewState state, String dataset) {
    try {
      state.save(workspace.settings(), dataset);
    } catch (CapbenchException e) {
      LOG.warn("Where the person was is not kept", e);
    }
  }
}
