package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations that neural networks are written with, as {@code torch.nn.functional} names them.
 * All are differentiable. Results belong to the manager of the first operand.
 */
public final class Layers {
  private static final double NORM_EPSILON = 1e-12;

  private Layers() {}

  /**
   * x w^T + b.
   *
   * @param x [..., K]
   * @param w [M, K]
   * @param b [M], or null for none
   * @return [..., M]
   */
  public static NDArray linear(NDArray x, NDArray w, @Nullable NDArray b) {
    return JniUtils.linear(pt(x), pt(w), b == null ? nothing() : pt(b));
  }

  /** What native code takes for no bias. */
  @SuppressWarnings({"NullAway", "DataFlowIssue"}) // DJL's own blocks pass null
  private static PtNDArray nothing() {
    return null;
  }

  /**
   * Layer normalisation over the last axis.
   *
   * @param x [..., W]
   * @param w [W] scale
   * @param b [W] shift
   * @param epsilon added to the variance
   */
  public static NDArray layerNorm(NDArray x, NDArray w, NDArray b, double epsilon) {
    return JniUtils.layerNorm(pt(x), w.getShape(), pt(w), pt(b), epsilon);
  }

  /**
   * Convolution without bias whose kernels do not overlap.
   *
   * @param x [B, C, H, W]
   * @param w [M, C, h, w]
   * @return [B, M, H / h, W / w]
   */
  public static NDArray patches(NDArray x, NDArray w) {
    Shape kernel = new Shape(w.getShape().get(2), w.getShape().get(3));
    return JniUtils.convolution(
        pt(x), pt(w), nothing(), kernel, new Shape(0, 0), new Shape(1, 1), 1);
  }

  /**
   * Rows of a table.
   *
   * @param ids [...] of 64-bit integers within the table
   * @param table [V, W]
   * @return [..., W]
   */
  public static NDArray embedding(NDArray ids, NDArray table) {
    return JniUtils.embedding(pt(ids), pt(table), false);
  }

  /**
   * Numbers of rows for {@link #embedding}, in memory of PyTorch's own, also where gradients are
   * recorded. What {@code create} gives lies in memory of Java's, which the garbage collector frees
   * when the array is closed, while what is recorded still needs it.
   */
  public static NDArray rowNumbers(NDManager manager, long[] numbers, Shape shape) {
    try (NDArray borrowed = manager.create(numbers, shape)) {
      return borrowed.duplicate();
    }
  }

  /** x Phi(x), with the exact normal distribution. */
  public static NDArray gelu(NDArray x) {
    return JniUtils.gelu(pt(x));
  }

  /**
   * x times a constant, also where gradients are recorded. DJL's own {@code mul(Number)} is not for
   * that: what is recorded keeps the constant in memory of Java's, which the garbage collector
   * frees.
   */
  public static NDArray scale(NDArray x, double factor) {
    try (NDArray constant = x.getManager().full(new Shape(), (float) factor)) {
      return x.mul(constant);
    }
  }

  /** 1 / (1 + exp(-x)). */
  public static NDArray sigmoid(NDArray x) {
    return JniUtils.sigmoid(pt(x));
  }

  /** Softmax over the last axis. */
  public static NDArray softmax(NDArray x) {
    return JniUtils.softmax(pt(x), -1, DataType.FLOAT32);
  }

  /** x / max(|x|, 1e-12) over the last axis. */
  public static NDArray normalize(NDArray x) {
    return JniUtils.normalize(pt(x), 2, -1, NORM_EPSILON);
  }

  /**
   * Equal parts of the last axis, as views.
   *
   * @param x [..., parts * M]
   * @return parts views [..., M]
   */
  public static List<NDArray> parts(NDArray x, int parts) {
    long size = x.getShape().get(x.getShape().dimension() - 1) / parts;
    return List.copyOf(JniUtils.split(pt(x), size, -1));
  }

  /**
   * Computes something and frees all arrays that were made on the way but the result, which joins
   * the caller's {@link NDScope} if there is one. Arrays that are still needed for gradients live
   * on in native memory until the result is freed.
   */
  public static NDArray scratch(Supplier<NDArray> work) {
    NDArray result;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      result = work.get();
      NDScope.unregister(result);
    }
    NDScope.register(result);
    return result;
  }

  private static PtNDArray pt(NDArray x) {
    return (PtNDArray) x;
  }
}
