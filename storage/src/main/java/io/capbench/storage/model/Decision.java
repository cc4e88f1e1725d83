package io.capbench.storage.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a row after everything that people decided on it: the current view of the log.
 *
 * @param key the row
 * @param verdict the last verdict, or null if there is none
 * @param preferredTrack the name of the caption track that was preferred, or null
 * @param editedTrack the name of the track whose text was edited, or null
 * @param editedText the caption a person wrote, or null
 * @param annotator who decided last
 * @param at when, to the millisecond
 */
public record Decision(
    RowKey key,
    @Nullable Verdict verdict,
    @Nullable String preferredTrack,
    @Nullable String editedTrack,
    @Nullable String editedText,
    String annotator,
    Instant at) {}
