package io.capbench.engine.decode;

import io.capbench.storage.model.CapbenchException;
import java.util.Arrays;
import java.util.Locale;

/** Whose arithmetic ranks hypotheses of different length. */
public enum Scoring {
  /**
   * transformers 4.28 to 4.35: the sum of log probabilities is divided by the tokens of the prompt,
   * its padding counted, plus those generated, the end token not counted.
   */
  HF428,

  /** transformers 4.36 and later: divided by the tokens generated, the end token counted. */
  HF447;

  /** The name on the command line and in settings. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scoring of a name.
   *
   * @throws CapbenchException if there is none of that name
   */
  public static Scoring of(String id) {
    return Arrays.stream(values())
        .filter(scoring -> scoring.id().equals(id.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new CapbenchException(
                    "There is no scoring \"" + id + "\". Choose hf428 or hf447."));
  }
}
