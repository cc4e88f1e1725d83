package io.capbench.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tensors of a file, and files of tensors. */
final class TensorFile implements AutoCloseable {
  private final Checkpoint tensors;

  TensorFile(Path file) {
    this.tensors = Checkpoint.open(file);
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>();
    tensors.tensors().forEach(info -> names.add(info.name()));
    return names;
  }

  TensorInfo info(String name) {
    return tensors.info(name);
  }

  ByteBuffer bytes(String name) {
    return tensors.bytes(name).duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  float[] floats(String name) {
    FloatBuffer buffer =
        tensors.floats(name).duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  /** Compares a tensor with one of another file. */
  void assertClose(String name, TensorFile other, String otherName, double tolerance) {
    assertThat(info(name).shape()).as(name).isEqualTo(other.info(otherName).shape());
    float[] got = floats(name);
    float[] wanted = other.floats(otherName);
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      double difference = Math.abs(got[i] - wanted[i]);
      largest = difference <= largest ? largest : difference;
    }
    assertThat(largest).as("largest difference of " + name).isLessThanOrEqualTo(tolerance);
  }

  @Override
  public void close() {
    tensors.close();
  }

  /** Writes some tensors of several files into one. */
  static Path write(Path file, Map<TensorInfo, ByteBuffer> tensors) {
    SafetensorsWriter.write(
        file,
        List.copyOf(tensors.keySet()),
        info -> {
          ByteBuffer bytes = tensors.get(info);
          return bytes == null ? ByteBuffer.allocate(0) : bytes.duplicate();
        });
    return file;
  }

  /** A map to fill for {@link #write}. */
  static Map<TensorInfo, ByteBuffer> none() {
    return new LinkedHashMap<>();
  }

  static TensorInfo named(String name, TensorType type, long... shape) {
    return new TensorInfo(name, type, Arrays.stream(shape).boxed().toList());
  }
}
