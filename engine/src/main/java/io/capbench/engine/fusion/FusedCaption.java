package io.capbench.engine.fusion;

import java.util.List;

/**
 * What a model made of two captions.
 *
 * @param text the caption, as the model wrote it, an endpoint's without white space at its ends;
 *     may be empty
 * @param tokenIds what was generated, with the end token if there is one; empty where an endpoint
 *     does not tell
 * @param score as beam search ranks it, the higher the better; NaN for greedy search and where an
 *     endpoint does not tell
 * @param promptTokens tokens of the prompt without padding; 0 where an endpoint does not tell
 * @param finish why it ends
 */
public record FusedCaption(
    String text, List<Integer> tokenIds, double score, int promptTokens, Finish finish) {

  /** Copies the tokens. */
  public FusedCaption {
    tokenIds = List.copyOf(tokenIds);
  }
}
