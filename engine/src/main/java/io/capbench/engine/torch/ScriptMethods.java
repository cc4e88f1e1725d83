package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.capbench.storage.model.CapbenchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Calls the methods of a weightless module that {@link OpsModule} wrote. */
final class ScriptMethods {
  private static final String METHOD = "module_method:";

  private final PtSymbolBlock module;

  /** Loads a module, which is freed with the manager. */
  ScriptMethods(NDManager manager, String code) {
    try {
      module =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(OpsModule.bytes(code)), false, false);
    } catch (IOException e) {
      throw new CapbenchException("PyTorch does not read the operations that Capbench adds.", e);
    }
  }

  /**
   * Calls a method that returns a tensor.
   *
   * @param manager what the result belongs to
   * @param arguments tensors, whole numbers, fractions, texts, lists of whole numbers
   */
  NDArray tensor(NDManager manager, String method, Object... arguments) {
    try (IValue result = call(method, arguments)) {
      return result.toTensor((PtNDManager) manager);
    }
  }

  /** Calls a method that returns several tensors. */
  List<NDArray> tensors(NDManager manager, String method, Object... arguments) {
    try (IValue result = call(method, arguments)) {
      IValue[] parts = result.toIValueTuple();
      List<NDArray> tensors =
          Stream.of(parts).<NDArray>map(part -> part.toTensor((PtNDManager) manager)).toList();
      for (IValue part : parts) {
        part.close();
      }
      return tensors;
    }
  }

  /**
   * Calls a method so that gradients pass through it where operations are recorded.
   *
   * @param manager what the result belongs to
   * @param arguments without names; the method takes tensors only and returns one
   */
  NDArray recorded(NDManager manager, String method, NDArray... arguments) {
    JniUtils.setGraphExecutorOptimize(false);
    // DJL calls methods with recording only by this way, which reads the method off an array.
    try (NDArray name = manager.zeros(new Shape())) {
      name.setName(METHOD + method);
      NDList inputs = new NDList(arguments.length + 1);
      inputs.add(name);
      inputs.addAll(List.of(arguments));
      return IValueUtils.forward(module, inputs, true).get(0);
    }
  }

  /** Calls a method for what it does. */
  void run(String method, Object... arguments) {
    call(method, arguments).close();
  }

  private IValue call(String method, Object... arguments) {
    // PyTorch would compile for the shapes it sees first, again and again for shapes that change.
    JniUtils.setGraphExecutorOptimize(false);
    IValue[] inputs = Stream.of(arguments).map(ScriptMethods::value).toArray(IValue[]::new);
    try {
      return IValueUtils.runMethod(module, method, inputs);
    } finally {
      for (IValue input : inputs) {
        input.close();
      }
    }
  }

  private static IValue value(Object argument) {
    if (argument instanceof PtNDArray tensor) {
      return IValue.from(tensor);
    } else if (argument instanceof Number number) {
      return number instanceof Double fraction
          ? IValue.from(fraction.doubleValue())
          : IValue.from(number.longValue());
    } else if (argument instanceof Boolean truth) {
      return IValue.from(truth.booleanValue());
    } else if (argument instanceof String text) {
      return IValue.from(text);
    } else if (argument instanceof long[] list) {
      return IValue.listFrom(list);
    }
    throw new IllegalArgumentException("no such argument: " + argument);
  }
}
