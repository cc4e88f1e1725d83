package io.capbench.engine.llama;

import java.util.List;

/**
 * A text to learn from.
 *
 * @param tokens all of it, at least two
 * @param given how many of its first tokens the model is given, at least one; the others it shall
 *     learn to say
 */
public record TrainingText(List<Integer> tokens, int given) {

  /** Copies the tokens. */
  public TrainingText {
    tokens = List.copyOf(tokens);
    if (given < 1 || given >= tokens.size()) {
      throw new IllegalArgumentException(given + " of " + tokens.size() + " tokens given");
    }
  }
}
