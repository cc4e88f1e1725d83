package io.capbench.engine.score;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import java.util.List;

/**
 * A row that lacks scores.
 *
 * @param row the row
 * @param tracks the tracks of the captions to score, which are not blank
 */
record PendingRow(CaptionRow row, List<CaptionTrack> tracks) {

  /** The caption of one of its tracks. */
  String caption(CaptionTrack track) {
    String caption = row.caption(track.name());
    if (caption == null) {
      throw new IllegalStateException("A pending caption is there");
    }
    return caption;
  }
}
