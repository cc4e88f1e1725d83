package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.capbench.storage.model.CapbenchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * PyTorch operations that DJL lacks, called through the weightless module that {@link OpsModule}
 * writes. Results belong to the manager of the first operand and keep no gradient: they are for
 * inference only. Safe for several threads as long as each uses managers of its own.
 */
public final class Ops {
  private final PtSymbolBlock module;

  private Ops(PtSymbolBlock module) {
    this.module = module;
  }

  static Ops load(PtNDManager manager) {
    try {
      return new Ops(
          JniUtils.loadModule(manager, new ByteArrayInputStream(OpsModule.bytes()), false, false));
    } catch (IOException e) {
      throw new CapbenchException("PyTorch does not read the operations that Capbench adds.", e);
    }
  }

  /**
   * softmax(q k^T / sqrt(C)) v, fused, in O(N) memory.
   *
   * @param q [B, heads, N, C]
   * @param k [B, heads, N, C]
   * @param v [B, heads, N, C]
   * @param causal whether position n sees only positions 0..n
   * @return [B, heads, N, C]
   */
  public NDArray attention(NDArray q, NDArray k, NDArray v, boolean causal) {
    return run(causal ? "attention_causal" : "attention", q, k, v);
  }

  /**
   * softmax(q k^T / sqrt(C) + mask) v, fused.
   *
   * @param q [B, heads, N, C]
   * @param k [B, heads, N, C]
   * @param v [B, heads, N, C]
   * @param mask broadcast to [B, heads, N, N]; 0 or negative infinity
   * @return [B, heads, N, C]
   */
  public NDArray attention(NDArray q, NDArray k, NDArray v, NDArray mask) {
    return run("attention_masked", q, k, v, mask);
  }

  /** GELU in its tanh approximation, any shape. */
  public NDArray geluTanh(NDArray x) {
    return run("gelu_tanh", x);
  }

  /** OpenAI's QuickGELU, x * sigmoid(1.702 x), any shape. */
  public NDArray quickGelu(NDArray x) {
    return run("quick_gelu", x);
  }

  /** SiLU, x * sigmoid(x), any shape. */
  public NDArray silu(NDArray x) {
    return run("silu", x);
  }

  /**
   * Bicubic resampling with antialiasing, corners not aligned, as {@code F.interpolate} does.
   *
   * @param x [B, C, H, W] on the processor
   * @param height rows of the result
   * @param width columns of the result
   * @return [B, C, height, width]
   */
  public NDArray resizeBicubic(NDArray x, int height, int width) {
    return resize("resize_bicubic", x, height, width);
  }

  /**
   * Linear resampling without antialiasing, corners not aligned, as {@code F.interpolate} does.
   *
   * @param x [B, C, N] on the processor
   * @param length numbers of the result
   * @return [B, C, length]
   */
  public NDArray resizeLinear(NDArray x, int length) {
    return resize("resize_linear", x, length);
  }

  private NDArray resize(String method, NDArray x, long... size) {
    try (IValue input = IValue.from((PtNDArray) x);
        IValue sides = IValue.listFrom(size);
        IValue result = call(method, input, sides)) {
      return result.toTensor((PtNDManager) x.getManager());
    }
  }

  /** Whether every number is one: neither NaN nor infinite. Fast where that is so. */
  public boolean isFinite(NDArray x) {
    try (IValue input = IValue.from((PtNDArray) x);
        IValue result = call("is_finite", input)) {
      return result.toBoolean();
    }
  }

  /**
   * Calls without the optimiser: it would watch the first calls of every method, compile them anew
   * and keep memory for that, while there is nothing to gain in methods of one operation. The
   * setting belongs to the thread.
   */
  private IValue call(String method, IValue... inputs) {
    JniUtils.setGraphExecutorOptimize(false);
    return IValueUtils.runMethod(module, method, inputs);
  }

  private NDArray run(String method, NDArray... operands) {
    IValue[] inputs =
        Arrays.stream(operands).map(x -> IValue.from((PtNDArray) x)).toArray(IValue[]::new);
    try (IValue result = call(method, inputs)) {
      return result.toTensor((PtNDManager) operands[0].getManager());
    } finally {
      for (IValue input : inputs) {
        input.close();
      }
    }
  }
}
