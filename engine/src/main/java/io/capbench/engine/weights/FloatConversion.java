package io.capbench.engine.weights;

import java.nio.ByteBuffer;

/** Numbers of other types as 32-bit floats. */
final class FloatConversion {
  private FloatConversion() {}

  /**
   * Converts numbers, rounding F64 to the nearest.
   *
   * @param in little endian
   * @param out little endian, room for as many floats; its position stays
   */
  static void convert(TensorType type, ByteBuffer in, ByteBuffer out) {
    int n = in.remaining() / type.bytes();
    switch (type) {
      case F32 -> out.duplicate().put(in.duplicate());
      case F64 -> {
        for (int i = 0; i < n; i++) {
          out.putFloat(4 * i, (float) in.getDouble(8 * i));
        }
      }
      case F16 -> {
        for (int i = 0; i < n; i++) {
          out.putFloat(4 * i, half(in.getShort(2 * i)));
        }
      }
      case BF16 -> {
        for (int i = 0; i < n; i++) {
          out.putInt(4 * i, in.getShort(2 * i) << 16);
        }
      }
      default -> throw new IllegalArgumentException(type + " holds whole numbers");
    }
  }

  /** The value of IEEE 754 half-precision bits; Java has this since 20. */
  static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float value = fraction * 0x1p-24f;
      return sign == 0 ? value : -value;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
