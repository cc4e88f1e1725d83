package io.capbench.storage.workspace;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the log to read.
 *
 * @param fingerprints the shards whose entries are wanted, or null for all shards
 * @param after only entries with a greater id; 0 for all
 */
public record LogQuery(@Nullable Set<String> fingerprints, long after) {
  public LogQuery {
    fingerprints = fingerprints == null ? null : Set.copyOf(fingerprints);
  }

  /** Every entry. */
  public static LogQuery all() {
    return new LogQuery(null, 0);
  }

  /** The entries on rows of these shards. */
  public static LogQuery of(Set<String> fingerprints) {
    return new LogQuery(fingerprints, 0);
  }

  /** The same, but only entries that came after the one with that id. */
  public LogQuery after(long id) {
    return new LogQuery(fingerprints, id);
  }
}
