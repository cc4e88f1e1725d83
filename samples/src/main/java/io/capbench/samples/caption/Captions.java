package io.capbench.samples.caption;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All captions of a scene.
 *
 * @param facts what the alt-text tells, name and value as they are written there, in their order
 */
public record Captions(
    @Nullable String altText,
    @Nullable String synthetic,
    String fused,
    String detailed,
    Map<String, String> facts,
    List<Planted> planted) {

  /** The caption of that track, or null if the row has none. */
  public @Nullable String text(Track track) {
    return switch (track) {
      case LAION_2B -> altText;
      case LAION_COCO -> synthetic;
      case CAPSFUSION -> fused;
      case LONG_CAPTION -> detailed;
    };
  }
}
