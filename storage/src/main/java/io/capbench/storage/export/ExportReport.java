package io.capbench.storage.export;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an export wrote.
 *
 * @param samples samples in the tars
 * @param shards number of tars
 * @param bytes size of tars and parquet files together
 * @param dropped number of rows that did not leave, by reason: {@code not-accepted}, {@code
 *     rejected}, {@code no-caption}, {@code image-none}, {@code image-not-found} and so on for
 *     every {@link io.capbench.storage.image.ImageException.Reason}
 * @param seconds how long it took
 * @param manifest the manifest, written last
 */
public record ExportReport(
    long samples,
    int shards,
    long bytes,
    Map<String, Long> dropped,
    double seconds,
    Path manifest) {
  public ExportReport {
    dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
  }
}
