package io.capbench.samples.clip;

import ai.djl.ndarray.NDManager;
import io.capbench.engine.tokenizer.ClipTokenizer;
import io.capbench.engine.tokenizer.ClipTokenizers;
import io.capbench.engine.tokenizer.TokenLayout;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.samples.train.TrainingProgress;
import io.capbench.samples.train.TrainingState;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.SceneGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Trains the demonstration model for grounding, measures it and writes its folder. */
public final class ClipProgram {
  private static final String WEIGHTS = "open_clip_model.safetensors";
  private static final String CONFIG = "open_clip_config.json";
  private static final String TOKENIZER = "tokenizer.json";

  private static final long TEST_SEED = 77_000_001L;
  private static final int TEST_SCENES = 1000;
  private static final int READ = 3000;
  private static final int OFTEN = 8;

  private final ClipTrainer.Settings settings;
  private final Path out;
  private final Path work;

  private ClipProgram(ClipTrainer.Settings settings, Path out, Path work) {
    this.settings = settings;
    this.out = out;
    this.work = work;
  }

  /**
   * See the usage.
   *
   * @throws IOException if a folder cannot be written
   */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    ClipTrainer.Settings settings =
        new ClipTrainer.Settings(
            new SampleClip(
                i("size", 96), 8, i("width", 128), 32, i("layers", 3), 2, i("embed", 64)),
            i("seed", 1),
            i("scenes", 20000),
            i("steps", 4000),
            i("warm", 200),
            i("batch", 64),
            new ClipTrainer.Texts(
                i("k", 4),
                i("false", 3),
                LocalLoss.valueOf(System.getProperty("local", "BEST_PATCH"))));
    new ClipProgram(settings, Path.of(args[0]), Path.of(args[1]))
        .run(Duration.ofSeconds(i("pause", 420)));
  }

  private static int i(String name, int value) {
    return Integer.getInteger(name, value);
  }

  private void run(Duration pauseAfter) throws IOException {
    Files.createDirectories(out);
    Files.createDirectories(work);
    List<Scene> scenes = trainingScenes(settings.seed(), settings.scenes());
    int vocabulary = Vocabulary.write(out.resolve(TOKENIZER), words(scenes));
    System.err.println("vocabulary " + vocabulary);
    settings.shape().write(out.resolve(CONFIG), vocabulary);
    long t = System.nanoTime();
    ScenePixels pixels =
        ScenePixels.of(
            work.resolveSibling("scenes-" + settings.seed() + "-" + settings.shape().imageSize()),
            scenes,
            settings.shape().imageSize());
    System.err.println("painted in " + (System.nanoTime() - t) / 1e9);
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU));
        ClipTokenizer tokenizer =
            new ClipTokenizers().open(out, SampleClip.CONTEXT, vocabulary, TokenLayout.CLIP)) {
      ClipTrainer trainer =
          new ClipTrainer(
              settings,
              torch,
              manager,
              tokenizer,
              settings.shape().config(vocabulary),
              scenes,
              pixels);
      TrainingState.Point point =
          trainer.train(work, pauseAfter, new TrainingProgress(System.err, false));
      trainer.parameters().write(out.resolve(WEIGHTS));
      System.err.println(point + " parameters " + Files.size(out.resolve(WEIGHTS)) / 4);
    }
    t = System.nanoTime();
    Tally tally =
        ClipEvaluation.of(out, work, testScenes(Integer.getInteger("test", 300)), settings.seed());
    System.err.println("evaluated in " + (System.nanoTime() - t) / 1e9);
    System.err.println(tally);
  }

  /** Scenes to train on: none has a thing in a colour that is held out. */
  static List<Scene> trainingScenes(long seed, int count) {
    SceneGenerator generator = new SceneGenerator(Dice.mixed(seed, 41));
    List<Scene> scenes = new ArrayList<>();
    for (long number = 0; scenes.size() < count; number++) {
      Scene scene = generator.scene(number);
      if (!HeldOut.scene(scene)) {
        scenes.add(scene);
      }
    }
    return scenes;
  }

  /** Scenes to measure with, of another seed; some have things in colours that are held out. */
  static List<Scene> testScenes(int count) {
    SceneGenerator generator = new SceneGenerator(TEST_SEED);
    List<Scene> scenes = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      scenes.add(generator.scene(number));
    }
    return scenes;
  }

  private List<String> words(List<Scene> scenes) {
    Vocabulary vocabulary = new Vocabulary();
    Statements statements = new Statements();
    Dice dice = new Dice(Dice.mixed(settings.seed(), 43));
    for (Scene scene : scenes.subList(0, Math.min(READ, scenes.size()))) {
      statements.truth(scene, 6, dice).forEach(statement -> vocabulary.read(statement.text()));
      statements.truth(scene, 6, dice).forEach(statement -> vocabulary.read(statement.text()));
    }
    return vocabulary.words(OFTEN);
  }
}
