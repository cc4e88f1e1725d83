package io.capbench.engine.kernel;

/** What weights are stored as. */
public enum WeightType {
  /** Single precision. */
  F32(4),
  /** Half precision. */
  F16(2),
  /** The upper half of single precision. */
  BF16(2),
  /** Signed bytes. */
  INT8(1);

  private final int bytes;

  WeightType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one weight. */
  int bytes() {
    return bytes;
  }
}
