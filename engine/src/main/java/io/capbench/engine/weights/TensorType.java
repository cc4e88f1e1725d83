package io.capbench.engine.weights;

import java.util.Optional;

/**
 * What the numbers of a tensor are stored as. The constants are called as safetensors calls them.
 */
public enum TensorType {
  /** IEEE 754, 64 bits. */
  F64(8),
  /** IEEE 754, 32 bits. */
  F32(4),
  /** IEEE 754, 16 bits. */
  F16(2),
  /** The upper half of an F32. */
  BF16(2),
  /** Signed, 64 bits. */
  I64(8),
  /** Signed, 32 bits. */
  I32(4),
  /** Signed, 16 bits. */
  I16(2),
  /** Signed, 8 bits. */
  I8(1),
  /** Unsigned, 8 bits. */
  U8(1),
  /** One byte, 0 or 1. */
  BOOL(1);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** Whether it holds fractions, so that it can be read as 32-bit floats. */
  public boolean floating() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** The name in safetensors files. */
  public String safetensorsName() {
    return name();
  }

  /** The type that a safetensors file calls so; empty if it is none of these. */
  static Optional<TensorType> ofSafetensors(String name) {
    for (TensorType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
