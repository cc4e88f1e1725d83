package io.capbench.engine.score;

import io.capbench.storage.dataset.RowView;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import java.util.List;

/**
 * What to score.
 *
 * @param rows which rows; the caller closes it
 * @param mapping says which column the image is in
 * @param tracks which captions, at least one of the mapping's
 * @param images reads the images
 * @param again whether rows that have a score are looked at again; a caption and image that are the
 *     same keep it all the same
 */
public record ScoreRequest(
    RowView rows,
    ColumnMapping mapping,
    List<CaptionTrack> tracks,
    ImageSource images,
    boolean again) {
  public ScoreRequest {
    tracks = List.copyOf(tracks);
    if (mapping.imageColumn() == null || tracks.isEmpty()) {
      throw new IllegalArgumentException("Scoring takes an image column and a track");
    }
  }
}
