package io.capbench.storage.dataset;

import io.capbench.storage.dataset.AddedNames.Similarities;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tables that Capbench puts beside the columns of a dataset: decisions, measures, what is known
 * of the images, scores and fused captions. Thread-safe.
 */
final class AddedTables {
  /** What is computed of the captions. */
  static final Set<String> MEASURED = Set.of(AddedNames.PROVENANCE, AddedNames.FLAGS);

  private final List<Shard> shards;
  private final List<ColumnInfo> columns;
  private final AddedNames names;
  private final DecisionMirror decisions;
  private final Measures measures;
  private final ImageMirror images;
  private final ScoreMirror scores;
  private final FusedColumns fused;
  private final FusionMirror fusions;
  private final @Nullable FusedMeasures fusedMeasures;

  AddedTables(
      DuckDatabase database,
      List<Shard> shards,
      List<ColumnInfo> columns,
      AddedNames names,
      Measures measures,
      ImageMirror images,
      FusedColumns fused)
      throws SQLException {
    this.shards = List.copyOf(shards);
    this.columns = List.copyOf(columns);
    this.names = names;
    this.measures = measures;
    this.images = images;
    this.fused = fused;
    decisions = new DecisionMirror(database, shards);
    scores = new ScoreMirror(database, shards);
    fusions = new FusionMirror(database, shards, fused);
    RowMeasure measure = measures.measure();
    fusedMeasures = measure == null ? null : new FusedMeasures(database, shards, fusions, measure);
  }

  DecisionMirror decisions() {
    return decisions;
  }

  ScoreMirror scores() {
    return scores;
  }

  /** What a query reads from. */
  QuerySource source(
      Set<String> added,
      Similarities similarities,
      List<FusedColumn> fusedColumns,
      ColumnMapping mapping,
      JobContext context) {
    List<QuerySource.Added> tables = new ArrayList<>();
    if (added.contains(AddedNames.DECISION)) {
      tables.add(decisions.table(names));
    }
    Set<String> groups = new TreeSet<>(added);
    groups.retainAll(MEASURED);
    if (!groups.isEmpty()) {
      tables.add(measured(mapping, groups, context));
    }
    if (added.contains(AddedNames.IMAGE_STATUS)) {
      tables.add(imageStatuses(mapping, added));
    }
    if (added.contains(AddedNames.SIMILARITY)) {
      tables.add(given("scores", () -> scores.table(mapping, similarities, names, context)));
    }
    for (FusedColumn column : fusedColumns) {
      tables.add(given("fused captions", () -> fusions.table(column, names, context)));
    }
    String scan = Sql.parquet(shards.stream().map(Shard::parquet).toList());
    return QuerySource.of(scan, columns, names, added, tables);
  }

  /** Provenance and flags of the first fused track, measured as far as they are not known. */
  QuerySource.Added measured(ColumnMapping mapping, Set<String> groups, JobContext context) {
    Optional<FusedColumn> made = fused.firstOf(mapping);
    FusedMeasures known = fusedMeasures;
    if (made.isEmpty() || known == null) {
      return measures.table(mapping, groups, names, context);
    }
    return given("fused captions", () -> known.table(made.get(), mapping, groups, names, context));
  }

  /** Whether provenance and flags of all rows are known, or cost next to nothing. */
  boolean measuredAlready(ColumnMapping mapping) {
    return fused.firstOf(mapping).isPresent()
        ? measures.possible(mapping)
        : measures.present(mapping);
  }

  /** What detectors found in these columns when the captions were made. */
  List<FacetPlan.FusedFlags> flags(List<FusedColumn> made, JobContext context) throws SQLException {
    List<FacetPlan.FusedFlags> found = new ArrayList<>();
    for (FusedColumn column : made) {
      found.add(new FacetPlan.FusedFlags(column, fusions.flags(column, context)));
    }
    return found;
  }

  private QuerySource.Added imageStatuses(ColumnMapping mapping, Set<String> added) {
    try {
      images.refresh();
      return ImageMirror.table(mapping, names, added);
    } catch (SQLException e) {
      throw new CapbenchException(
          "What is known of the images cannot be given to filters: " + DuckErrors.sentence(e), e);
    }
  }

  private interface Table<T> {
    T make() throws SQLException;
  }

  private static <T> T given(String what, Table<T> table) {
    try {
      return table.make();
    } catch (SQLException e) {
      throw new CapbenchException(
          "The " + what + " cannot be given to filters: " + DuckErrors.sentence(e), e);
    }
  }
}
