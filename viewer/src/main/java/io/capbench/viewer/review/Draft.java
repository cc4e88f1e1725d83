package io.capbench.viewer.review;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.TrackRole;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A caption that a person is writing.
 *
 * @param row the row it is for
 * @param track name of the track whose text it started from
 * @param text the text it started from
 */
public record Draft(CaptionRow row, String track, String text) {

  /**
   * Starts from the caption that would be exported now: the edited one, that of the preferred
   * track, the fused one, or the first there is.
   *
   * @param decision what holds for the row, or null
   * @return null if the row has no caption
   */
  static @Nullable Draft of(CaptionRow row, @Nullable Decision decision, ColumnMapping mapping) {
    String track = track(row, decision, mapping);
    if (track == null) {
      return null;
    }
    String edited = decision == null ? null : decision.editedText();
    String text = edited == null ? row.caption(track) : edited;
    return new Draft(row, track, text == null ? "" : text);
  }

  private static @Nullable String track(
      CaptionRow row, @Nullable Decision decision, ColumnMapping mapping) {
    if (decision != null && decision.editedTrack() != null) {
      return decision.editedTrack();
    }
    if (decision != null && decision.preferredTrack() != null) {
      return decision.preferredTrack();
    }
    Optional<CaptionTrack> fused = mapping.first(TrackRole.FUSED);
    if (fused.isPresent() && row.caption(fused.get().name()) != null) {
      return fused.get().name();
    }
    return row.captions().keySet().stream().findFirst().orElse(null);
  }
}
