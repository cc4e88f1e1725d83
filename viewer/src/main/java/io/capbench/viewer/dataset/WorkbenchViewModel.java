package io.capbench.viewer.dataset;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.FusionSeries;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.jobs.LatestRequest;
import io.capbench.viewer.review.ReviewViewModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens datasets and maps columns. FX thread only; the work runs as jobs. */
public final class WorkbenchViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(WorkbenchViewModel.class);

  private final DatasetOpener opener;
  private final Workspace workspace;
  private final BrowseViewModel browse;
  private final ReviewViewModel review;
  private final Executor writer;
  private final MadeTracks made;
  private final LatestRequest request;
  private final QueryViewModel query;
  private final SavedQueriesViewModel saved;
  private final ReadOnlyObjectWrapper<@Nullable OpenDataset> open =
      new ReadOnlyObjectWrapper<>(this, "open", null);
  private final ReadOnlyObjectWrapper<Set<String>> hidden =
      new ReadOnlyObjectWrapper<>(this, "hidden", Set.of());
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
  private final ReadOnlyBooleanWrapper opening = new ReadOnlyBooleanWrapper(this, "opening", false);
  private List<List<Path>> recent = List.of();
  private @Nullable ViewState kept;

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
    this.made = new MadeTracks(workspace, writer, fx);
    this.request = new LatestRequest(jobs, fx);
    this.query = new QueryViewModel(workspace, browse, request);
    this.saved = new SavedQueriesViewModel(workspace, query, writer, fx);
  }

  /** Which rows the list shows. */
  public QueryViewModel query() {
    return query;
  }

  /** Filters and orders that have a name. */
  public SavedQueriesViewModel saved() {
    return saved;
  }

  /** Which rows are wanted; {@link QueryViewModel#apply} makes it so. */
  public FilterViewModel filter() {
    return query.filter();
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

  /** Opens a dataset in place of the one that is open, which stays if this one cannot be opened. */
  public void open(List<Path> named) {
    open(named, null);
  }

  /**
   * Opens the files of the open dataset as they are now. What the workspace does not know of them,
   * since they were changed, stays as it is: columns, filter, and the place in the list.
   */
  public void openAgain() {
    OpenDataset current = open.get();
    if (current != null) {
      ViewState state = filter().state("", hidden.get());
      ColumnMapping own = current.dataset().fused().takeFrom(current.mapping());
      open(current.paths(), new Before(own, state, browse.selectedProperty().get()));
    }
  }

  /** How files were shown before they were changed. */
  private record Before(ColumnMapping mapping, ViewState state, long position) {

    /** Its mapping, if the dataset has the columns. */
    ColumnMapping mapping(DatasetInfo info) {
      Set<String> columns =
          info.columns().stream().map(ColumnInfo::name).collect(Collectors.toSet());
      boolean fits =
          (mapping.imageColumn() == null || columns.contains(mapping.imageColumn()))
              && mapping.tracks().stream().map(CaptionTrack::column).allMatch(columns::contains);
      return fits ? mapping : info.mapping();
    }
  }

  private void open(List<Path> named, @Nullable Before before) {
    if (request.closed()) {
      return; // a file that was dropped on a window that closes
    }
    List<Path> paths = named.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    opening.set(true);
    problem.set("");
    remember();
    query.superseded();
    request.start(
        new LatestRequest.Request<Opened>() {
          @Override
          public String title() {
            return "Opening " + paths.get(0).getFileName();
          }

          @Override
          public Opened run(JobContext context, Consumer<Opened> early) {
            return read(paths, before, context);
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

  private Opened read(List<Path> paths, @Nullable Before before, JobContext context) {
    Dataset dataset = opener.open(paths, context);
    try {
      String id = Workspace.datasetId(dataset.info().shards());
      ColumnMapping first =
          before == null ? dataset.info().mapping() : before.mapping(dataset.info());
      dataset.fused().use(workspace.fusions(), workspace.leftOut(id));
      ColumnMapping mapping = dataset.fused().addTo(workspace.mapping(id).orElse(first));
      if (!workspace.readOnly()) {
        workspace.rememberShards(dataset.info().shards());
        workspace.rememberDataset(paths);
      }
      ViewState state =
          ViewState.load(
              workspace.settings(), id, before == null ? ViewState.first(mapping) : before.state());
      String filterProblem = "";
      RowView rows;
      List<RowView> begun = new ArrayList<>();
      try {
        RowQuery wanted = FilterViewModel.query(state, mapping);
        rows = query.view(dataset, mapping, wanted, context, begun::add);
      } catch (CapbenchException e) {
        context.checkCancelled();
        begun.forEach(RowView::close);
        filterProblem = String.valueOf(e.getMessage()); // a filter of yesterday keeps nobody out
        rows = dataset.view(mapping, RowQuery.ALL, context);
      }
      return new Opened(
          new OpenDataset(paths, id, dataset, mapping, dataset.fused().names()),
          state,
          rows,
          position(rows, state.row(), before == null ? 0 : before.position()),
          filterProblem,
          workspace.recentDatasets());
    } catch (RuntimeException e) {
      dataset.close();
      throw e;
    }
  }

  private static long position(RowView rows, String key, long otherwise) {
    try {
      OptionalLong position =
          key.isEmpty() ? OptionalLong.empty() : rows.positionOf(RowKey.parse(key));
      return position.orElse(otherwise);
    } catch (IllegalArgumentException e) {
      LOG.warn("The workspace remembers a row that is none", e);
      return otherwise;
    }
  }

  private void show(Opened opened) {
    closeDataset();
    kept = opened.state();
    OpenDataset dataset = opened.dataset();
    recent = opened.recent();
    hidden.set(opened.state().hidden());
    open.set(dataset);
    review.attach(workspace.decisions(), dataset.fingerprints(), dataset.mapping());
    query.opened(dataset, opened.state(), opened.rows(), opened.filterProblem());
    browse.select(opened.position());
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
    if (next.continues(current)) {
      review.retrack(mapping);
    } else {
      review.attach(workspace.decisions(), next.fingerprints(), mapping);
    }
    query.remapped(
        next,
        () -> {
          if (!workspace.readOnly()) {
            workspace.saveMapping(next.id(), mapping);
          }
          made.keepLeftOut(next);
        });
  }

  /**
   * Shows captions that a model made of rows: their track, if it is new or was left out, and the
   * rows as they are now. The list and the selection stay.
   *
   * @param of the dataset that they are of; does nothing if another one is open
   */
  public void fused(Dataset of, FusionSeries series) {
    OpenDataset current = open.get();
    if (current == null || current.dataset() != of) {
      return;
    }
    made.addTrack(current, series, next -> showFused(current, next, series));
  }

  private void showFused(OpenDataset before, OpenDataset next, FusionSeries series) {
    OpenDataset current = open.get();
    if (!before.equals(current)) {
      fused(before.dataset(), series); // the columns, or the dataset, are others by now
    } else if (next.equals(current)) {
      browse.refresh();
    } else {
      open.set(next);
      review.retrack(next.mapping());
      query.retracked(next);
    }
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
    query.closed();
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
    boolean filterWorks = filter().errorProperty().get().isEmpty();
    ViewState state =
        (filterWorks ? filter() : new FilterViewModel())
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
