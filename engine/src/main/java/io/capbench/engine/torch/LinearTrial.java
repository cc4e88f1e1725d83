package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tries all ways to linear layers with weights of a type on this machine: what throws or computes
 * something else is out, of the others it is measured how fast they read weights. Takes some
 * seconds. For one use.
 */
final class LinearTrial {
  /** Rows of input that are tried: those of fusing, from one text after its prompt to a prompt. */
  static final List<Integer> ROWS = List.of(1, 2, 4, 8, 16, 32, 96, 256);

  /** Up to so many rows memory sets the pace, so weights must not lie in caches. */
  private static final int FEW = 8;

  /** Rows of input that the kernels have loops of their own for. */
  private static final List<Integer> LOOPS = List.of(1, 4);

  private static final int SIDE = 1024;

  /** Bytes of weights, in turns, where they must not lie in caches. */
  private static final long BEYOND_CACHES = 64L << 20;

  private static final int ROUNDS = 4;

  /** A way that is so much slower than the best is not tried again. */
  private static final double HOPELESS = 8;

  /** Rounds that differ by more tell of other programs, not of the ways. */
  private static final double STEADY_WITHIN = 1.6;

  /** How long kernels of Java's, which are compiled while they run, may take to become fast. */
  private static final long WARMING = 3_000_000_000L;

  private static final long NO_FASTER = 500_000_000;

  private final NDManager manager;
  private final DecoderOps ops;
  private final LinearWays ways;
  private final NumberType type;
  private boolean steady = true;

  /**
   * A trial.
   *
   * @param manager on the processor; nothing of the trial stays in it
   * @param type of the weights; bytes are tried with bfloat16 as input
   */
  LinearTrial(NDManager manager, LinearWays ways, NumberType type) {
    this.manager = manager;
    this.ops = new DecoderOps(manager);
    this.ways = ways;
    this.type = type;
  }

  /** Weights as they are, their scales, and the same in single precision. */
  private record Weights(List<NDArray> stored, @Nullable NDArray scales, NDArray single) {}

  /** A way in the running. */
  private static final class Candidate {
    private final LinearWay way;
    private double seconds = Double.POSITIVE_INFINITY;
    private double second = Double.POSITIVE_INFINITY;
    private @Nullable String failure;

    Candidate(LinearWay way) {
      this.way = way;
    }

    void took(double time) {
      second = Math.min(second, Math.max(time, seconds));
      seconds = Math.min(time, seconds);
    }
  }

  /** Tries them. */
  List<LinearMeasurement> run() {
    List<LinearMeasurement> measured = new ArrayList<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long one = (long) SIDE * SIDE * type.bytes();
      Weights weights = weights((int) (BEYOND_CACHES / one));
      for (int rows : ROWS) {
        List<NDArray> turns = rows <= FEW ? weights.stored() : weights.stored().subList(0, 1);
        measured.addAll(measure(rows, weights, turns));
      }
    }
    return measured;
  }

  /**
   * Whether rounds of {@link #run} were alike. If not, other programs kept the machine busy, and
   * the order of the ways may be another when they are gone.
   */
  boolean steady() {
    return steady;
  }

  private Weights weights(int copies) {
    NDArray first = manager.randomNormal(new Shape(SIDE, SIDE));
    NDArray stored;
    NDArray scales = null;
    if (type == NumberType.INT8) {
      NDArray steps = ops.scales(first);
      stored = ops.quantize(first, steps);
      scales = ops.cast(steps, NumberType.BF16);
    } else {
      stored = ops.cast(first, type);
    }
    List<NDArray> turns = new ArrayList<>();
    turns.add(stored);
    for (int i = 1; i < copies; i++) {
      turns.add(ops.copy(stored));
    }
    NDArray single = ops.cast(stored, NumberType.F32);
    if (scales != null) {
      single = single.mul(ops.cast(scales, NumberType.F32).reshape(SIDE, 1));
    }
    return new Weights(turns, scales, single);
  }

  private List<LinearMeasurement> measure(int rows, Weights weights, List<NDArray> turns) {
    NumberType compute = type == NumberType.INT8 ? NumberType.BF16 : type;
    List<Candidate> candidates =
        ways.of(type).stream()
            .filter(way -> way.takes(rows, SIDE, SIDE))
            .map(Candidate::new)
            .toList();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = ops.cast(manager.randomNormal(new Shape(rows, SIDE)), compute);
      NDArray expected = ops.cast(x, NumberType.F32).matMul(weights.single().transpose());
      for (Candidate candidate : candidates) {
        check(candidate, x, weights, expected);
      }
      double best = candidates.stream().mapToDouble(c -> c.seconds).min().orElse(0);
      List<Candidate> running =
          candidates.stream().filter(c -> c.seconds <= HOPELESS * best).toList();
      running.forEach(candidate -> candidate.seconds = Double.POSITIVE_INFINITY);
      for (int round = 0; round < ROUNDS; round++) {
        for (Candidate candidate : running) {
          candidate.took(seconds(candidate.way, x, weights.scales(), turns) / turns.size());
        }
      }
      running.stream()
          .min(Comparator.comparingDouble(c -> c.seconds))
          .ifPresent(c -> steady &= c.second <= STEADY_WITHIN * c.seconds);
    }
    double gigabytes = (double) SIDE * SIDE * type.bytes() / 1e9;
    return candidates.stream()
        .map(
            c ->
                new LinearMeasurement(
                    type,
                    rows,
                    c.way.name(),
                    c.failure == null ? gigabytes / c.seconds : 0,
                    c.failure))
        .toList();
  }

  /** Passes a matrix through, looks at what comes out, and at how long it takes in the caches. */
  private void check(Candidate candidate, NDArray x, Weights weights, NDArray expected) {
    List<NDArray> first = weights.stored().subList(0, 1);
    try {
      try (NDArray y = candidate.way.apply(x, first.get(0), weights.scales());
          NDArray single = ops.cast(y, NumberType.F32)) {
        candidate.failure = objection(single, expected);
      }
      if (candidate.failure == null) {
        if (candidate.way instanceof VectorWay && LOOPS.contains((int) x.getShape().get(0))) {
          warm(candidate.way, x, weights);
        }
        candidate.seconds =
            Math.min(
                seconds(candidate.way, x, weights.scales(), first),
                seconds(candidate.way, x, weights.scales(), first));
      }
    } catch (RuntimeException e) {
      candidate.failure = firstLine(e);
    }
  }

  private void warm(LinearWay way, NDArray x, Weights weights) {
    long start = System.nanoTime();
    long improved = start;
    double best = Double.POSITIVE_INFINITY;
    while (System.nanoTime() - start < WARMING && System.nanoTime() - improved < NO_FASTER) {
      double seconds = seconds(way, x, weights.scales(), weights.stored().subList(0, 1));
      if (seconds < 0.9 * best) {
        best = seconds;
        improved = System.nanoTime();
      }
    }
  }

  private @Nullable String objection(NDArray y, NDArray expected) {
    if (!y.getShape().equals(expected.getShape())) {
      return "gives the shape " + y.getShape();
    }
    float error = y.sub(expected).abs().max().getFloat();
    float size = expected.abs().max().getFloat();
    return error <= tolerance() * size
        ? null
        : String.format(Locale.ROOT, "is wrong by %.2g of the largest number", error / size);
  }

  /** Of the largest number: what rounding results to the type explains, several times. */
  private double tolerance() {
    return switch (type) {
      case F32, F64 -> 1e-4;
      case F16 -> 4e-3;
      case BF16, INT8 -> 2e-2;
    };
  }

  private static double seconds(
      LinearWay way, NDArray x, @Nullable NDArray scales, List<NDArray> turns) {
    long start = System.nanoTime();
    for (NDArray w : turns) {
      way.apply(x, w, scales).close();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static String firstLine(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).strip();
    for (String line : message.lines().toList()) {
      // PyTorch's own words stand after a trace through its interpreter.
      if (line.startsWith("RuntimeError: ") || line.contains("Error: ")) {
        return line.substring(line.indexOf("Error: ") + "Error: ".length()).strip();
      }
    }
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
