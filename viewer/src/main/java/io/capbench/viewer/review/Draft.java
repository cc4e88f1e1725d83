package io.capbench.viewer.review;

import io.capbench.storage.model.CaptionRow;

/**
 * A caption that a person is writing.
 *
 * @param row the row it is for
 * @param track name of the track whose text it started from
 * @param text the text it started from
 */
public record Draft(CaptionRow row, String track, String text) {}
