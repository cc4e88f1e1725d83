package io.capbench.engine.text;

import java.util.List;

/**
 * Where the tokens of one fused caption come from.
 *
 * @param tokens every token of the fused caption in its order; what stands between them (spaces,
 *     punctuation) is in none
 * @param shares the origins' shares among the content tokens
 * @param droppedRaw content tokens of the raw alt-text that the fused caption does not have, in
 *     their order, one entry for each time they occur
 * @param droppedSynthetic the same of the synthetic caption
 */
public record Provenance(
    List<OriginToken> tokens,
    Shares shares,
    List<DroppedToken> droppedRaw,
    List<DroppedToken> droppedSynthetic) {
  public Provenance {
    tokens = List.copyOf(tokens);
    droppedRaw = List.copyOf(droppedRaw);
    droppedSynthetic = List.copyOf(droppedSynthetic);
  }
}
