package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;

/** Sees what every block of a tower attends to, and computes what comes of it. */
@FunctionalInterface
public interface AttentionHook {
  /** Looks at nothing: the way of a training, which wants gradients only. */
  AttentionHook NONE = (block, probabilities, values) -> probabilities.matMul(values);

  /**
   * Called once a block, in order. Arrays made in here, and the two given ones, are freed with the
   * block unless {@link ai.djl.ndarray.NDScope#unregister} is called on them; then they belong to
   * the manager of the pixels, or of the token ids.
   *
   * @param block from 0
   * @param probabilities [I, A, N, N], rows sum to 1
   * @param values [I, A, N, C]
   * @return [I, A, N, C] what the block goes on with: the matrix product of the two, or what equals
   *     it, such as the product plus a leaf of zeros whose gradient is asked for later
   */
  NDArray attend(int block, NDArray probabilities, NDArray values);
}
