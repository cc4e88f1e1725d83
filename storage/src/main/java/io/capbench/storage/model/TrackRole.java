package io.capbench.storage.model;

import java.util.Locale;

/** What a caption track is in the making of a dataset. */
public enum TrackRole {
  /** The alt-text as it was found on the web. */
  RAW,
  /** A model's description of the image: BLIP, CogVLM, LLaVA. */
  SYNTHETIC,
  /** Raw and synthetic merged by a model, as in CapsFusion. */
  FUSED,
  /** A description of several sentences, as DreamLIP trains on. */
  LONG,
  /** Any other text. */
  OTHER;

  /** The word for this role in JSON, settings and on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role with that {@link #id}.
   *
   * @throws IllegalArgumentException if there is none, naming those that exist
   */
  public static TrackRole of(String id) {
    for (TrackRole role : values()) {
      if (role.id().equals(id)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "No track role is called \"" + id + "\"; there are raw, synthetic, fused, long, other");
  }
}
