package io.capbench.viewer.dataset;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.ShardInfo;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The dataset that the window shows.
 *
 * @param paths what the person opened
 * @param id the workspace's name for it
 * @param dataset the dataset; closed by whoever replaces it
 * @param mapping the columns as the person wants them
 */
public record OpenDataset(List<Path> paths, String id, Dataset dataset, ColumnMapping mapping) {

  /** The same dataset with other columns. */
  public OpenDataset withMapping(ColumnMapping other) {
    return new OpenDataset(paths, id, dataset, other);
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
