package io.capbench.engine.torch;

import ai.djl.engine.EngineException;
import io.capbench.storage.model.CapbenchException;
import java.util.Locale;
import java.util.function.Supplier;

/** What failures of native code mean to a person. */
public final class TorchFailure {
  private static final String SCRIPT_ERROR = "RuntimeError: ";

  private TorchFailure() {}

  /**
   * Computes something and says it in plain words if memory runs out.
   *
   * @param doing what is being done: "reading the weights of vit-b-16"
   * @throws CapbenchException if there is not enough memory, on the machine or on the GPU, or if
   *     PyTorch refuses an operation
   */
  public static <T> T explained(String doing, Supplier<T> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      throw explain(doing, e);
    } catch (OutOfMemoryError e) {
      throw noMemory(doing, "the machine", e);
    }
  }

  static CapbenchException explain(String doing, EngineException failure) {
    String message = String.valueOf(failure.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("cuda out of memory") || lower.contains("cuda error: out of memory")) {
      return noMemory(doing, "the GPU", failure);
    }
    if (lower.contains("can't allocate memory")
        || lower.contains("not enough memory")
        || lower.contains("out of memory")) {
      return noMemory(doing, "the machine", failure);
    }
    return new CapbenchException(
        "PyTorch failed while " + doing + ": " + firstLine(message) + ".", failure);
  }

  private static CapbenchException noMemory(String doing, String where, Throwable cause) {
    return new CapbenchException(
        "There is not enough memory on "
            + where
            + " for "
            + doing
            + ". Close other programs that use it, choose a smaller model"
            + (where.equals("the GPU") ? ", or choose the device cpu." : "."),
        cause);
  }

  /** The first line, or what a method of TorchScript failed with, without its traceback. */
  private static String firstLine(String all) {
    int error = all.lastIndexOf(SCRIPT_ERROR);
    String message = error < 0 ? all : all.substring(error + SCRIPT_ERROR.length());
    int end = message.indexOf('\n');
    return (end < 0 ? message : message.substring(0, end)).strip();
  }
}
