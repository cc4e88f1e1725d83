package io.capbench.engine.clip;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.weights.Checkpoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/** Tensors that the original programs read and wrote; see golden/README.md in the resources. */
final class Golden implements AutoCloseable {
  private final Checkpoint tensors;

  /** Opens a file such as "clips/expected.safetensors". */
  Golden(String name) {
    this.tensors = Checkpoint.open(GoldenFiles.path(name));
  }

  Shape shape(String name) {
    return new Shape(tensors.info(name).shape().stream().mapToLong(Long::longValue).toArray());
  }

  float[] floats(String name) {
    FloatBuffer buffer =
        tensors.floats(name).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  NDArray array(String name, NDManager manager) {
    return manager.create(floats(name), shape(name));
  }

  /** Rows of whole numbers. */
  List<int[]> rows(String name) {
    ByteBuffer bytes = tensors.bytes(name).slice().order(ByteOrder.LITTLE_ENDIAN);
    LongBuffer buffer = bytes.asLongBuffer();
    int length = (int) shape(name).get(1);
    List<int[]> rows = new ArrayList<>();
    while (buffer.hasRemaining()) {
      int[] row = new int[length];
      for (int i = 0; i < length; i++) {
        row[i] = Math.toIntExact(buffer.get());
      }
      rows.add(row);
    }
    return rows;
  }

  /** Says where the largest difference is if it is larger than allowed. */
  void assertEqual(String name, NDArray actual, double tolerance) {
    assertThat(actual.getShape()).as(name).isEqualTo(shape(name));
    float[] wanted = floats(name);
    float[] got = actual.toFloatArray();
    int worst = 0;
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      double difference = Math.abs(got[i] - wanted[i]);
      if (!(difference <= largest)) {
        largest = difference;
        worst = i;
      }
    }
    assertThat(largest)
        .as(name + "[" + worst + "]: " + got[worst] + " instead of " + wanted[worst])
        .isLessThanOrEqualTo(tolerance);
  }

  @Override
  public void close() {
    tensors.close();
  }
}
