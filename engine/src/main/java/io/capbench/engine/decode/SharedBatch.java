package io.capbench.engine.decode;

import java.util.Arrays;

/**
 * The rows of one batch, as transformers counts them. Position embeddings that depend on a text's
 * length take that of the longest of them. The beam search of 4.28 raises the length that a row's
 * end is judged by once for every running row before it in the batch ({@code beam_search.py:290},
 * mended in 4.29), so that a row of a batch may run on for longer than alone. Rows have to be
 * searched in order: none may be ahead of one before it. Not thread-safe.
 */
public final class SharedBatch {
  private final int longest;
  private final int[] lastStep;

  /**
   * A batch.
   *
   * @param rows how many
   * @param longest tokens of the longest prompt, without padding
   */
  public SharedBatch(int rows, int longest) {
    this.longest = longest;
    lastStep = new int[rows];
    Arrays.fill(lastStep, Integer.MAX_VALUE);
  }

  /** Tokens of the longest prompt, without padding. */
  public int longest() {
    return longest;
  }

  /** How many rows before this one were running in a step, counted from 0. */
  int runningBefore(int row, int step) {
    int running = 0;
    for (int earlier = 0; earlier < row; earlier++) {
      if (lastStep[earlier] >= step) {
        running++;
      }
    }
    return running;
  }

  /** Says in which step a row was done. */
  void done(int row, int step) {
    lastStep[row] = step;
  }
}
