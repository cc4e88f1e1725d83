package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.DecoderOps;
import org.jspecify.annotations.Nullable;

/** A linear layer. */
sealed interface Linear {

  /**
   * Applies it.
   *
   * @param x [N, in]
   * @return [N, out], of x's manager
   */
  NDArray apply(DecoderOps ops, NDArray x);

  /**
   * Weights in the type that is computed in.
   *
   * @param weight [out, in]
   * @param bias [out], or null for none
   */
  record Dense(NDArray weight, @Nullable NDArray bias) implements Linear {
    @Override
    public NDArray apply(DecoderOps ops, NDArray x) {
      return bias == null ? ops.linear(x, weight) : ops.linear(x, weight, bias);
    }
  }

  /**
   * Weights as signed bytes.
   *
   * @param weight [out, in]
   * @param scales [out], what to multiply its rows by
   * @param bias [out], or null for none
   */
  record Int8(NDArray weight, NDArray scales, @Nullable NDArray bias) implements Linear {
    /** Up to so many rows, unpacking on the way is faster than unpacking first. */
    private static final long FEW_ROWS = 32;

    /**
     * PyTorch's unpacking kernel ends the process where rows of weights are not aligned to this.
     */
    private static final long ALIGNED = 64;

    @Override
    public NDArray apply(DecoderOps ops, NDArray x) {
      Shape shape = weight.getShape();
      boolean few =
          x.getShape().get(0) <= FEW_ROWS
              && !x.getDevice().isGpu()
              && shape.get(0) % ALIGNED == 0
              && shape.get(1) % ALIGNED == 0;
      NDArray y = few ? ops.linearInt8(x, weight, scales) : ops.linearUnpacked(x, weight, scales);
      return bias == null ? y : y.add(bias);
    }
  }
}
