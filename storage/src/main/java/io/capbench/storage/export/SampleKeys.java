package io.capbench.storage.export;

import java.util.Locale;

/**
 * Names of shards and samples as img2dataset makes them: five digits of the shard, then as many as
 * the largest index needs, ceil(log10(samples per shard)).
 *
 * @param samplesPerShard rows a shard at most, at least 1
 */
record SampleKeys(int samplesPerShard) {

  /** The shard's number with its leading zeros. */
  String shard(int shard) {
    return String.format(Locale.ROOT, "%05d", shard);
  }

  /** The sample's key: digits only, since a dot would end it. */
  String sample(int shard, int index) {
    int digits = String.valueOf(samplesPerShard - 1).length();
    // One sample a shard needs no index at all.
    return samplesPerShard == 1
        ? shard(shard)
        : shard(shard) + String.format(Locale.ROOT, "%0" + digits + "d", index);
  }
}
