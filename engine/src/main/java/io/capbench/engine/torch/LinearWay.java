package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/** A way to compute a linear layer on the processor. Where it is not possible, it throws. */
interface LinearWay {

  /** As the table of ways calls it. */
  String name();

  /**
   * Whether it may be asked for weights of a shape; some ways end the process elsewhere.
   *
   * @param rows N
   * @param outputs M
   * @param columns K
   */
  boolean takes(long rows, long outputs, long columns);

  /**
   * x w^T, times the scales of its columns if there are some.
   *
   * @param x [N, K]
   * @param w [M, K] in the type of x, or signed bytes
   * @param scales [M] in the type of x; null unless w holds bytes
   * @return [N, M] in the type of x, of its manager
   * @throws RuntimeException if this machine cannot
   */
  NDArray apply(NDArray x, NDArray w, @Nullable NDArray scales);
}
