package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.kernel.LinearKernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** A linear layer by Java's vector instructions, on the memory of PyTorch's tensors. */
record VectorWay(LinearKernel kernel, ScriptMethods script) implements LinearWay {
  static final String NAME = "vector kernel";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean takes(long rows, long outputs, long columns) {
    return kernel.takes(outputs, columns);
  }

  @Override
  public NDArray apply(NDArray x, NDArray w, @Nullable NDArray scales) {
    long rows = x.getShape().get(0);
    int columns = Math.toIntExact(x.getShape().get(1));
    long outputs = w.getShape().get(0);
    float[] input = new float[Math.toIntExact(rows * columns)];
    try (NDArray single = script.tensor(x.getManager(), "single", x)) {
      floats(single).get(input);
    }
    float[] output = kernel.apply(memory(w), input, columns);
    try (NDArray y = script.tensor(x.getManager(), "room", x, outputs)) {
      floats(y).put(output);
      return scales == null
          ? script.tensor(x.getManager(), "typed", y, x)
          : script.tensor(x.getManager(), "scaled", y, scales, x);
    }
  }

  private static FloatBuffer floats(NDArray x) {
    return memory(x).asFloatBuffer();
  }

  private static ByteBuffer memory(NDArray x) {
    return x.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
  }
}
