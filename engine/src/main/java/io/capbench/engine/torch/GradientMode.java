package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Gradients, for those who look back through a model. Whether operations are recorded is a matter
 * of the thread; DJL's own collector allows one in a process, this one as many as there are
 * threads.
 */
public final class GradientMode {
  private GradientMode() {}

  /** Does work whose operations are recorded if one of their operands has a gradient. */
  public static <T> T recorded(Supplier<T> work) {
    return with(true, work);
  }

  /** Does work that is not recorded. */
  public static <T> T unrecorded(Supplier<T> work) {
    return with(false, work);
  }

  private static <T> T with(boolean mode, Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(mode);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Adds the gradient of a number to all leaves that it was computed from. What was recorded stays,
   * so that other numbers can follow.
   *
   * @param number [] recorded
   */
  public static void backward(NDArray number) {
    try (NDArray one = number.getManager().ones(number.getShape())) {
      JniUtils.backward((PtNDArray) number, (PtNDArray) one, true, false);
    }
  }

  /** Sets a leaf's gradient back to zeros. */
  public static void clear(NDArray leaf) {
    JniUtils.zeroGrad((PtNDArray) leaf);
  }
}
