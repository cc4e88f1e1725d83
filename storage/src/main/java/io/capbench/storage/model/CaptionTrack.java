package io.capbench.storage.model;

/**
 * One caption of every row of a dataset.
 *
 * @param name what people call it; unique within a dataset
 * @param role what it is in the making of the dataset
 * @param column the shard's column that holds it
 */
public record CaptionTrack(String name, TrackRole role, String column) {
  public CaptionTrack {
    if (name.isBlank() || column.isEmpty()) {
      throw new IllegalArgumentException("A caption track needs a name and a column");
    }
  }
}
