package io.capbench.engine.explain;

import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.weights.Checkpoint;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Tensors that the original programs computed; see golden/README.md in the test resources. */
final class Golden implements AutoCloseable {
  private final Checkpoint file;

  Golden(String name) {
    file = Checkpoint.open(GoldenFiles.path(name));
  }

  boolean has(String tensor) {
    return file.has(tensor);
  }

  int size(String tensor, int axis) {
    return Math.toIntExact(file.info(tensor).shape().get(axis));
  }

  int rank(String tensor) {
    return file.info(tensor).shape().size();
  }

  float[] floats(String tensor) {
    ByteBuffer bytes = file.floats(tensor);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** One row of a tensor, seen as rows of its last axis. */
  float[] row(String tensor, int row) {
    float[] all = floats(tensor);
    int width = size(tensor, file.info(tensor).shape().size() - 1);
    return Arrays.copyOfRange(all, row * width, (row + 1) * width);
  }

  long[] longs(String tensor) {
    ByteBuffer bytes = file.bytes(tensor);
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(values);
    return values;
  }

  @Override
  public void close() {
    file.close();
  }
}
