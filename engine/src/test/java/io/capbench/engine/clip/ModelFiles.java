package io.capbench.engine.clip;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A golden model whose tensors and configuration can be changed before it is written elsewhere. */
final class ModelFiles {
  private final Map<TensorInfo, ByteBuffer> tensors = new LinkedHashMap<>();

  /** Reads the weights of a golden model: "dreamlip_gelu/model.safetensors". */
  ModelFiles(String golden) {
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFiles.path(golden))) {
      for (TensorInfo info : checkpoint.tensors()) {
        tensors.put(info, checkpoint.bytes(info.name()));
      }
    }
  }

  /** Renames tensors; those that get no name are left out. */
  ModelFiles renamed(Function<String, String> names) {
    Map<TensorInfo, ByteBuffer> before = new LinkedHashMap<>(tensors);
    tensors.clear();
    before.forEach(
        (info, bytes) -> {
          String name = names.apply(info.name());
          if (!name.isEmpty()) {
            put(name, info, bytes);
          }
        });
    return this;
  }

  ModelFiles without(String name) {
    tensors.keySet().removeIf(info -> info.name().equals(name));
    return this;
  }

  /** Cuts a tensor into equal parts along its first axis. */
  ModelFiles split(String name, List<String> parts) {
    TensorInfo info = info(name);
    ByteBuffer bytes = bytes(name);
    without(name);
    int size = bytes.remaining() / parts.size();
    for (int i = 0; i < parts.size(); i++) {
      List<Long> shape = new ArrayList<>(info.shape());
      shape.set(0, shape.get(0) / parts.size());
      tensors.put(new TensorInfo(parts.get(i), info.type(), shape), bytes.slice(i * size, size));
    }
    return this;
  }

  /** Turns a matrix on its side. */
  ModelFiles transposed(String name, String as) {
    TensorInfo info = info(name);
    int rows = info.shape().get(0).intValue();
    int columns = info.shape().get(1).intValue();
    ByteBuffer from = bytes(name);
    ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        to.putFloat(from.getFloat((row * columns + column) * Float.BYTES));
      }
    }
    without(name);
    tensors.put(new TensorInfo(as, info.type(), List.of((long) columns, (long) rows)), to.flip());
    return this;
  }

  /** Adds a tensor of 32-bit floats. */
  ModelFiles with(String name, float[] numbers, Long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    without(name);
    tensors.put(new TensorInfo(name, TensorType.F32, List.of(shape)), bytes.flip());
    return this;
  }

  TensorInfo info(String name) {
    return tensors.keySet().stream()
        .filter(info -> info.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  ByteBuffer bytes(String name) {
    ByteBuffer bytes = tensors.get(info(name));
    if (bytes == null) {
      throw new IllegalArgumentException(name);
    }
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  float[] floats(String name) {
    ByteBuffer bytes = bytes(name);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private void put(String name, TensorInfo info, ByteBuffer bytes) {
    tensors.put(new TensorInfo(name, info.type(), info.shape()), bytes);
  }

  /** Writes model.safetensors. */
  Path write(Path folder) {
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        List.copyOf(tensors.keySet()),
        info -> {
          ByteBuffer bytes = tensors.get(info);
          return bytes == null ? ByteBuffer.allocate(0) : bytes.duplicate();
        });
    return folder;
  }

  /** Writes a configuration. */
  static void config(Path folder, String name, Map<String, ?> content) {
    try {
      new ObjectMapper().writeValue(folder.resolve(name).toFile(), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
