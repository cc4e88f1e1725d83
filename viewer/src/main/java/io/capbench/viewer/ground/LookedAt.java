package io.capbench.viewer.ground;

import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.storage.model.CaptionRow;
import java.util.List;

/**
 * A caption that is looked at.
 *
 * @param row the row that has it
 * @param track which of its captions
 * @param caption the whole text
 * @param rule how it is cut
 * @param subCaptions its parts in their order, {@link #MOST} at most
 * @param cut whether there are more
 */
public record LookedAt(
    CaptionRow row,
    String track,
    String caption,
    SubCaptionRule rule,
    List<SubCaption> subCaptions,
    boolean cut) {
  /** How many sub-captions of a caption are looked at. */
  public static final int MOST = 64;

  /** Whether it is the same text of the same row, cut in the same way. */
  boolean same(LookedAt other) {
    return row.key().equals(other.row.key())
        && track.equals(other.track)
        && caption.equals(other.caption)
        && rule == other.rule;
  }
}
