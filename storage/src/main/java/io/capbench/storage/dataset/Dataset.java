package io.capbench.storage.dataset;

import io.capbench.storage.dataset.AddedNames.Similarities;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.image.ImageStatuses;
import io.capbench.storage.image.WebImages;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Scores;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An open dataset: one or more shards that are read as one list of rows. Thread-safe. Closing it
 * ends its views too.
 */
public final class Dataset implements AutoCloseable {
  private final DuckDatabase database;
  private final List<Shard> shards;
  private final ColumnGuesser guesser = new ColumnGuesser();
  private final MappingGuess guess;
  private final DatasetInfo info;
  private final AddedTables tables;
  private final FusedColumns fused;
  private final Measures measures;
  private final AddedNames names;
  private final SqlCheck check;
  private final DatasetImages images;
  private final ShardWatch watch;
  private final ImageStatuses statuses;
  private final ColumnCheck columnCheck;
  private final AtomicLong views = new AtomicLong();

  /**
   * Takes a database over.
   *
   * @param shards the readable ones, at least one
   * @param infos all of them
   * @param web fetches the images that are on the web
   * @param measures what is computed of the rows
   */
  Dataset(
      DuckDatabase database,
      List<Shard> shards,
      String name,
      List<ShardInfo> infos,
      List<ColumnInfo> columns,
      WebImages web,
      Measures measures) {
    this.database = database;
    this.shards = List.copyOf(shards);
    this.guess =
        new ContentGuesser(database)
            .refine(guesser.guess(columns, shards.stream().anyMatch(Shard::listsImages)), shards);
    this.info = new DatasetInfo(name, infos, columns, guess.mapping());
    this.check = new SqlCheck(database);
    this.measures = measures;
    this.names = new AddedNames(columns);
    this.images = new DatasetImages(database, shards, web);
    this.watch = new ShardWatch(infos);
    this.statuses = web.statuses();
    this.fused =
        new FusedColumns(
            columns, shards.stream().map(Shard::fingerprint).collect(Collectors.toSet()));
    this.columnCheck = new ColumnCheck(info, fused);
    try {
      ImageMirror known = new ImageMirror(database, shards, statuses);
      this.tables = new AddedTables(database, shards, columns, names, measures, known, fused);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB makes no table", e);
    }
  }

  /** What is known without reading rows; the mapping is the guessed one. */
  public DatasetInfo info() {
    return info;
  }

  /** Writes all rows with further columns. Usable until the dataset is closed. */
  public DatasetCopy copy() {
    return new DatasetCopy(database, shards, info.columns());
  }

  /** Why the columns were mapped as they were. */
  public MappingGuess guess() {
    return guess;
  }

  /**
   * What to say when {@link DatasetInfo#mapping} has no tracks: names the dataset and the columns
   * that it has, and says what to do.
   */
  public String missingTracks() {
    return info.shards().get(0).path()
        + " has no column that looks like a caption. Its columns are "
        + columnCheck.names()
        + ". Say which is one with --track NAME=ROLE:COLUMN, or in the window under Columns";
  }

  /**
   * Replaces the decisions that filters and orders see. Views that exist do not change.
   *
   * @param decisions the current decision of every row that has one; rows of other datasets are
   *     left out
   */
  public void mirror(Collection<Decision> decisions) {
    try {
      tables.decisions().replace(decisions);
    } catch (SQLException e) {
      throw new CapbenchException(
          "The decisions cannot be given to filters: " + DuckErrors.sentence(e), e);
    }
  }

  /** Takes the scores that queries read from there from now on. Views that exist do not change. */
  public void scores(Scores scores) {
    tables.scores().use(scores);
  }

  /** The captions that models made of this dataset's rows; none until it is told where they are. */
  public FusedColumns fused() {
    return fused;
  }

  /**
   * The same rows with other captions that models made, without finding them again. May read from
   * disk.
   *
   * @param rows a view of this dataset; closing either closes both
   * @param mapping that of the view but for tracks of {@link #fused}
   * @throws CapbenchException if the mapping does not fit the columns
   */
  public RowView withFused(RowView rows, ColumnMapping mapping) {
    RowView own = rows instanceof FusedView view ? view.rows() : rows;
    return whole(own, mapping, columnCheck.check(mapping));
  }

  /**
   * What queries call the similarities that rows have: the tracks' names for the model that scored
   * last, then {@code LABEL:TRACK} for each track of each model. May read from disk.
   */
  public List<String> similarities(ColumnMapping mapping) {
    return List.copyOf(tables.scores().names(mapping).keySet());
  }

  /**
   * The files that were replaced, have grown or are gone since the dataset was opened. Looks at
   * every file: quick on a disk, but not on the FX thread.
   */
  public List<ShardChange> changes() {
    return watch.changes();
  }

  /** The images of this dataset's rows. Usable until it is closed. */
  public ImageSource images() {
    return images;
  }

  /** What became of images, of this dataset and others, when they were looked at. */
  public ImageStatuses statuses() {
    return statuses;
  }

  /**
   * Finds the rows that match. Without filters and order nothing is read; otherwise every row is
   * looked at once, which the context shows and can cancel.
   *
   * @param mapping which columns to read: the guessed mapping or another one
   * @return to be closed by the caller
   * @throws CapbenchException if the mapping or an expression does not fit the columns, or a shard
   *     cannot be read
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public RowView view(ColumnMapping mapping, RowQuery query, JobContext context) {
    return find(mapping, query, context, null);
  }

  /**
   * Finds the rows that match, and hands them out while the others are still searched.
   *
   * @param growing called at most once, on this thread, as soon as a query without an order has its
   *     first row, with the view that is returned in the end. Its size grows until then; whoever
   *     was called closes it, also if this method throws.
   * @return to be closed by the caller
   * @throws CapbenchException as {@link #view(ColumnMapping, RowQuery, JobContext)} does; a view
   *     that was handed out keeps the rows that were found
   * @throws java.util.concurrent.CancellationException if cancelled, with the same effect
   */
  public RowView view(
      ColumnMapping mapping, RowQuery query, JobContext context, Consumer<RowView> growing) {
    return find(mapping, query, context, growing);
  }

  private RowView find(
      ColumnMapping mapping,
      RowQuery query,
      JobContext context,
      @Nullable Consumer<RowView> growing) {
    List<FusedColumn> made = columnCheck.check(mapping);
    RowReader reader =
        new RowReader(
            database,
            shards,
            shards.stream()
                .map(
                    shard ->
                        new Projection(
                            shard,
                            mapping,
                            guesser.guess(shard.columns(), shard.listsImages()).mapping()))
                .toList());
    if (query.filters().isEmpty() && query.order() == null) {
      return whole(new BlockView(new FileOrder(reader, shards)), mapping, made);
    }
    Condition condition =
        Condition.of(query, mapping, info.columns(), names, check, names.of(query));
    String select =
        tables
            .source(
                condition.added(),
                names.similarities(query),
                fused.of(query, mapping),
                mapping,
                context)
            .rows(condition);
    Hits hits = new Hits(database, reader, shards, condition.order() == null);
    RowView view = whole(new BlockView(hits), mapping, made);
    AtomicBoolean handedOut = new AtomicBoolean();
    boolean found = false;
    try {
      hits.find(
          select,
          List.of(),
          context,
          () -> {
            if (growing != null) {
              handedOut.set(true);
              growing.accept(view);
            }
          });
      found = true;
      return view;
    } catch (SQLException e) {
      if (!DuckErrors.isAboutTheQuery(e) && !DuckErrors.isAboutMemory(e)) {
        new DamageSearch(database, shards).refuse(condition, context);
      }
      throw unreadable(e);
    } finally {
      if (!found && !handedOut.get()) {
        view.close();
      }
    }
  }

  private RowView whole(RowView rows, ColumnMapping mapping, List<FusedColumn> made) {
    return made.isEmpty() ? rows : new FusedView(rows, mapping, fused.source(), made);
  }

  private CapbenchException unreadable(SQLException e) {
    return new CapbenchException(
        "The rows of "
            + info.name()
            + " cannot be filtered or ordered: "
            + DuckErrors.sentence(e)
            + (DuckErrors.isAboutTheQuery(e)
                ? ". The columns are " + columnCheck.names()
                : DuckErrors.isAboutMemory(e)
                    ? ". Open fewer files, or write the columns' texts shorter"
                    : ". If the files are damaged, or were changed or moved after they were opened,"
                        + " write them again and open the dataset again"),
        e);
  }

  /**
   * How the rows of a query fall into groups: by words of each track, by decision, by the dozen
   * most used tags and types of spans if there are any, by host of the image's address, by the
   * similarities of the model that scored last; by provenance and detectors too if {@link
   * #measured} holds or the query reads them. Counts every row, or an evenly spread part of very
   * large datasets.
   *
   * @param query its order does not matter
   * @return in the order in which they are shown
   * @throws CapbenchException as {@link #view} does
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public List<Facet> facets(ColumnMapping mapping, RowQuery query, JobContext context) {
    List<FusedColumn> made = new ArrayList<>(columnCheck.check(mapping));
    RowQuery unordered = new RowQuery(query.filters(), null);
    Set<String> added = new HashSet<>(names.of(unordered));
    boolean measured = added.removeAll(AddedTables.MEASURED) || measured(mapping);
    added.add(AddedNames.DECISION);
    if (mapping.imageKind() != ImageKind.NONE) {
      added.add(AddedNames.IMAGE_STATUS);
    }
    if (measured) {
      added.addAll(AddedTables.MEASURED);
    }
    List<String> scored =
        similarities(mapping).stream().filter(name -> mapping.track(name).isPresent()).toList();
    Similarities similarities = names.similarities(unordered);
    if (!scored.isEmpty()) {
      added.add(AddedNames.SIMILARITY);
      similarities = similarities.and(scored);
    }
    Condition condition = Condition.of(unordered, mapping, info.columns(), names, check, added);
    fused.of(unordered, mapping).stream().filter(one -> !made.contains(one)).forEach(made::add);
    QuerySource source = tables.source(added, similarities, made, mapping, context);
    String table = "facets " + views.incrementAndGet();
    try {
      return new Facets(database, table, source, condition, RowSample.of(shards), context)
          .count(
              mapping,
              info.columns(),
              measured ? measures.values() : List.of(),
              new FacetPlan.Known(tables.decisions().notes(), scored, tables.flags(made, context)),
              names,
              added);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Whether provenance and detector flags of all rows are known, so that they cost nothing. */
  public boolean measured(ColumnMapping mapping) {
    return tables.measuredAlready(mapping);
  }

  /** Whether rows of that mapping have provenance and flags at all: they need a fused track. */
  public boolean measurable(ColumnMapping mapping) {
    return measures.possible(mapping);
  }

  /**
   * Finds the provenance and the flags of all rows, as far as they are not in the cache. Queries
   * that read them do the same when they need it.
   *
   * @throws CapbenchException if there is no fused track, a shard cannot be read or the cache not
   *     be written
   * @throws java.util.concurrent.CancellationException if cancelled; shards that were finished stay
   */
  public void measure(ColumnMapping mapping, JobContext context) {
    columnCheck.check(mapping);
    tables.measured(mapping, AddedTables.MEASURED, context);
  }

  /** Closes the shards, and forgets mirrored decisions. Idempotent. */
  @Override
  public void close() {
    try {
      images.close();
    } finally {
      database.close();
    }
  }
}
