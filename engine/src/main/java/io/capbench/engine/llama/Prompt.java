package io.capbench.engine.llama;

import io.capbench.engine.decode.SharedBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text to be continued.
 *
 * @param id the caller's name of it
 * @param tokens at least one, without padding
 * @param paddedTokens how many tokens the original pads it to, at least as many as it has; scores
 *     of transformers 4.28 depend on it, nothing else does
 * @param batch the rows that transformers would compute together, of which {@code id} is the number
 *     of this one; null where rows are computed alone
 */
public record Prompt(int id, List<Integer> tokens, int paddedTokens, @Nullable SharedBatch batch) {

  /**
   * Checks the tokens.
   *
   * @throws IllegalArgumentException if there are none, or more than {@code paddedTokens}
   */
  public Prompt {
    tokens = List.copyOf(tokens);
    if (tokens.isEmpty() || tokens.size() > paddedTokens) {
      throw new IllegalArgumentException(
          "a prompt of " + tokens.size() + " tokens, padded to " + paddedTokens);
    }
  }

  /** Tokens of the longest prompt of its batch; its own where it is alone. */
  int longest() {
    return batch == null ? tokens.size() : Math.max(batch.longest(), tokens.size());
  }

  /** A prompt that is judged alone. */
  public Prompt(int id, List<Integer> tokens, int paddedTokens) {
    this(id, tokens, paddedTokens, null);
  }
}
