package io.capbench.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("computes")
class LinearKernelTest {
  private final RowWorkers workers = new RowWorkers(3);

  @AfterEach
  void endThreads() {
    workers.close();
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 1, 64, 1",
    "F32, 7, 320, 5",
    "F16, 3, 64, 1",
    "F16, 1000, 128, 9",
    "BF16, 1, 64, 4",
    "BF16, 700, 2048, 1",
    "BF16, 33, 192, 7",
    "INT8, 5, 64, 1",
    "INT8, 2100, 320, 6"
  })
  void givesTheProductOfAllRows(WeightType type, int outputs, int columns, int rows) {
    Random random = new Random(7);
    ByteBuffer weights = memory(outputs * columns * type.bytes());
    for (int i = 0; i < outputs * columns; i++) {
      put(type, weights, i, random);
    }
    float[] x = new float[rows * columns];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }

    float[] y = LinearKernel.load(type, workers).apply(weights, x, columns);

    assertThat(y).hasSize(rows * outputs);
    for (int n = 0; n < rows; n++) {
      for (int m = 0; m < outputs; m++) {
        double sum = 0;
        double size = 0;
        for (int k = 0; k < columns; k++) {
          double product = value(type, weights, m * columns + k) * x[n * columns + k];
          sum += product;
          size += Math.abs(product);
        }
        assertThat((double) y[n * outputs + m]).isCloseTo(sum, within(1e-6 * size + 1e-30));
      }
    }
  }

  @Test
  void readsEveryNumberOfHalfPrecisionAsItIs() {
    int columns = 64;
    ByteBuffer weights = memory(65536 * columns * 2);
    for (int bits = 0; bits < 65536; bits++) {
      weights.putShort(bits * columns * 2, (short) bits);
    }
    float[] one = new float[columns];
    one[0] = 1;

    float[] y = LinearKernel.load(WeightType.F16, workers).apply(weights, one, columns);

    for (int bits = 0; bits < 65536; bits++) {
      assertThat(y[bits])
          .as("%04x", bits)
          .isEqualTo(Float.valueOf((float) half((short) bits) + 0f));
    }
  }

  @ParameterizedTest
  @EnumSource(WeightType.class)
  void takesLargeMatricesOfRowsOfSixtyFourNumbersUpToTwoGigabytes(WeightType type) {
    LinearKernel kernel = LinearKernel.load(type, workers);

    assertThat(kernel.takes(2048, 128)).isTrue();
    assertThat(kernel.takes(2047, 128)).isFalse();
    assertThat(kernel.takes(30_000, 100)).isFalse();
    assertThat(kernel.takes(1L << 31, 64)).isFalse();
  }

  @Test
  void whatFailsOnAnyThreadReachesTheCaller() {
    IllegalStateException failure = new IllegalStateException("here");

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    workers.run(
                        100,
                        1,
                        (from, to) -> {
                          if (from == 57) {
                            throw failure;
                          }
                        })))
        .isSameAs(failure);
  }

  @Test
  void everyRowIsDoneOnceHoweverManyMatricesFollow() {
    int[] done = new int[1000];

    for (int i = 0; i < 2000; i++) {
      workers.run(
          1000,
          7,
          (from, to) -> {
            for (int row = from; row < to; row++) {
              done[row]++;
            }
          });
    }

    assertThat(done).containsOnly(2000);
  }

  private static ByteBuffer memory(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(WeightType type, ByteBuffer weights, int i, Random random) {
    switch (type) {
      case F32 -> weights.putFloat(i * 4, (float) random.nextGaussian());
      case F16 ->
          weights.putShort(i * 2, (short) (random.nextInt(0x7c00) | random.nextInt(2) << 15));
      case BF16 ->
          weights.putShort(
              i * 2, (short) (Float.floatToIntBits((float) random.nextGaussian()) >> 16));
      case INT8 -> weights.put(i, (byte) (random.nextInt(255) - 127));
    }
  }

  private static double value(WeightType type, ByteBuffer weights, int i) {
    return switch (type) {
      case F32 -> weights.getFloat(i * 4);
      case F16 -> half(weights.getShort(i * 2));
      case BF16 -> Float.intBitsToFloat(weights.getShort(i * 2) << 16);
      case INT8 -> weights.get(i);
    };
  }

  /** IEEE 754 binary16. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> (1024 + fraction) * Math.pow(2, exponent - 25);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
