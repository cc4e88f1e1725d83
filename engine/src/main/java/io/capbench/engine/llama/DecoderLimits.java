package io.capbench.engine.llama;

import io.capbench.engine.decode.DecodingOptions;

/**
 * How much a decoder does at the same time; its cache is allocated for all of it.
 *
 * @param rows in flight, at least 1
 * @param promptTokens of the longest prompt
 * @param lookAhead prompts that are looked at to find those of similar length, at least 1; with 1,
 *     rows enter in the order they are given
 */
public record DecoderLimits(int rows, int promptTokens, int lookAhead) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public DecoderLimits {
    if (rows < 1 || promptTokens < 1 || lookAhead < 1) {
      throw new IllegalArgumentException(rows + " rows of " + promptTokens + " tokens");
    }
  }

  /** Cells that a row needs: the last token of a text is never computed further. */
  int room(DecodingOptions options) {
    return Math.addExact(
        promptTokens, Math.multiplyExact(options.beams(), options.maxNewTokens() - 1));
  }
}
