package io.capbench.samples.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.capbench.engine.torch.GradientMode;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training: step after step, kept in a folder. When it is started again there it goes on, and
 * ends with the same numbers as one that was never stopped.
 */
public final class Training {
  /** The log's name in the training's folder. */
  public static final String LOG = "training-log.jsonl";

  private final Map<String, NDArray> parameters;
  private final List<Optimizer> optimizers;
  private final Plan plan;
  private final TrainingState state;
  private final TrainingLog log;
  private final TrainingProgress progress;

  /**
   * How long and how fast.
   *
   * @param settings all that decides what is computed, in words; a folder keeps one training
   * @param schedule of the learning rates, and how many steps there are
   * @param longestGradient gradients that are longer are shortened
   * @param logEvery steps of a line in the log
   * @param saveEvery steps from state to state, a multiple of {@code logEvery}
   * @param pauseAfter after which time it stops at the next line of the log
   */
  public record Plan(
      String settings,
      Schedule schedule,
      double longestGradient,
      int logEvery,
      int saveEvery,
      Duration pauseAfter) {

    /** Checks that states are saved where lines end. */
    public Plan {
      if (logEvery < 1 || saveEvery % logEvery != 0) {
        throw new IllegalArgumentException(saveEvery + " is no multiple of " + logEvery);
      }
    }
  }

  /**
   * A training.
   *
   * @param parameters leaves by name; they are the caller's
   * @param optimizers each for some of the parameters
   * @param folder where state and log are kept
   * @param progress tells a person how far it is
   */
  public Training(
      Map<String, NDArray> parameters,
      List<Optimizer> optimizers,
      Plan plan,
      Path folder,
      TrainingProgress progress) {
    this.parameters = new LinkedHashMap<>(parameters);
    this.optimizers = List.copyOf(optimizers);
    this.plan = plan;
    this.progress = progress;
    Map<String, NDArray> arrays = new LinkedHashMap<>(parameters);
    optimizers.forEach(optimizer -> arrays.putAll(optimizer.memory()));
    this.state = new TrainingState(folder, plan.settings(), arrays);
    this.log = new TrainingLog(folder.resolve(LOG));
  }

  /**
   * Goes on until the end, or until it shall pause.
   *
   * @return how far it came
   * @throws CapbenchException if the loss is no number any more, or the folder cannot be used
   */
  public TrainingState.Point run(Objective objective) {
    TrainingState.Point start = state.restore();
    if (start.step() > 0) {
      log.backTo(start.step());
    } else {
      state.save(start);
      log.backTo(0);
    }
    long began = System.nanoTime();
    long step = start.step();
    boolean pause = false;
    Map<String, Double> sums = new TreeMap<>();
    while (step < plan.schedule().steps() && !pause) {
      step++;
      step(objective, step).forEach((name, value) -> sums.merge(name, value, Double::sum));
      if (step % plan.logEvery() == 0 || step == plan.schedule().steps()) {
        long steps = (step - 1) % plan.logEvery() + 1;
        sums.replaceAll((name, sum) -> sum / steps);
        log.add(new TrainingLog.Line(step, new TreeMap<>(sums)));
        pause = System.nanoTime() - began > plan.pauseAfter().toNanos();
        progress.told(step, plan.schedule().steps(), sums.getOrDefault("loss", 0.0));
        sums.clear();
        if (pause || step % plan.saveEvery() == 0 || step == plan.schedule().steps()) {
          state.save(point(start, step, began));
        }
      }
    }
    return point(start, step, began);
  }

  private static TrainingState.Point point(TrainingState.Point start, long step, long began) {
    return new TrainingState.Point(step, start.seconds() + (System.nanoTime() - began) / 1e9);
  }

  /** Makes one step. */
  private Map<String, Double> step(Objective objective, long step) {
    Map<String, Double> figures = new LinkedHashMap<>();
    NDManager owner = parameters.values().iterator().next().getManager();
    try (NDManager manager = owner.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      double loss =
          GradientMode.recorded(
              () -> {
                NDArray number = objective.loss(step, manager, figures);
                GradientMode.backward(number);
                return (double) number.getFloat();
              });
      figures.put("loss", loss);
      double length = Gradients.clip(parameters.values(), plan.longestGradient());
      if (!Double.isFinite(loss) || !Double.isFinite(length)) {
        throw new CapbenchException(
            "The training's loss is no number any more at step "
                + step
                + " ("
                + loss
                + "). Start anew with a smaller learning rate.");
      }
      figures.put("gradient", length);
      double factor = plan.schedule().factor(step);
      optimizers.forEach(optimizer -> optimizer.step(step, factor));
      Gradients.clear(parameters.values());
    }
    return figures;
  }
}
