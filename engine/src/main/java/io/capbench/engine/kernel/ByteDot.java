package io.capbench.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Weights as signed bytes, without their scales. */
final class ByteDot extends Dot {
  private static final int BYTES = 1;

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

  private static FloatVector weights(Object memory, int at, int k) {
    // Parts are constants in the code: a compiler that does not know them makes no instruction.
    if (LANES < SPECIES.length() && k % SPECIES.length() != 0) {
      // A register of four numbers takes half of the smallest vector of bytes.
      return (FloatVector)
          WeightMemory.bytes(SPECIES, memory, at + k - LANES)
              .convertShape(VectorOperators.B2F, FLOATS, 1);
    }
    return (FloatVector)
        WeightMemory.bytes(SPECIES, memory, at + k).convertShape(VectorOperators.B2F, FLOATS, 0);
  }

  private static final VectorSpecies<Byte> SPECIES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / 4)));
}
