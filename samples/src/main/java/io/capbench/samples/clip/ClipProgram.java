package io.capbench.samples.clip;

import ai.djl.ndarray.NDManager;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.tokenizer.ClipTokenizer;
import io.capbench.engine.tokenizer.ClipTokenizers;
import io.capbench.engine.tokenizer.TokenLayout;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.ModelAdvice;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.samples.SampleRow;
import io.capbench.samples.SampleWorld;
import io.capbench.samples.caption.OpenLettering;
import io.capbench.samples.train.LossCurve;
import io.capbench.samples.train.Training;
import io.capbench.samples.train.TrainingLog;
import io.capbench.samples.train.TrainingProgress;
import io.capbench.samples.train.TrainingState;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.SceneGenerator;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Trains the demonstration model for grounding, measures it and writes its folder. */
public final class ClipProgram {
  private static final String WEIGHTS = "open_clip_model.safetensors";
  private static final String CONFIG = "open_clip_config.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CARD = "README.md";
  private static final String CURVE = "loss.svg";

  private static final long TEST_SEED = 77_000_001L;
  private static final int TEST_SCENES = 1000;
  private static final long TUNING_SEED = 77_000_002L;
  private static final int TUNING_SCENES = 300;
  private static final int TIMED_SCENES = 60;
  private static final double OPEN = 0.5;

  /** Scenes that words are read from. */
  static final int READ = 3000;

  private static final int OFTEN = 8;

  /** What people are told of the model. */
  private static final String NOTE =
      "Demonstration model: it only knows the drawn pictures of Capbench's sample world.";

  /**
   * Patches alike point better, but light half of the picture up; these maps show the thing alone.
   */
  private static final GroundingMethod ADVISED = GroundingMethod.RELEVANCE_ALL;

  private final ClipOptions options;
  private final ClipTrainer.Settings settings;

  private ClipProgram(ClipOptions options) {
    this.options = options;
    this.settings = options.settings();
  }

  /** See {@code --help}. Ends with 0, 1 (failed) or 2 (not understood). */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    List<String> arguments = List.of(args);
    if (arguments.contains("--help")) {
      System.out.print(ClipOptions.USAGE);
      return;
    }
    ClipOptions options;
    try {
      options = ClipOptions.of(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; --help lists the options");
      System.exit(2);
      return;
    }
    try {
      new ClipProgram(options).run(System.err);
    } catch (IOException e) {
      System.err.println("A file cannot be read or written: " + e);
      System.exit(1);
    } catch (CapbenchException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run(PrintStream terminal) throws IOException {
    Path out = options.out();
    Path work = options.work();
    Files.createDirectories(out);
    Files.createDirectories(work);
    List<Scene> scenes = trainingScenes(settings.seed(), settings.scenes());
    int vocabulary = Vocabulary.write(out.resolve(TOKENIZER), words(settings.seed(), scenes));
    settings.shape().write(out.resolve(CONFIG), vocabulary);
    TrainingState.Point point = train(scenes, vocabulary, terminal);
    if (point.step() < settings.steps()) {
      terminal.println("Paused. Start it again with the same options to go on.");
      return;
    }
    terminal.println("Measuring " + TEST_SCENES + " scenes ...");
    ClipResult result = measured(point);
    result.write(work);
    List<ClipResult> others = new ArrayList<>();
    for (Path ablation : options.ablations()) {
      others.add(ClipResult.read(ablation));
    }
    new ModelAdvice(NOTE, ADVISED.id(), result.margin()).write(out);
    Files.writeString(out.resolve(CARD), new ClipCard(settings, result, others).text());
    Path log = out.resolve(Training.LOG);
    Files.copy(work.resolve(Training.LOG), log, StandardCopyOption.REPLACE_EXISTING);
    List<TrainingLog.Line> lines = new TrainingLog(log).lines();
    List<String> figures =
        lines.get(0).figures().keySet().stream().filter(name -> !name.equals("gradient")).toList();
    Files.writeString(out.resolve(CURVE), LossCurve.svg("sample-clip", lines, figures));
    result.fresh().forEach((name, percent) -> terminal.printf("%6.1f  %s%n", percent, name));
  }

  private TrainingState.Point train(List<Scene> scenes, int vocabulary, PrintStream terminal)
      throws IOException {
    int size = settings.shape().imageSize();
    terminal.println("Painting " + scenes.size() + " scenes ...");
    Path painted = options.work().resolve("scenes-" + settings.seed() + "-" + size + ".pixels");
    ScenePixels pixels = ScenePixels.of(painted, scenes, size);
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU));
        ClipTokenizer tokenizer =
            new ClipTokenizers()
                .open(options.out(), SampleClip.CONTEXT, vocabulary, TokenLayout.CLIP)) {
      ClipTrainer trainer =
          new ClipTrainer(
              settings,
              torch,
              manager,
              tokenizer,
              settings.shape().config(vocabulary),
              scenes,
              pixels);
      TrainingProgress progress = new TrainingProgress(terminal, !options.plain());
      TrainingState.Point point = trainer.train(options.work(), options.pauseAfter(), progress);
      trainer.parameters().write(options.out().resolve(WEIGHTS));
      return point;
    }
  }

  private ClipResult measured(TrainingState.Point point) throws IOException {
    Path out = options.out();
    List<Scene> sample = new SampleWorld().rows().stream().map(SampleRow::scene).toList();
    Tally fresh = ClipEvaluation.of(out, options.work(), testScenes(TEST_SCENES), settings.seed());
    Tally shown = ClipEvaluation.of(out, options.work(), sample, settings.seed());
    Tally lettered =
        ClipEvaluation.of(out, options.work(), letteredScenes(TEST_SCENES), settings.seed());
    // The margin is chosen on other scenes than it is measured on.
    double margin =
        InventedSentences.of(out, options.work(), scenes(TUNING_SEED, TUNING_SCENES)).margin();
    InventedSentences invented = InventedSentences.of(out, options.work(), testScenes(TEST_SCENES));
    GroundingTime time = GroundingTime.of(out, options.work(), scenes(TUNING_SEED, TIMED_SCENES));
    try (Checkpoint weights = Checkpoint.open(out.resolve(WEIGHTS))) {
      return new ClipResult(
          settings.texts().local().id(),
          point.step(),
          Math.round(point.seconds() / 60),
          weights.tensors().stream().mapToLong(TensorInfo::elements).sum(),
          fresh.percents(),
          shown.percents(),
          lettered.percents(),
          margin,
          invented.weak(true, margin),
          invented.weak(false, margin),
          time);
    }
  }

  /**
   * Scenes to train on: none has a thing in a colour that is held out, and half of the lettering is
   * open, so that words that the model does not know are nothing new to it.
   */
  static List<Scene> trainingScenes(long seed, int count) {
    SceneGenerator generator = new SceneGenerator(Dice.mixed(seed, 41));
    OpenLettering lettering = new OpenLettering(false);
    List<Scene> scenes = new ArrayList<>();
    for (long number = 0; scenes.size() < count; number++) {
      Scene scene = generator.scene(number);
      if (!HeldOut.scene(scene)) {
        scenes.add(lettering.letter(scene, OPEN, new Dice(Dice.mixed(scene.seed(), 42))));
      }
    }
    return scenes;
  }

  /** Scenes to measure with, of another seed; some have things in colours that are held out. */
  static List<Scene> testScenes(int count) {
    return scenes(TEST_SEED, count);
  }

  private static List<Scene> scenes(long seed, int count) {
    SceneGenerator generator = new SceneGenerator(seed);
    List<Scene> scenes = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      scenes.add(generator.scene(number));
    }
    return scenes;
  }

  /** The scenes to measure with, all their lettering in words that training never shows. */
  static List<Scene> letteredScenes(int count) {
    OpenLettering lettering = new OpenLettering(true);
    return testScenes(count).stream()
        .map(scene -> lettering.letter(scene, 1, new Dice(Dice.mixed(scene.seed(), 42))))
        .toList();
  }

  /** The words that the model knows, from what is said of the first scenes. */
  static List<String> words(long seed, List<Scene> scenes) {
    Vocabulary vocabulary = new Vocabulary();
    Statements statements = new Statements();
    Dice dice = new Dice(Dice.mixed(seed, 43));
    for (Scene scene : scenes.subList(0, Math.min(READ, scenes.size()))) {
      statements.truth(scene, 6, dice).forEach(statement -> vocabulary.read(statement.text()));
      vocabulary.read(statements.falseSentence(scene, true, dice).text());
    }
    return vocabulary.words(OFTEN);
  }
}
