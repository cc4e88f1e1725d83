package io.capbench.storage.workspace;

import io.capbench.storage.model.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * How alike a row's caption and image are to a model, or why it cannot be said.
 *
 * @param key the row
 * @param captionHash {@link io.capbench.storage.model.ContentDigest} of the caption
 * @param imageHash the same of the encoded image, or null if it could not be read
 * @param similarity cosine of both, -1..1, or null where there is a reason
 * @param reason why there is no similarity, for people; null where there is one
 */
public record Score(
    RowKey key,
    String captionHash,
    @Nullable String imageHash,
    @Nullable Double similarity,
    @Nullable String reason) {
  public Score {
    if ((similarity == null) == (reason == null)) {
      throw new IllegalArgumentException("A score has a similarity or a reason for having none");
    }
    if (similarity != null && !Double.isFinite(similarity)) {
      throw new IllegalArgumentException("A similarity is a finite number");
    }
  }
}
