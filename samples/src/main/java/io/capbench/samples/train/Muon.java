package io.capbench.samples.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.GradientMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Momentum whose steps are made orthogonal (Jordan et al., "Muon: An optimizer for hidden layers in
 * neural networks", 2024): for the matrices of hidden layers.
 */
public final class Muon implements Optimizer {
  /** Of the Newton-Schulz iteration: they push singular values towards 1 fast, not exactly. */
  private static final double[] QUINTIC = {3.4445, -4.7750, 2.0315};

  private static final int ITERATIONS = 5;
  private static final double TINY = 1e-7;

  private final List<Matrix> matrices = new ArrayList<>();
  private final Settings settings;

  /**
   * How fast it goes.
   *
   * @param rate learning rate
   * @param momentum share of the momentum that stays
   * @param decay weight decay, in units of the learning rate
   */
  public record Settings(double rate, double momentum, double decay) {}

  /**
   * A matrix that is trained.
   *
   * @param parts how many matrices of one shape lie in it one below the other, such as queries,
   *     keys and values; each is made orthogonal by itself
   */
  private record Matrix(String name, NDArray leaf, NDArray momentum, int parts) {}

  /**
   * An optimiser that has seen nothing yet.
   *
   * @param parameters leaves by name, matrices all; its memory belongs to their managers
   * @param parts how many matrices lie below each other in some of them, by name; 1 for all others
   */
  public Muon(Map<String, NDArray> parameters, Map<String, Integer> parts, Settings settings) {
    this.settings = settings;
    parameters.forEach(
        (name, leaf) -> {
          int own = parts.getOrDefault(name, 1);
          Shape shape = leaf.getShape();
          if (shape.dimension() != 2 || shape.get(0) % own != 0) {
            throw new IllegalArgumentException(name + " is no matrix of " + own + " parts");
          }
          matrices.add(new Matrix(name, leaf, leaf.getManager().zeros(shape), own));
        });
  }

  @Override
  public void step(long number, double factor) {
    GradientMode.unrecorded(
        () -> {
          matrices.forEach(matrix -> update(matrix, settings.rate() * factor));
          return this;
        });
  }

  private void update(Matrix matrix, double rate) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray leaf = matrix.leaf();
      NDArray gradient = leaf.getGradient();
      NDArray momentum = matrix.momentum();
      momentum.muli(settings.momentum()).addi(gradient);
      NDArray ahead = momentum.mul(settings.momentum()).addi(gradient); // as Nesterov looks
      long rows = leaf.getShape().get(0) / matrix.parts();
      long columns = leaf.getShape().get(1);
      NDArray direction =
          orthogonal(ahead.reshape(matrix.parts(), rows, columns)).reshape(leaf.getShape());
      double scale = Math.sqrt(Math.max(1.0, (double) rows / columns));
      leaf.muli(1 - rate * settings.decay()).subi(direction.mul(rate * scale));
    }
  }

  /**
   * The nearest matrices with orthonormal rows or columns, roughly: singular values end between 0.7
   * and 1.2.
   *
   * @param x [parts, rows, columns]
   */
  static NDArray orthogonal(NDArray x) {
    boolean tall = x.getShape().get(1) > x.getShape().get(2);
    NDArray y = tall ? x.swapAxes(1, 2) : x;
    y = y.div(y.square().sum(new int[] {1, 2}, true).sqrt().addi(TINY));
    for (int i = 0; i < ITERATIONS; i++) {
      NDArray a = y.matMul(y.swapAxes(1, 2));
      NDArray b = a.mul(QUINTIC[1]).addi(a.matMul(a).muli(QUINTIC[2]));
      y = y.mul(QUINTIC[0]).addi(b.matMul(y));
    }
    return tall ? y.swapAxes(1, 2) : y;
  }

  @Override
  public Map<String, NDArray> memory() {
    Map<String, NDArray> memory = new LinkedHashMap<>();
    matrices.forEach(matrix -> memory.put("muon." + matrix.name(), matrix.momentum()));
    return memory;
  }
}
