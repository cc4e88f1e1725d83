package io.capbench.viewer.browse;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.Decision;
import io.capbench.viewer.caption.MarkedCaption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row, ready to be shown.
 *
 * @param row the row as storage gives it
 * @param captions its captions with marks, by track name
 * @param decision what was decided on it when it was read, or null
 */
public record RowItem(
    CaptionRow row, Map<String, MarkedCaption> captions, @Nullable Decision decision) {}
