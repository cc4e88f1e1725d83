package io.capbench.storage.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a dataset as it is shown, decided on and exported.
 *
 * @param key names the row
 * @param shard the shard's file name, for people
 * @param contentHash lower-case hex SHA-256 over the image's name and the captions, 64 digits; see
 *     {@link ContentHash}
 * @param image where the image is
 * @param captions text by track name, in the order of the tracks; a row without that caption has no
 *     entry. The text is what the shard holds, unchanged.
 */
public record CaptionRow(
    RowKey key, String shard, String contentHash, ImageRef image, Map<String, String> captions) {
  private static final int UID_DIGITS = 32;

  public CaptionRow {
    captions = Collections.unmodifiableMap(new LinkedHashMap<>(captions));
  }

  /**
   * The sample's id in exports and DataComp subset files: 32 hex digits derived from content, the
   * same on every machine and in every export. Rows with the same content share it.
   */
  public String uid() {
    return contentHash.substring(0, UID_DIGITS);
  }

  /** The caption of that track, or null if this row has none. */
  public @Nullable String caption(String track) {
    return captions.get(track);
  }
}
