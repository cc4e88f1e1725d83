package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.TrackRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@link RowMeasure} says of every row: a parquet file a shard in the cache, computed when
 * it is first needed. Thread-safe.
 */
final class Measures {
  private static final Logger LOG = LoggerFactory.getLogger(Measures.class);
  private static final long PATIENCE_MILLIS = 50;

  private final DuckDatabase database;
  private final Path folder;
  private final @Nullable RowMeasure measure;
  private final List<Shard> shards;

  /** Two computations at once would only take each other's processors. */
  private final ReentrantLock busy = new ReentrantLock();

  private final Set<Path> sound = ConcurrentHashMap.newKeySet();

  /**
   * Measures of one dataset.
   *
   * @param cache folder under which they are kept
   * @param measure null if nobody has any
   */
  Measures(DuckDatabase database, Path cache, @Nullable RowMeasure measure, List<Shard> shards) {
    this.database = database;
    this.folder = cache.resolve("measures");
    this.measure = measure;
    this.shards = List.copyOf(shards);
  }

  /** What measures, or null if nobody does. */
  @Nullable RowMeasure measure() {
    return measure;
  }

  /** Whether rows of that mapping can be measured at all. */
  boolean possible(ColumnMapping mapping) {
    return measure != null && mapping.first(TrackRole.FUSED).isPresent();
  }

  /** Whether every row of that mapping is measured already. */
  boolean present(ColumnMapping mapping) {
    RowMeasure known = measure;
    return known != null
        && possible(mapping)
        && shards.stream().allMatch(shard -> isSound(file(shard, known, mapping), shard, known));
  }

  /** The groups of values that there are. */
  List<RowMeasure.Value> values() {
    return measure == null ? List.of() : measure.values();
  }

  /**
   * The values of all rows, computed as far as they are not in the cache.
   *
   * @param groups which of them the query reads
   * @throws CapbenchException if the mapping has no fused track, a shard cannot be read or the
   *     cache not be written
   * @throws java.util.concurrent.CancellationException if cancelled; shards that were finished stay
   */
  QuerySource.Added table(
      ColumnMapping mapping, Set<String> groups, AddedNames names, JobContext context) {
    RowMeasure known = measure;
    if (known == null || !possible(mapping)) {
      throw new CapbenchException(
          "There is no fused track, which "
              + String.join(" and ", groups)
              + " are about. Say which column it is with --track NAME=fused:COLUMN, or in the"
              + " window under Columns");
    }
    List<Path> files = files(known, mapping, context);
    String shard = names.unused("measured_shard");
    String row = names.unused("measured_row");
    String sql =
        "(SELECT file_index AS %s, file_row_number AS %s, %s FROM %s)"
            .formatted(shard, row, String.join(", ", groups), Sql.parquet(files));
    return QuerySource.Added.ofRows(sql, shard, row, "");
  }

  private List<Path> files(RowMeasure known, ColumnMapping mapping, JobContext context) {
    List<Path> files = shards.stream().map(shard -> file(shard, known, mapping)).toList();
    lock(context);
    try {
      List<Integer> missing = new ArrayList<>();
      long rows = 0;
      for (int i = 0; i < files.size(); i++) {
        if (!isSound(files.get(i), shards.get(i), known)) {
          missing.add(i);
          rows += shards.get(i).info().rows();
        }
      }
      if (!missing.isEmpty()) {
        measure(known, mapping, files, missing, new MeasureProgress(context, rows));
      }
      return files;
    } finally {
      busy.unlock();
    }
  }

  private void measure(
      RowMeasure known,
      ColumnMapping mapping,
      List<Path> files,
      List<Integer> missing,
      MeasureProgress progress) {
    LOG.info("Measuring {} of {} shards", missing.size(), shards.size());
    try (ScratchFolder scratch = new ScratchFolder(folder);
        MeasureWorkers workers = new MeasureWorkers(known)) {
      ShardMeasuring measuring = new ShardMeasuring(database, known, workers, scratch.path());
      for (int i : missing) {
        Shard shard = shards.get(i);
        measuring.measure(shard, texts(shard, mapping), files.get(i), progress);
        sound.add(files.get(i));
      }
    } catch (IOException e) {
      throw new CapbenchException(
          folder + " cannot be written: " + e + "; choose another cache folder or free the disk",
          e);
    }
  }

  // Whoever waits for the other computation can be cancelled as well.
  private void lock(JobContext context) {
    try {
      while (!busy.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        context.checkCancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while rows were measured", e);
    }
  }

  private Path file(Shard shard, RowMeasure known, ColumnMapping mapping) {
    String columns =
        Stream.of(TrackRole.RAW, TrackRole.SYNTHETIC, TrackRole.FUSED)
            .map(role -> column(shard, mapping, role))
            .map(column -> column == null ? "" : column.name())
            .collect(Collectors.joining("\0"));
    return folder.resolve(
        shard.fingerprint()
            + "-"
            + known.id()
            + "-"
            + Fingerprint.ofText(columns).substring(0, 16)
            + ".parquet");
  }

  private static @Nullable ColumnInfo column(Shard shard, ColumnMapping mapping, TrackRole role) {
    return mapping.first(role).map(CaptionTrack::column).flatMap(shard::column).orElse(null);
  }

  private static List<String> texts(Shard shard, ColumnMapping mapping) {
    return Stream.of(TrackRole.RAW, TrackRole.SYNTHETIC, TrackRole.FUSED)
        .map(
            role -> {
              ColumnInfo column = column(shard, mapping, role);
              return column == null
                  ? "CAST(NULL AS VARCHAR)"
                  : "CAST(" + Sql.identifier(column.name()) + " AS VARCHAR)";
            })
        .toList();
  }

  /** Whether a file in the cache is what this class wrote for that shard. */
  private boolean isSound(Path file, Shard shard, RowMeasure known) {
    if (sound.contains(file)) {
      return Files.exists(file);
    }
    if (!Files.exists(file)) {
      return false;
    }
    try {
      List<ColumnInfo> columns =
          database.list(
              "DESCRIBE SELECT * FROM " + Sql.parquet(List.of(file)),
              List.of(),
              row -> new ColumnInfo(row.getString(1), row.getString(2)));
      long rows =
          database
              .list(
                  "SELECT num_rows FROM parquet_file_metadata(" + Sql.file(file) + ")",
                  List.of(),
                  row -> row.getLong(1))
              .get(0);
      boolean ours = rows == shard.info().rows() && holds(columns, known);
      if (ours) {
        sound.add(file);
      } else {
        LOG.warn("{} does not fit its shard and is made anew", file);
      }
      return ours;
    } catch (SQLException e) {
      LOG.warn("{} is damaged and is made anew", file, e);
      return false;
    }
  }

  private static boolean holds(List<ColumnInfo> columns, RowMeasure known) {
    return known.values().stream()
        .allMatch(
            value ->
                columns.stream()
                    .filter(column -> column.name().equals(value.group()))
                    .anyMatch(
                        column ->
                            StructType.has(
                                column.type(), value.name(), ShardMeasuring.type(value))));
  }
}
