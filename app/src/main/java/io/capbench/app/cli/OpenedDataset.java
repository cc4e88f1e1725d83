package io.capbench.app.cli;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.NamedScores;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A dataset with the mapping that holds for it, and the decisions on its rows. */
final class OpenedDataset implements AutoCloseable {
  private static final int PAGE = 500;

  private final Dataset dataset;
  private final @Nullable Workspace workspace;
  private final ColumnMapping mapping;
  private final Map<String, String> reasons;
  private final JobContext context;

  private OpenedDataset(
      Dataset dataset, @Nullable Workspace workspace, DatasetOptions options, JobContext context) {
    this.dataset = dataset;
    this.workspace = workspace;
    this.context = context;
    ColumnMapping guessed = dataset.info().mapping();
    ColumnMapping kept = guessed;
    if (workspace != null) {
      // The window keeps what a person changed; the names in their decisions are its names.
      String id = Workspace.datasetId(dataset.info().shards());
      kept = workspace.mapping(id).orElse(guessed);
      dataset.fused().use(workspace.fusions(), workspace.leftOut(id));
    }
    this.mapping = options.apply(dataset.fused().addTo(kept));
    this.reasons = reasons(guessed, options.namedColumns());
  }

  private Map<String, String> reasons(ColumnMapping guessed, List<String> named) {
    Map<String, String> all = new LinkedHashMap<>(dataset.guess().reasonByColumn());
    all.replaceAll(
        (column, reason) -> {
          if (named.stream().anyMatch(column::equalsIgnoreCase)) {
            return "was named with --track";
          }
          boolean asGuessed = use(guessed, column).equals(use(mapping, column));
          return asGuessed ? reason : "was chosen in the workspace";
        });
    return all;
  }

  /** What a column is used for: the name and role of its track, "image", or nothing. */
  static String use(ColumnMapping mapping, String column) {
    if (column.equalsIgnoreCase(mapping.imageColumn())) {
      return "image";
    }
    return mapping.tracks().stream()
        .filter(track -> track.column().equalsIgnoreCase(column))
        .map(track -> track.role().id() + " track " + track.name())
        .findFirst()
        .orElse("");
  }

  /**
   * Opens files and folders, and the workspace if there is one.
   *
   * @throws CapbenchException if no file can be read
   */
  static OpenedDataset open(Session session, List<Path> paths, DatasetOptions options) {
    return open(session, paths, options, options.workspace().openIfPresent(session));
  }

  /**
   * Opens files and folders, and the workspace, which is made if there is none.
   *
   * @throws CapbenchException if no file can be read, or the workspace cannot be written
   */
  static OpenedDataset openToWrite(Session session, List<Path> paths, DatasetOptions options) {
    Workspace workspace = Workspace.open(options.workspace().file(session));
    if (workspace.readOnly()) {
      workspace.close();
      throw new CapbenchException(
          "The workspace "
              + workspace.file()
              + " cannot be written. Give yourself the right to write there, or name another one"
              + " with --workspace.");
    }
    return open(session, paths, options, workspace);
  }

  private static OpenedDataset open(
      Session session, List<Path> paths, DatasetOptions options, @Nullable Workspace workspace) {
    Dataset dataset = null;
    try {
      dataset = session.web().opener(session.folders().cache()).open(paths, session.context());
      return new OpenedDataset(dataset, workspace, options, session.context());
    } catch (RuntimeException e) {
      close(dataset, workspace);
      throw e;
    }
  }

  /** What is known without reading rows, with the mapping that holds. */
  DatasetInfo info() {
    DatasetInfo known = dataset.info();
    return new DatasetInfo(known.name(), known.shards(), known.columns(), mapping);
  }

  /** Why each column is used as it is. */
  Map<String, String> reasons() {
    return reasons;
  }

  Dataset dataset() {
    return dataset;
  }

  /** The workspace of a dataset that was opened to write. */
  Workspace workspace() {
    Workspace opened = workspace;
    if (opened == null) {
      throw new IllegalStateException("Opened without a workspace");
    }
    return opened;
  }

  /** How to map a dataset in which no caption was found; null if it has some. */
  @Nullable String missingTracks() {
    return mapping.tracks().isEmpty() ? dataset.missingTracks() : null;
  }

  /** Says on standard error which shards are left out and why, and whether captions are missing. */
  void explainGaps(Terminal terminal) {
    for (ShardInfo shard : dataset.info().shards()) {
      if (shard.error() != null) {
        terminal.message("Left out: " + shard.error());
      }
    }
    String missing = missingTracks();
    if (missing != null) {
      terminal.message(missing);
    }
  }

  /**
   * The first track of a role.
   *
   * @throws CapbenchException if there is none, saying how to name one
   */
  CaptionTrack require(TrackRole role) {
    return mapping
        .first(role)
        .orElseThrow(
            () ->
                new CapbenchException(
                    info().name()
                        + " has no "
                        + role.id()
                        + " track. Say which column it is with --track NAME="
                        + role.id()
                        + ":COLUMN; \"capbench inspect\" lists the columns."));
  }

  /**
   * The rows that match; filters and orders see decisions and scores. To be closed by the caller.
   */
  RowView view(RowQuery query) {
    if (workspace != null && !query.equals(RowQuery.ALL)) {
      dataset.mirror(workspace.decisions().all());
      dataset.scores(workspace.scores());
    }
    return dataset.view(mapping, query, context);
  }

  /** What holds for these rows. */
  Map<RowKey, Decision> decisions(Collection<RowKey> keys) {
    return workspace == null ? Map.of() : workspace.decisions().current(keys);
  }

  /** The scores of the rows by name; null if there is no workspace. */
  @Nullable NamedScores scores() {
    if (workspace == null) {
      return null;
    }
    Set<String> fingerprints = new HashSet<>();
    for (ShardInfo shard : dataset.info().shards()) {
      if (shard.fingerprint() != null) {
        fingerprints.add(shard.fingerprint());
      }
    }
    return new NamedScores(workspace.scores(), fingerprints, mapping);
  }

  /** Takes a page of rows. */
  interface PageConsumer {
    void accept(List<CaptionRow> page);
  }

  /**
   * Hands rows over by the page, in bounded memory.
   *
   * @param from position of the first, from 0
   * @param limit how many at most
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  void forEachPage(RowView view, long from, long limit, PageConsumer consumer) {
    long end = limit < view.size() - from ? from + limit : view.size();
    long position = from;
    while (position < end) {
      context.checkCancelled();
      List<CaptionRow> page = view.page(position, (int) Math.min(PAGE, end - position));
      consumer.accept(page);
      position += page.size();
    }
  }

  @Override
  public void close() {
    close(dataset, workspace);
  }

  private static void close(@Nullable Dataset dataset, @Nullable Workspace workspace) {
    try {
      if (dataset != null) {
        dataset.close();
      }
    } finally {
      if (workspace != null) {
        workspace.close();
      }
    }
  }
}
