package io.capbench.engine.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished text of one row.
 *
 * @param tokens what was generated, with the end token if there is one
 * @param score as {@link Scoring} ranks it, the higher the better; null for greedy search; NaN if
 *     the model gave numbers that are none, so that the tokens mean nothing
 * @param finish why it is finished
 */
public record Hypothesis(List<Integer> tokens, @Nullable Double score, Finish finish) {

  /** Why a text is finished. */
  public enum Finish {
    /** The model ended it. */
    EOS,
    /** It has as many tokens as were allowed. */
    LENGTH
  }

  /** Copies the tokens. */
  public Hypothesis {
    tokens = List.copyOf(tokens);
  }
}
