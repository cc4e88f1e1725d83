package io.capbench.engine.run;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tensors to write, computed one after another when their turn comes. */
final class Results {
  private final Map<TensorInfo, Supplier<ByteBuffer>> tensors = new LinkedHashMap<>();

  /**
   * Adds a tensor of 32-bit floats.
   *
   * @throws CapbenchException if it has more than 2 GB
   */
  void add(String name, Supplier<ByteBuffer> numbers, long... shape) {
    TensorInfo info = new TensorInfo(name, TensorType.F32, Arrays.stream(shape).boxed().toList());
    if (info.byteLength() > Integer.MAX_VALUE) {
      throw new CapbenchException(
          name
              + " would have the shape "
              + info.shape()
              + ", more than 2 GB. Give fewer images or captions at a time.");
    }
    tensors.put(info, numbers);
  }

  /** Adds a tensor that is computed when its turn comes, and freed then. */
  void add(String name, long[] shape, Supplier<NDArray> array) {
    add(
        name,
        () -> {
          try (NDArray numbers = array.get()) {
            return bytes(numbers);
          }
        },
        shape);
  }

  /** Adds a tensor whose numbers come as Java's floats. */
  void addFloats(String name, long[] shape, Supplier<float[]> floats) {
    add(name, () -> bytes(floats.get()), shape);
  }

  /** Computes and writes all, in the order in which they were added. */
  void write(Path file) {
    List<TensorInfo> infos = new ArrayList<>(tensors.keySet());
    SafetensorsWriter.write(
        file,
        infos,
        info -> {
          Supplier<ByteBuffer> numbers = tensors.get(info);
          if (numbers == null) {
            throw new IllegalArgumentException(info + " was not added");
          }
          return numbers.get();
        });
  }

  static ByteBuffer bytes(NDArray array) {
    return bytes(array.toFloatArray());
  }

  private static ByteBuffer bytes(float[] floats) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(floats.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return bytes;
  }
}
