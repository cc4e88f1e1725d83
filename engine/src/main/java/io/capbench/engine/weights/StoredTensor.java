package io.capbench.engine.weights;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tensor and where its numbers are.
 *
 * @param info name, type, shape
 * @param bytes what holds them
 * @param offset its first number in there, bytes
 * @param strides steps from a number to the next along each size, in numbers; null if they lie one
 *     after another
 */
record StoredTensor(TensorInfo info, ByteSource bytes, long offset, @Nullable List<Long> strides) {

  static StoredTensor contiguous(TensorInfo info, ByteSource bytes, long offset) {
    return new StoredTensor(info, bytes, offset, null);
  }

  StoredTensor named(String name) {
    return new StoredTensor(
        new TensorInfo(name, info.type(), info.shape()), bytes, offset, strides);
  }

  Optional<Place> place() {
    return strides == null ? bytes.place(offset, info.byteLength()) : Optional.empty();
  }

  /** The numbers one after another, little endian, aligned to their type. */
  ByteBuffer read() {
    if (strides != null) {
      return new StridedCopy(this, strides).read();
    }
    return DirectMemory.aligned(
        bytes.read(offset, Math.toIntExact(info.byteLength())), info.type(), this::what);
  }

  String what() {
    return "Tensor " + info.name() + " of " + bytes.name();
  }
}
