package io.capbench.engine.torch;

/** What the numbers of a model's tensors are. */
public enum NumberType {
  /** Double precision; only ever converted from. */
  F64(7, 8),
  /** Single precision. */
  F32(6, 4),
  /** Half precision. */
  F16(5, 2),
  /** The upper half of single precision. DJL's own operations mostly abort the process on it. */
  BF16(15, 2),
  /** Signed bytes. */
  INT8(1, 1);

  private final int code;
  private final int bytes;

  NumberType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** PyTorch's number for it ({@code c10::ScalarType}). */
  int code() {
    return code;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }
}
