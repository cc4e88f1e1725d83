package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.Ops;

/** What stands between the two matrices of a block. */
public enum Activation {
  /** x Phi(x), exact. */
  GELU,

  /** GELU in its tanh approximation. */
  GELU_TANH,

  /** OpenAI's x sigmoid(1.702 x). */
  QUICK_GELU;

  private static final double QUICK_SCALE = 1.702;
  private static final double TANH_SCALE = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  /** Computes it fast, without a gradient. */
  NDArray apply(NDArray x, Ops ops) {
    return switch (this) {
      case GELU -> Layers.gelu(x);
      case GELU_TANH -> ops.geluTanh(x);
      case QUICK_GELU -> ops.quickGelu(x);
    };
  }

  /** Computes it from operations that have gradients. */
  NDArray differentiable(NDArray x) {
    return switch (this) {
      case GELU -> Layers.gelu(x);
      case GELU_TANH ->
          x.square().mul(x).mul(CUBIC).add(x).mul(TANH_SCALE).tanh().add(1).mul(x).mul(0.5);
      case QUICK_GELU -> Layers.sigmoid(x.mul(QUICK_SCALE)).mul(x);
    };
  }
}
