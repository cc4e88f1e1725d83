package io.capbench.engine.kernel;

import java.nio.ByteBuffer;

/**
 * x w^T for a few rows of x, by vector instructions. Weights are used exactly as they are stored,
 * sums are single precision. Java compiles a kernel in its first second, before which it is slow.
 * One call at a time.
 */
public final class LinearKernel {
  /** Bytes of weights that a thread takes at a time. */
  private static final int PART = 1 << 17;

  /** What numbers of a row have to be a multiple of, on any processor. */
  private static final int MULTIPLE = 64;

  /** Fewer weights are done before the other threads are awake. */
  private static final long FEWEST = 1 << 18;

  private final WeightType type;
  private final Dot dot;
  private final RowWorkers workers;

  private LinearKernel(WeightType type, Dot dot, RowWorkers workers) {
    this.type = type;
    this.dot = dot;
    this.workers = workers;
  }

  /**
   * A kernel.
   *
   * @param workers shared with other kernels of the same caller; stay the caller's
   * @throws UnsupportedOperationException if this Java has no vector instructions, saying why
   */
  public static LinearKernel load(WeightType type, RowWorkers workers) {
    VectorModule.load();
    try {
      return new LinearKernel(type, dot(type), workers);
    } catch (LinkageError e) {
      throw new UnsupportedOperationException("this Java has other vector instructions: " + e, e);
    }
  }

  private static Dot dot(WeightType type) {
    return switch (type) {
      case F32 -> new FloatDot();
      case F16 -> new HalfDot();
      case BF16 -> new BrainDot();
      case INT8 -> new ByteDot();
    };
  }

  /**
   * Whether it is for weights of a shape.
   *
   * @param outputs M
   * @param columns K
   */
  public boolean takes(long outputs, long columns) {
    long weights = outputs * columns;
    return columns % MULTIPLE == 0
        && weights >= FEWEST
        && weights * type.bytes() <= Integer.MAX_VALUE;
  }

  /**
   * x w^T.
   *
   * @param weights [M, K], little endian, outside of the heap
   * @param x [N, K]
   * @param columns K, with M as {@link #takes} wants it
   * @return [N, M]
   */
  public float[] apply(ByteBuffer weights, float[] x, int columns) {
    int row = columns * type.bytes();
    int outputs = weights.remaining() / row;
    int rows = x.length / columns;
    float[] y = new float[rows * outputs];
    Object memory = WeightMemory.of(weights);
    int atOnce = Math.max(1, PART / row);
    workers.run(
        outputs,
        atOnce,
        (from, to) -> {
          for (int m = from; m < to; m++) {
            outputs(memory, m * row, x, columns, y, m, outputs);
          }
        });
    return y;
  }

  /** One row of weights with all rows of input. */
  private void outputs(
      Object memory, int at, float[] x, int columns, float[] y, int to, int stride) {
    int rows = y.length / stride;
    int n = 0;
    for (; n <= rows - Dot.ROWS; n += Dot.ROWS) {
      dot.four(memory, at, x, n * columns, columns, y, to + n * stride, stride);
    }
    for (; n < rows; n++) {
      y[to + n * stride] = dot.one(memory, at, x, n * columns, columns);
    }
  }
}
