package io.capbench.storage.workspace;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import java.util.Map;
import java.util.Set;

/** Rows to decide on. */
final class Rows {
  static final String FIRST_SHARD = "a1".repeat(32);
  static final String SECOND_SHARD = "b2".repeat(32);
  static final Set<String> BOTH = Set.of(FIRST_SHARD, SECOND_SHARD);

  private Rows() {}

  static CaptionRow row(long number) {
    return row(FIRST_SHARD, number);
  }

  static CaptionRow row(String fingerprint, long number) {
    return new CaptionRow(
        new RowKey(fingerprint, number),
        fingerprint.substring(0, 2) + ".parquet",
        "%064x".formatted(number),
        new ImageRef.None(),
        Map.of("raw", "row " + number));
  }
}
