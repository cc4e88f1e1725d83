package io.capbench.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Weights in half precision (IEEE 754 binary16), which processors widen but Java's vectors do not.
 */
final class HalfDot extends Dot {
  private static final int BYTES = 2;

  @Override
  float one(Object memory, int at, float[] x, int from, int columns) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int k = 0;
    for (; k <= columns - STEP; k += STEP) {
      a = weights(memory, at, k).fma(x(x, from + k), a);
      b = weights(memory, at, k + LANES).fma(x(x, from + k + LANES), b);
      c = weights(memory, at, k + 2 * LANES).fma(x(x, from + k + 2 * LANES), c);
      d = weights(memory, at, k + 3 * LANES).fma(x(x, from + k + 3 * LANES), d);
    }
    return sum(a, b, c, d);
  }

  @Override
  void four(
      Object memory, int at, float[] x, int from, int columns, float[] y, int to, int stride) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int k = 0; k <= columns - LANES; k += LANES) {
      FloatVector w = weights(memory, at, k);
      int first = from + k;
      a = w.fma(x(x, first), a);
      b = w.fma(x(x, first + columns), b);
      c = w.fma(x(x, first + 2 * columns), c);
      d = w.fma(x(x, first + 3 * columns), d);
    }
    y[to] = a.reduceLanes(VectorOperators.ADD);
    y[to + stride] = b.reduceLanes(VectorOperators.ADD);
    y[to + 2 * stride] = c.reduceLanes(VectorOperators.ADD);
    y[to + 3 * stride] = d.reduceLanes(VectorOperators.ADD);
  }

  /** Exponents move from the bias of 16-bit numbers to that of 32-bit ones. */
  private static FloatVector weights(Object memory, int at, int k) {
    IntVector wide =
        (IntVector)
            WeightMemory.shorts(SHORTS, memory, at + k * BYTES)
                .convertShape(VectorOperators.S2I, INTS, 0);
    IntVector magnitude = wide.and(0x7fff).lanewise(VectorOperators.LSHL, 13);
    VectorMask<Integer> tiny = magnitude.compare(VectorOperators.LT, SMALLEST_NORMAL);
    VectorMask<Integer> infinite = magnitude.compare(VectorOperators.GE, INFINITE);
    IntVector moved = magnitude.add(REBIAS).add(REBIAS, infinite).add(ONE_EXPONENT, tiny);
    FloatVector value = moved.reinterpretAsFloats();
    FloatVector absolute = value.sub(SMALLEST, tiny.cast(FLOATS));
    return absolute.reinterpretAsInts().or(wide.and(SIGN)).reinterpretAsFloats();
  }

  private static final int SMALLEST_NORMAL = 1 << 23;
  private static final int INFINITE = 0x1f << 23;
  private static final int REBIAS = 112 << 23;
  private static final int ONE_EXPONENT = 1 << 23;
  private static final int SIGN = 0x80000000;
  private static final float SMALLEST = 0x1p-14f;
}
