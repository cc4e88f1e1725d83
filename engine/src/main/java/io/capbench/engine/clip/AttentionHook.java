package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;

/** Sees, and may change, what every block of the vision tower attends to. */
@FunctionalInterface
public interface AttentionHook {

  /**
   * Called once a block, in order. Arrays made in here, and the probabilities, are freed with the
   * block unless {@link ai.djl.ndarray.NDScope#unregister} is called on them; then they belong to
   * the manager of the pixels.
   *
   * @param block from 0
   * @param probabilities [I, A, N, N], rows sum to 1
   * @return [I, A, N, N] what the block goes on with, for example the probabilities plus a leaf of
   *     zeros whose gradient is asked for later
   */
  NDArray attention(int block, NDArray probabilities);
}
