package io.capbench.engine.weights;

import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/** Direct memory for tensors that cannot be used where they lie. */
final class DirectMemory {
  private DirectMemory() {}

  /**
   * Direct memory, little endian.
   *
   * @param what what it is for, at the start of a sentence
   * @throws CapbenchException if there is not as much
   */
  static ByteBuffer allocate(long bytes, Supplier<String> what) {
    if (bytes > Integer.MAX_VALUE) {
      throw new CapbenchException(
          what.get()
              + " has "
              + bytes
              + " bytes; one buffer holds at most 2 GB. Use a checkpoint of a smaller model.");
    }
    try {
      return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    } catch (OutOfMemoryError e) {
      throw new CapbenchException(
          what.get()
              + " needs "
              + bytes
              + " bytes of memory outside Java's heap, and there are not as many. Close other"
              + " models, or set CAPBENCH_JAVA_OPTIONS=-XX:MaxDirectMemorySize=8g.",
          e);
    }
  }

  /** The same bytes, copied if the processor could not load numbers of this type from there. */
  static ByteBuffer aligned(ByteBuffer bytes, TensorType type, Supplier<String> what) {
    if (bytes.remaining() == 0 || bytes.alignmentOffset(0, type.bytes()) == 0) {
      return bytes;
    }
    ByteBuffer copy = allocate(bytes.remaining(), what);
    copy.put(bytes.duplicate()).flip();
    return copy;
  }
}
