package io.capbench.engine.weights;

import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.util.List;

/** Lays the numbers of a view (transposed, sliced, expanded) one after another. */
final class StridedCopy {
  private final StoredTensor tensor;
  private final List<Long> strides;
  private final int width;

  StridedCopy(StoredTensor tensor, List<Long> strides) {
    this.tensor = tensor;
    this.strides = strides;
    this.width = tensor.info().type().bytes();
  }

  ByteBuffer read() {
    TensorInfo info = tensor.info();
    ByteBuffer out = DirectMemory.allocate(info.byteLength(), tensor::what);
    if (info.elements() == 0) {
      return out;
    }
    long span = width;
    for (int d = 0; d < strides.size(); d++) {
      span += (info.shape().get(d) - 1) * strides.get(d) * width;
    }
    if (span > Integer.MAX_VALUE) {
      throw new CapbenchException(
          tensor.what()
              + " is a view over more than 2 GB. Save the checkpoint again with contiguous"
              + " tensors.");
    }
    copy(tensor.bytes().read(tensor.offset(), (int) span), out, 0, 0);
    return out.flip();
  }

  /**
   * Copies the part below one index per size up to {@code d}; recursion is as deep as the shape.
   */
  private void copy(ByteBuffer in, ByteBuffer out, int d, int from) {
    if (d == strides.size()) {
      out.put(out.position(), in, from, width).position(out.position() + width);
      return;
    }
    int step = Math.toIntExact(strides.get(d) * width);
    int size = Math.toIntExact(tensor.info().shape().get(d));
    for (int i = 0; i < size; i++) {
      copy(in, out, d + 1, from + i * step);
    }
  }
}
