package io.capbench.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of one row of weights with rows of input. Subclasses differ in how a vector of weights
 * is read; they repeat the loop, since a compiler that sees it once for all of them keeps vectors
 * in memory instead of registers. Thread-safe.
 */
abstract class Dot {
  /** Single precision, as many as a register holds. */
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

  static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(
          short.class, VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / 2)));

  static final int LANES = FLOATS.length();

  /**
   * Weights that {@link #one} takes at a time: independent sums hide how long an addition takes.
   */
  static final int STEP = 4 * LANES;

  /** Rows of input that {@link #four} takes. */
  static final int ROWS = 4;

  /**
   * The product with one row of input.
   *
   * @param memory of {@link WeightMemory#of}
   * @param at where the row of weights begins, in bytes
   * @param x inputs, K of a row
   * @param from where the row of inputs begins
   * @param columns K
   */
  abstract float one(Object memory, int at, float[] x, int from, int columns);

  /**
   * The products with four rows of input that follow each other.
   *
   * @param y where products go: the first to {@code to}, the others {@code stride} further each
   */
  abstract void four(
      Object memory, int at, float[] x, int from, int columns, float[] y, int to, int stride);

  static float sum(FloatVector a, FloatVector b, FloatVector c, FloatVector d) {
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }

  static FloatVector x(float[] x, int at) {
    return FloatVector.fromArray(FLOATS, x, at);
  }

  static FloatVector upperHalf(IntVector bits) {
    return bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }
}
