package io.capbench.engine.decode;

import io.capbench.storage.model.CapbenchException;
import java.util.List;

/**
 * How text is generated.
 *
 * @param beams hypotheses followed at the same time; 1 is greedy search
 * @param maxNewTokens at most so many are generated, the end token counted
 * @param scoring how hypotheses are ranked; of no meaning for greedy search
 * @param lengthPenalty power of the length that scores are divided by
 * @param earlyStopping whether a row ends as soon as it has as many ended hypotheses as beams
 * @param returned how many hypotheses of a row are wanted, at most {@code beams}
 * @param endTokens ids that end a hypothesis; the first stands for all in the results of beam
 *     search. May be empty
 */
public record DecodingOptions(
    int beams,
    int maxNewTokens,
    Scoring scoring,
    double lengthPenalty,
    boolean earlyStopping,
    int returned,
    List<Integer> endTokens) {

  /**
   * Checks the numbers.
   *
   * @throws CapbenchException if one is out of its range
   */
  public DecodingOptions {
    endTokens = List.copyOf(endTokens);
    if (beams < 1 || beams > 64) {
      throw new CapbenchException(beams + " beams are not possible. Choose 1 to 64.");
    }
    if (maxNewTokens < 1) {
      throw new CapbenchException(
          maxNewTokens + " new tokens are not possible. Choose 1 or more, for example 80.");
    }
    if (returned < 1 || returned > beams) {
      throw new CapbenchException(
          "A search with " + beams + " beams cannot return " + returned + " results.");
    }
    if (!Double.isFinite(lengthPenalty)) {
      throw new CapbenchException("The length penalty has to be a number, for example 1.");
    }
  }

  /** Greedy search. */
  public static DecodingOptions greedy(int maxNewTokens, List<Integer> endTokens) {
    return new DecodingOptions(1, maxNewTokens, Scoring.HF428, 1, false, 1, endTokens);
  }

  /** How many candidates of a row {@link Search#advance} needs. */
  public int candidates() {
    return beams == 1 ? 1 : Math.max(2, 1 + endTokens.size()) * beams;
  }
}
