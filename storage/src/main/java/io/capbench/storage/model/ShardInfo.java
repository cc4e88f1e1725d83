package io.capbench.storage.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One file of a dataset.
 *
 * @param path the file that the person named
 * @param rows number of rows; 0 if it cannot be read
 * @param rowGroups number of parquet row groups; 0 if it cannot be read
 * @param bytes the file's length in bytes
 * @param fingerprint lower-case hex SHA-256, 64 digits; null if it cannot be read
 * @param error null, or a sentence that says why its rows are missing and what to do
 */
public record ShardInfo(
    Path path,
    long rows,
    int rowGroups,
    long bytes,
    @Nullable String fingerprint,
    @Nullable String error) {

  /** Whether its rows are part of the dataset. */
  public boolean readable() {
    return error == null;
  }
}
