package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.workspace.FusionSeries;
import java.util.List;

/**
 * A column of captions that a model made. It is no column of the shards; beside it stand what the
 * detectors found and why rows have none.
 *
 * @param name what the mapping and expressions call it
 * @param series where its captions are
 */
record FusedColumn(String name, FusionSeries series) {

  /** The column with the ids of the detectors that found something, a list. */
  String flags() {
    return name + " flags";
  }

  /** The column with the reasons of rows that could not be fused. */
  String error() {
    return name + " error";
  }

  /** All of its columns. */
  List<String> names() {
    return List.of(name, flags(), error());
  }

  /** Whether a track is this column. */
  boolean is(CaptionTrack track) {
    return track.column().equalsIgnoreCase(name);
  }
}
