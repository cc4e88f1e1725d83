package io.capbench.engine.weights;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The numbers and texts of a pickle's steps. Every method throws {@link BufferUnderflowException}
 * where the pickle ends too early, before it takes memory.
 */
final class PickleInput {
  private final ByteBuffer in;
  private final TorchFault fault;

  /** Reads from the buffer's position on. */
  PickleInput(ByteBuffer in, TorchFault fault) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    this.fault = fault;
  }

  /** The place of the next byte. */
  int position() {
    return in.position();
  }

  int u8() {
    return in.get() & 0xff;
  }

  int u16() {
    return in.getShort() & 0xffff;
  }

  int i32() {
    return in.getInt();
  }

  long u32() {
    return in.getInt() & 0xffffffffL;
  }

  long i64() {
    return in.getLong();
  }

  double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
  }

  byte[] bytes(long length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  String text(long length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** Python 2 wrote names as bytes. */
  String latin(long length) {
    return new String(bytes(length), StandardCharsets.ISO_8859_1);
  }

  /** Text up to the end of the line, which is passed over. */
  String line() {
    int end = in.position();
    while (end < in.limit() && in.get(end) != '\n') {
      end++;
    }
    String line = text(end - in.position());
    in.get();
    return line;
  }

  /** A line in quotation marks, without them. */
  String quotedLine() {
    String line = line();
    return line.length() >= 2 ? line.substring(1, line.length() - 1) : line;
  }

  /** A line that numbers something. */
  long indexLine() {
    if (wholeNumberLine() instanceof Long index) {
      return index;
    }
    throw fault.damaged("its pickle numbers something by what is no number");
  }

  /** A Long, or a Boolean, which protocol 1 wrote as 00 and 01. */
  Object wholeNumberLine() {
    String line = line();
    if (line.equals("00") || line.equals("01")) {
      return line.equals("01");
    }
    try {
      return Long.parseLong(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
    } catch (NumberFormatException e) {
      throw fault.damaged("its pickle has no number in \"" + ShownName.of(line) + "\"", e);
    }
  }

  double fractionLine() {
    String line = line();
    try {
      return Double.parseDouble(line);
    } catch (NumberFormatException e) {
      throw fault.damaged("its pickle has no number in \"" + ShownName.of(line) + "\"", e);
    }
  }

  /** A number of this many bytes, little endian with a sign: a Long, or a BigInteger beyond. */
  Object wholeNumber(long length) {
    byte[] littleEndian = bytes(length);
    byte[] bigEndian = new byte[Math.max(1, littleEndian.length)];
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
    }
    BigInteger number = new BigInteger(bigEndian);
    if (number.bitLength() < Long.SIZE) {
      return number.longValue();
    }
    return number;
  }
}
