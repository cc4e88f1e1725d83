package io.capbench.storage.workspace;

import io.capbench.storage.model.ContentDigest;
import io.capbench.storage.model.RowKey;

/**
 * Names what a model gave for one caption of one row.
 *
 * @param row the row
 * @param captionHash {@link ContentDigest} of the caption
 * @param modelSha256 identifies the model's weights and configuration, lower-case hex
 * @param method what was computed, with a version: a new version of the program that computes
 *     something else has to name it differently
 */
public record ResultKey(RowKey row, String captionHash, String modelSha256, String method) {

  /** The key for a caption's text. */
  public static ResultKey of(RowKey row, String caption, String modelSha256, String method) {
    return new ResultKey(row, ContentDigest.of(caption), modelSha256, method);
  }
}
