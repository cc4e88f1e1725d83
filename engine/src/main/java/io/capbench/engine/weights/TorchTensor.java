package io.capbench.engine.weights;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor as a pickle describes it: a view into a storage.
 *
 * @param storage what it looks into
 * @param type what its numbers are
 * @param offset its first number
 * @param shape sizes, at least 0
 * @param strides steps along each size, in numbers, at least 0
 */
record TorchTensor(
    TorchStorage storage, TensorType type, long offset, List<Long> shape, List<Long> strides) {

  /**
   * Checks what the pickle says.
   *
   * @throws IllegalArgumentException if it cannot be, with the cause
   * @throws ArithmeticException if it is too large for a long
   */
  static TorchTensor of(
      TorchStorage storage,
      @Nullable TensorType type,
      long offset,
      List<Long> shape,
      List<Long> strides) {
    TensorType held = storage.type() == null ? type : storage.type();
    if (held == null || (type != null && held != type)) {
      throw new IllegalArgumentException("a tensor whose type is not that of its storage");
    }
    if (shape.size() != strides.size() || offset < 0) {
      throw new IllegalArgumentException("a tensor of shape " + shape + " with strides " + strides);
    }
    TensorInfo info = new TensorInfo("", held, shape);
    long last = offset;
    for (int d = 0; d < shape.size(); d++) {
      if (strides.get(d) < 0) {
        throw new IllegalArgumentException("a tensor with strides " + strides);
      }
      long steps = Math.max(0, shape.get(d) - 1);
      last = Math.addExact(last, Math.multiplyExact(steps, strides.get(d)));
    }
    long room = storage.type() == null ? storage.elements() / held.bytes() : storage.elements();
    if (info.elements() > 0 && last >= room) {
      throw new IllegalArgumentException(
          "a tensor of shape " + shape + " ends at number " + last + " of a storage with " + room);
    }
    return new TorchTensor(storage, held, offset, List.copyOf(shape), List.copyOf(strides));
  }

  /** The tensor under a name, with its numbers in these bytes. */
  StoredTensor stored(String name, ByteSource bytes) {
    TensorInfo info = new TensorInfo(name, type, shape);
    // An empty tensor may start anywhere.
    return new StoredTensor(
        info,
        bytes,
        info.elements() == 0 ? 0 : offset * type.bytes(),
        contiguous() ? null : strides);
  }

  private boolean contiguous() {
    List<Long> dense = new ArrayList<>();
    long step = 1;
    for (int d = shape.size() - 1; d >= 0; d--) {
      dense.add(0, step);
      step *= Math.max(1, shape.get(d));
    }
    for (int d = 0; d < shape.size(); d++) {
      if (shape.get(d) == 0) {
        return true;
      }
    }
    for (int d = 0; d < shape.size(); d++) {
      if (shape.get(d) > 1 && !strides.get(d).equals(dense.get(d))) {
        return false;
      }
    }
    return true;
  }
}
