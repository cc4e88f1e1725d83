package io.capbench.engine.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles step by step, right or wrong. */
final class PickleBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private PickleBytes() {}

  static PickleBytes protocol2() {
    return new PickleBytes().step(0x80).step(2);
  }

  /** Without a protocol, as protocol 0 has it. */
  static PickleBytes bare() {
    return new PickleBytes();
  }

  PickleBytes step(int opcode) {
    out.write(opcode);
    return this;
  }

  PickleBytes steps(String opcodes) {
    out.writeBytes(opcodes.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  PickleBytes global(String module, String name) {
    return steps("c" + module + "\n" + name + "\n");
  }

  PickleBytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    step('X').i32(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  PickleBytes number(int number) {
    return step('J').i32(number);
  }

  PickleBytes numbers(int... numbers) {
    step('(');
    for (int number : numbers) {
      number(number);
    }
    return step('t');
  }

  PickleBytes i32(int number) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    return this;
  }

  /** An entry's key and tensor, to stand in a dictionary. */
  PickleBytes tensor(
      String key, String storage, int elements, int offset, int[] shape, int[] strides) {
    return text(key)
        .global("torch._utils", "_rebuild_tensor_v2")
        .step('(')
        .storage(storage, elements)
        .number(offset)
        .numbers(shape)
        .numbers(strides)
        .steps("\u0089")
        .global("collections", "OrderedDict")
        .steps(")RtR");
  }

  PickleBytes storage(String key, int elements) {
    return step('(')
        .text("storage")
        .global("torch", "FloatStorage")
        .text(key)
        .text("cpu")
        .number(elements)
        .steps("tQ");
  }

  /** Ends the pickle. */
  byte[] bytes() {
    step('.');
    return out.toByteArray();
  }
}
