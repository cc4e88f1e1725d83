package io.capbench.samples.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.ClipConfig;
import io.capbench.engine.clip.ClipParameters;
import io.capbench.engine.tokenizer.ClipTokenizer;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.samples.train.AdamW;
import io.capbench.samples.train.Muon;
import io.capbench.samples.train.Optimizer;
import io.capbench.samples.train.Schedule;
import io.capbench.samples.train.Training;
import io.capbench.samples.train.TrainingProgress;
import io.capbench.samples.train.TrainingState;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Trains the demonstration model. For one thread. */
final class ClipTrainer {
  private static final Muon.Settings MUON = new Muon.Settings(0.02, 0.95, 0.05);
  private static final AdamW.Settings ADAM = new AdamW.Settings(2e-3, 0.9, 0.98, 1e-8, 0.05);
  private static final double LONGEST_GRADIENT = 1;
  private static final int LOG_EVERY = 20;
  private static final int SAVE_EVERY = 100;
  private static final String LOCAL_SCALE = "logit_scale_local";

  private final Settings settings;
  private final ClipParameters parameters;
  private final NDArray localScale;
  private final Calibration calibration;
  private final ClipLoss loss;
  private final ClipTokenizer tokenizer;
  private final List<Scene> scenes;
  private final ScenePixels pixels;
  private final Statements statements = new Statements();

  /**
   * What decides how a training goes.
   *
   * @param shape of the model
   * @param seed of everything
   * @param scenes how many pictures there are
   * @param steps how many there are
   * @param warmUp steps until the rates are up
   * @param batch B
   * @param texts what is said of a picture
   */
  record Settings(
      SampleClip shape, long seed, int scenes, int steps, int warmUp, int batch, Texts texts) {
    /** Those of the shipped model. */
    static final Settings SHIPPED =
        new Settings(
            SampleClip.SHIPPED, 1, 20_000, 4_000, 200, 64, new Texts(4, 4, LocalLoss.BEST_PATCH));

    Settings withSeed(long other) {
      return new Settings(shape, other, scenes, steps, warmUp, batch, texts);
    }

    Settings withSteps(int other) {
      return new Settings(shape, seed, scenes, other, Math.min(warmUp, other), batch, texts);
    }

    Settings withScenes(int other) {
      return new Settings(shape, seed, other, steps, warmUp, batch, texts);
    }

    Settings withLocal(LocalLoss local) {
      Texts other = new Texts(texts.perScene(), texts.falseOnes(), local);
      return new Settings(shape, seed, scenes, steps, warmUp, batch, other);
    }
  }

  /**
   * What is said of a picture in a step.
   *
   * @param perScene K true texts
   * @param falseOnes false texts
   * @param local what teaches patches
   */
  record Texts(int perScene, int falseOnes, LocalLoss local) {}

  /**
   * A trainer of a model that knows nothing.
   *
   * @param manager owns the parameters
   * @param tokenizer stays the caller's
   * @param scenes without what is held out
   * @param pixels of these scenes
   */
  ClipTrainer(
      Settings settings,
      TorchRuntime torch,
      NDManager manager,
      ClipTokenizer tokenizer,
      ClipConfig config,
      List<Scene> scenes,
      ScenePixels pixels) {
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.scenes = scenes;
    this.pixels = pixels;
    this.parameters = ClipParameters.random(config, settings.seed(), manager);
    this.localScale = manager.create((float) Math.log(1 / 0.07));
    localScale.setRequiresGradient(true);
    this.calibration = new Calibration(manager);
    this.loss =
        new ClipLoss(
            parameters.vision(torch.ops()),
            parameters.text(torch.ops()),
            parameters.scale(),
            localScale,
            calibration,
            settings.texts().local());
  }

  /** The model as it is now. */
  ClipParameters parameters() {
    return parameters;
  }

  /**
   * Trains, or goes on with it.
   *
   * @param folder where state and log are kept
   */
  TrainingState.Point train(Path folder, Duration pauseAfter, TrainingProgress progress) {
    Map<String, NDArray> all = new LinkedHashMap<>(parameters.leaves());
    all.putAll(calibration.leaves());
    if (settings.texts().local() != LocalLoss.NONE) {
      all.put(LOCAL_SCALE, localScale);
    }
    Map<String, NDArray> matrices = new LinkedHashMap<>();
    Map<String, NDArray> others = new LinkedHashMap<>();
    Map<String, Integer> parts = new LinkedHashMap<>();
    all.forEach(
        (name, leaf) -> {
          boolean matrix = name.contains("resblocks") && leaf.getShape().dimension() == 2;
          (matrix ? matrices : others).put(name, leaf);
          if (name.endsWith("in_proj_weight")) {
            parts.put(name, 3); // queries, keys, values
          }
        });
    List<Optimizer> optimizers = List.of(new Muon(matrices, parts, MUON), new AdamW(others, ADAM));
    Training.Plan plan =
        new Training.Plan(
            settings.toString(),
            new Schedule(
                settings.warmUp(), settings.warmUp(), settings.steps(), Schedule.Descent.COSINE),
            LONGEST_GRADIENT,
            LOG_EVERY,
            SAVE_EVERY,
            pauseAfter);
    return new Training(all, optimizers, plan, folder, progress).run(this::loss);
  }

  private NDArray loss(long step, NDManager manager, Map<String, Double> figures) {
    Batch batch = batch(step);
    int size = settings.shape().imageSize();
    int[] numbers = batch.scenes().stream().mapToInt(Integer::intValue).toArray();
    NDArray images =
        manager.create(pixels.normalized(numbers), new Shape(numbers.length, 3, size, size));
    return loss.of(batch, images, batch.tokens(tokenizer), manager, figures);
  }

  /** The batch of a step: each picture once an epoch, in an order of the epoch's own. */
  private Batch batch(long step) {
    int perEpoch = scenes.size() / settings.batch();
    long epoch = (step - 1) / perEpoch;
    int from = (int) ((step - 1) % perEpoch) * settings.batch();
    List<Integer> order = IntStream.range(0, scenes.size()).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(Dice.mixed(settings.seed(), 10_000 + epoch)));
    return Batch.draw(
        List.copyOf(order.subList(from, from + settings.batch())),
        scenes,
        statements,
        settings.texts().perScene(),
        settings.texts().falseOnes(),
        new Dice(Dice.mixed(settings.seed(), 1_000_000 + step)));
  }
}
