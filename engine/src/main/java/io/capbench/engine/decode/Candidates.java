package io.capbench.engine.decode;

/**
 * The most probable continuations of one row over all its beams, the best first.
 *
 * <p>Immutable; keeps the arrays it is given.
 */
public final class Candidates {
  private final int[] beams;
  private final int[] tokens;
  private final float[] scores;

  /**
   * Keeps arrays of one length.
   *
   * @param beams which beam each one continues
   * @param tokens with what
   * @param scores sum of the log probabilities up to there, descending; for greedy search the
   *     logit. NaN if the model gives numbers that are none
   */
  public Candidates(int[] beams, int[] tokens, float[] scores) {
    this.beams = beams;
    this.tokens = tokens;
    this.scores = scores;
  }

  int size() {
    return tokens.length;
  }

  int beam(int rank) {
    return beams[rank];
  }

  int token(int rank) {
    return tokens[rank];
  }

  float score(int rank) {
    return scores[rank];
  }
}
