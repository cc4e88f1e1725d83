package io.capbench.samples.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.capbench.engine.torch.GradientMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization",
 * 2019). Vectors and single numbers do not decay.
 */
public final class AdamW implements Optimizer {
  private final List<Moments> parameters = new ArrayList<>();
  private final Settings settings;

  /**
   * How fast it goes.
   *
   * @param rate learning rate
   * @param beta1 share of the mean gradient that stays
   * @param beta2 share of the mean square that stays
   * @param epsilon added to roots
   * @param decay weight decay, in units of the learning rate
   */
  public record Settings(double rate, double beta1, double beta2, double epsilon, double decay) {}

  /** A parameter with what is remembered of its gradients. */
  private record Moments(String name, NDArray leaf, NDArray mean, NDArray square) {}

  /**
   * An optimiser that has seen nothing yet.
   *
   * @param parameters leaves by name; its memory belongs to their managers
   */
  public AdamW(Map<String, NDArray> parameters, Settings settings) {
    this.settings = settings;
    parameters.forEach(
        (name, leaf) ->
            this.parameters.add(
                new Moments(
                    name,
                    leaf,
                    leaf.getManager().zeros(leaf.getShape()),
                    leaf.getManager().zeros(leaf.getShape()))));
  }

  @Override
  public void step(long number, double factor) {
    GradientMode.unrecorded(
        () -> {
          parameters.forEach(moments -> update(moments, number, factor));
          return this;
        });
  }

  private void update(Moments moments, long number, double factor) {
    NDArray leaf = moments.leaf();
    NDArray mean = moments.mean();
    NDArray square = moments.square();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray gradient = leaf.getGradient();
      mean.muli(settings.beta1()).addi(gradient.mul(1 - settings.beta1()));
      square.muli(settings.beta2()).addi(gradient.square().muli(1 - settings.beta2()));
      double rate = settings.rate() * factor;
      if (leaf.getShape().dimension() > 1) {
        leaf.muli(1 - rate * settings.decay());
      }
      double meanSoFar = 1 - Math.pow(settings.beta1(), (double) number);
      double squareSoFar = 1 - Math.pow(settings.beta2(), (double) number);
      NDArray root = square.div(squareSoFar).sqrt().addi(settings.epsilon());
      leaf.subi(mean.div(root).muli(rate / meanSoFar));
    }
  }

  @Override
  public Map<String, NDArray> memory() {
    Map<String, NDArray> memory = new LinkedHashMap<>();
    for (Moments moments : parameters) {
      memory.put("adamw.mean." + moments.name(), moments.mean());
      memory.put("adamw.square." + moments.name(), moments.square());
    }
    return memory;
  }
}
