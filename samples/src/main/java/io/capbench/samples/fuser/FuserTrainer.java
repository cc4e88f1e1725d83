package io.capbench.samples.fuser;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.llama.LlamaConfig;
import io.capbench.engine.llama.LlamaTraining;
import io.capbench.samples.train.AdamW;
import io.capbench.samples.train.Muon;
import io.capbench.samples.train.Schedule;
import io.capbench.samples.train.Training;
import io.capbench.samples.train.TrainingProgress;
import io.capbench.samples.train.TrainingState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains the fuser in a folder, in which it goes on when it is started again. Only what it shall
 * say counts, not the prompt.
 */
final class FuserTrainer {
  private static final Muon.Settings MUON = new Muon.Settings(0.02, 0.95, 0);
  private static final AdamW.Settings ADAM = new AdamW.Settings(3e-3, 0.9, 0.98, 1e-8, 0);
  private static final int WARM_UP = 100;

  /** Lines of the log from state to state. */
  private static final int SAVE_LINES = 5;

  /** Longer pairs than nearly all are passed over. */
  private static final int LONGEST = 220;

  /** One in so many pairs has a word, so that the tokenizer knows it whole. */
  private static final int WORD_SHARE = 1000;

  private final Recipe recipe;
  private final Path model;
  private final Path work;

  /**
   * What is trained, and on how much.
   *
   * @param seed of the weights and the pairs
   * @param steps how many
   * @param again how many of them are of the second descent of the rate, which learns rare strings
   * @param rows pairs of a step
   * @param logEvery steps of a line of the log
   * @param wordPairs pairs that the tokenizer learns its words from
   */
  record Recipe(
      FuserFiles.Size size,
      long seed,
      long steps,
      long again,
      int rows,
      int logEvery,
      int wordPairs) {
    /** The shipped model's. */
    static Recipe shipped() {
      return new Recipe(
          new FuserFiles.Size(4, 128, 4, 320), 20_260_606, 10_500, 2_500, 32, 20, 20_000);
    }

    Recipe ofSteps(long other) {
      return new Recipe(size, seed, other, other * again / steps, rows, logEvery, wordPairs);
    }
  }

  /**
   * A training.
   *
   * @param model the folder of the model; made if it is not there
   * @param work where state and log are kept; made if it is not there
   */
  FuserTrainer(Recipe recipe, Path model, Path work) {
    this.recipe = recipe;
    this.model = model;
    this.work = work;
  }

  /**
   * Goes on, and writes the model as it is then.
   *
   * @param pauseAfter after which time it stops
   * @return how far it is
   */
  TrainingState.Point run(Duration pauseAfter, TrainingProgress progress) {
    WordTokenizer tokenizer = tokenizer(recipe);
    FuserFiles files = new FuserFiles(model);
    files.describe(recipe.size(), tokenizer);
    try (LlamaTraining llama = new LlamaTraining(LlamaConfig.read(model), recipe.seed())) {
      FuserPairs pairs = new FuserPairs(recipe.seed(), recipe.rows(), LONGEST, tokenizer);
      Map<String, NDArray> matrices = new LinkedHashMap<>();
      Map<String, NDArray> others = new LinkedHashMap<>();
      llama
          .weights()
          .forEach((name, weight) -> (hidden(name) ? matrices : others).put(name, weight));
      Training training =
          new Training(
              llama.weights(),
              List.of(new Muon(matrices, Map.of(), MUON), new AdamW(others, ADAM)),
              plan(tokenizer, pauseAfter),
              work,
              progress);
      TrainingState.Point point =
          training.run((step, manager, figures) -> llama.loss(manager, pairs.batch(step)));
      files.weights(llama.weights());
      return point;
    }
  }

  /** The tokenizer of a recipe's models. */
  static WordTokenizer tokenizer(Recipe recipe) {
    return WordTokenizer.of(
        FuserPairs.texts(recipe.seed(), recipe.wordPairs()), recipe.wordPairs() / WORD_SHARE);
  }

  /** Whether it is a matrix between layers. */
  private static boolean hidden(String name) {
    return name.contains("_proj");
  }

  private Training.Plan plan(WordTokenizer tokenizer, Duration pauseAfter) {
    long warmUp = Math.min(WARM_UP, recipe.steps() / 10);
    long down = recipe.steps() - recipe.again();
    Schedule schedule =
        new Schedule(
            warmUp, Math.max(warmUp, down / 2), down, recipe.steps(), Schedule.Descent.LINEAR);
    String settings = recipe + " " + MUON + " " + ADAM + " words " + tokenizer.size();
    return new Training.Plan(
        settings, schedule, 1, recipe.logEvery(), SAVE_LINES * recipe.logEvery(), pauseAfter);
  }
}
