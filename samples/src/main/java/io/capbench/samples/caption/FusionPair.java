package io.capbench.samples.caption;

import java.util.List;
import java.util.Optional;

/**
 * Two captions of a scene and what a good fuser makes of them.
 *
 * @param raw an alt-text, true
 * @param synthetic a captioner's sentence, which may be wrong about the main thing where the
 *     alt-text knows better
 * @param fused all that both know, without the captioner's mistake
 * @param facts what has to be in a fused caption
 * @param mistake what must not be in it, if the captioner made one
 */
public record FusionPair(
    String raw, String synthetic, String fused, List<Fact> facts, Optional<Mistake> mistake) {
  /** Copies the list. */
  public FusionPair {
    facts = List.copyOf(facts);
  }

  /**
   * Something that a parent tells.
   *
   * @param kind for example "brand", "price", "object"
   * @param text as it has to stand in the fused caption, capitals aside
   */
  public record Fact(String kind, String text) {}

  /**
   * Something that the alt-text contradicts.
   *
   * @param fault what is wrong: the colour (attribute), the noun (object) or the number (count)
   * @param wrong as the captioner writes it
   * @param right what it is
   */
  public record Mistake(Fault fault, String wrong, String right) {}
}
