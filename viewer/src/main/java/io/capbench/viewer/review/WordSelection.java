package io.capbench.viewer.review;

import io.capbench.storage.model.CaptionRow;
import io.capbench.viewer.caption.Words;

/**
 * Words of one caption that a person selected, in one piece.
 *
 * @param row the row as the person sees it
 * @param track the track that has the caption
 * @param words the caption's words
 * @param anchor number of the word where the selection began
 * @param caret number of the word where it ended; before the anchor if it went backwards
 */
public record WordSelection(CaptionRow row, String track, Words words, int anchor, int caret) {

  /** UTF-16 position of the first character. */
  public int start() {
    return words.start(Math.min(anchor, caret));
  }

  /** UTF-16 position after the last character. */
  public int end() {
    return words.end(Math.max(anchor, caret));
  }

  /** What is selected. */
  public String text() {
    return String.valueOf(row.caption(track)).substring(start(), end());
  }
}
