package io.capbench.viewer.dataset;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.ShardInfo;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dataset that the window shows.
 *
 * @param paths what the person opened
 * @param id the workspace's name for it
 * @param dataset the dataset; closed by whoever replaces it
 * @param mapping the columns as the person wants them
 * @param made names of the columns of captions that models made, tracks or not
 */
public record OpenDataset(
    List<Path> paths, String id, Dataset dataset, ColumnMapping mapping, List<String> made) {
  private static final String TEXT = "VARCHAR";

  public OpenDataset {
    paths = List.copyOf(paths);
    made = List.copyOf(made);
  }

  /** Whether both are the same dataset, with the same or other columns. */
  public static boolean same(@Nullable OpenDataset one, @Nullable OpenDataset other) {
    return one != null && other != null && one.dataset() == other.dataset();
  }

  /** Whether it is that dataset with further tracks behind those that it had, or the same ones. */
  public boolean continues(@Nullable OpenDataset before) {
    if (before == null || !same(before, this)) {
      return false;
    }
    List<CaptionTrack> tracks = mapping.tracks();
    List<CaptionTrack> had = before.mapping().tracks();
    return Objects.equals(before.mapping().imageColumn(), mapping.imageColumn())
        && tracks.size() >= had.size()
        && tracks.subList(0, had.size()).equals(had);
  }

  /** The same dataset with other columns. */
  public OpenDataset withMapping(ColumnMapping other) {
    return new OpenDataset(paths, id, dataset, other, made);
  }

  /** The same dataset with further captions that models made. */
  OpenDataset with(ColumnMapping other, List<String> nowMade) {
    return new OpenDataset(paths, id, dataset, other, nowMade);
  }

  /** The columns of captions that models made that are no tracks. */
  Set<String> leftOut() {
    Set<String> names = new LinkedHashSet<>(made);
    mapping.tracks().forEach(track -> names.remove(track.column()));
    return names;
  }

  /** All columns that may be captions: those of the files, then those that models made. */
  public List<ColumnInfo> columns() {
    return Stream.concat(
            info().columns().stream(), made.stream().map(name -> new ColumnInfo(name, TEXT)))
        .toList();
  }

  /** Why columns are what they are, by their names. */
  public Map<String, String> reasons() {
    Map<String, String> reasons = new HashMap<>(dataset.guess().reasonByColumn());
    made.forEach(name -> reasons.put(name, "was made by a model, and is kept in the workspace"));
    return reasons;
  }

  /** What is known of it. */
  public DatasetInfo info() {
    return dataset.info();
  }

  /** Fingerprints of its readable shards. */
  public Set<String> fingerprints() {
    Set<String> fingerprints = new LinkedHashSet<>();
    for (ShardInfo shard : info().shards()) {
      String fingerprint = shard.fingerprint();
      if (shard.readable() && fingerprint != null) {
        fingerprints.add(fingerprint);
      }
    }
    return fingerprints;
  }
}
