package io.capbench.engine.weights;

import java.util.List;

/**
 * A tensor of a checkpoint, without its numbers.
 *
 * @param name its key, without the prefix {@code module.} of models trained on several devices
 * @param type what its numbers are stored as
 * @param shape its sizes, all at least 0; empty for a single number
 */
public record TensorInfo(String name, TensorType type, List<Long> shape) {

  /**
   * Checks the shape.
   *
   * @throws ArithmeticException if the tensor would have more than 2^63-1 bytes
   * @throws IllegalArgumentException if a size is negative
   */
  public TensorInfo {
    shape = List.copyOf(shape);
    long bytes = type.bytes();
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("a negative size in " + shape);
      }
      bytes = Math.multiplyExact(bytes, Math.max(1, size));
    }
  }

  /** How many numbers it has: 1 for a shape without sizes. */
  public long elements() {
    long elements = 1;
    for (long size : shape) {
      elements *= size;
    }
    return elements;
  }

  /** Bytes of all its numbers. */
  public long byteLength() {
    return elements() * type.bytes();
  }
}
