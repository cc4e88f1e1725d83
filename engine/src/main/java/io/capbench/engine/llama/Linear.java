package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
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
    @Override
    public NDArray apply(DecoderOps ops, NDArray x) {
      NDArray y = ops.linear8(x, weight, scales);
      return bias == null ? y : y.add(bias);
    }
  }
}
