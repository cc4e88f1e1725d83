package io.capbench.storage.dataset;

import io.capbench.storage.image.ImageStatus;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows have an image of which kind.
 *
 * @param byStatus rows by status; only statuses that occur, in their natural order
 */
public record ImageCounts(Map<ImageStatus, Long> byStatus) {
  public ImageCounts {
    Map<ImageStatus, Long> sorted = new EnumMap<>(ImageStatus.class);
    sorted.putAll(byStatus);
    byStatus = Collections.unmodifiableMap(sorted);
  }

  /** Number of rows with that status. */
  public long of(ImageStatus status) {
    return byStatus.getOrDefault(status, 0L);
  }

  /** All rows. */
  public long rows() {
    return byStatus.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The failures, the most frequent first. */
  public List<Map.Entry<ImageStatus, Long>> failed() {
    return byStatus.entrySet().stream()
        .filter(entry -> entry.getKey().failed())
        .sorted(Map.Entry.<ImageStatus, Long>comparingByValue(Comparator.reverseOrder()))
        .toList();
  }
}
