package io.capbench.storage.workspace;

import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the decision log.
 *
 * @param id counts up in the order of writing, from 1
 * @param at when it was written, to the millisecond
 * @param annotator who did it
 * @param key the row
 * @param shard file name of the row's shard at that time
 * @param contentHash the row's content at that time, 64 hex digits
 * @param action what was done
 * @param verdict the verdict that the action gives, or null
 * @param track the track that was preferred, edited or marked, or null
 * @param text the caption a person wrote, the tag, the id of the span's type, or null
 * @param span the part of the track's text that the entry is about, or null for all of it
 * @param note what the person remarked, or null
 * @param reference the entry that an undo takes back, the undo that a redo takes back, else null
 * @param session random id of the opening of the workspace that wrote it
 */
public record DecisionEntry(
    long id,
    Instant at,
    String annotator,
    RowKey key,
    String shard,
    String contentHash,
    DecisionAction action,
    @Nullable Verdict verdict,
    @Nullable String track,
    @Nullable String text,
    @Nullable Span span,
    @Nullable String note,
    @Nullable Long reference,
    String session) {
  private static final int UID_DIGITS = 32;

  /** The row's uid in exports and subset files: the first 32 digits of the content hash. */
  public String uid() {
    return contentHash.substring(0, UID_DIGITS);
  }
}
