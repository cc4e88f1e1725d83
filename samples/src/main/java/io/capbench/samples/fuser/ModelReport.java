package io.capbench.samples.fuser;

import io.capbench.engine.fusion.CaptionPair;
import io.capbench.engine.fusion.FusionDefaults;
import io.capbench.engine.fusion.LocalFuser;
import io.capbench.engine.fusion.LocalFuserLoader;
import io.capbench.engine.fusion.LocalOptions;
import io.capbench.engine.llama.LlamaConfig;
import io.capbench.samples.caption.FusionPair;
import io.capbench.samples.caption.PairWriter;
import io.capbench.samples.train.LossCurve;
import io.capbench.samples.train.Training;
import io.capbench.samples.train.TrainingLog;
import io.capbench.samples.train.TrainingState;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures the fuser as people use it, and writes what belongs to its folder beside the weights.
 */
final class ModelReport {
  /** Of all pairs that are measured; those of the training have another. */
  private static final long SEED = 77;

  private static final int TIMED = 60;
  private static final int WARMING_UP = 20;
  private static final double NANOS = 1e9;
  private static final String WEIGHTS = "model.safetensors";

  private final Path model;
  private final Path work;
  private final FuserTrainer.Recipe recipe;
  private final int pairs;

  /**
   * A report.
   *
   * @param model the fuser's folder
   * @param work where the training was kept
   * @param pairs on how many it is measured
   */
  ModelReport(Path model, Path work, FuserTrainer.Recipe recipe, int pairs) {
    this.model = model;
    this.work = work;
    this.recipe = recipe;
    this.pairs = pairs;
  }

  /** Measures, and gives a text with what was found and with captions that went wrong. */
  String measured(PrintStream progress) {
    FuserEvaluation.Figures figures = figures(progress);
    return FuserCard.tables(figures) + "\n" + String.join("\n\n", figures.failures());
  }

  /** Writes model card, log and curve. */
  void write(TrainingState.Point point, PrintStream progress) {
    FuserFiles files = new FuserFiles(model);
    Path log = work.resolve(Training.LOG);
    List<TrainingLog.Line> lines = new TrainingLog(log).lines();
    files.text("loss.svg", LossCurve.svg("Training of the sample fuser", lines, List.of("loss")));
    FuserCard.Facts facts =
        new FuserCard.Facts(
            recipe,
            LlamaConfig.read(model).parameters(),
            size(),
            Math.round(point.seconds() / 60),
            pairs,
            seconds());
    files.text("README.md", new FuserCard(facts).text(figures(progress)));
    try {
      Files.copy(log, model.resolve(Training.LOG), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Measures. */
  FuserEvaluation.Figures figures(PrintStream progress) {
    try (LocalFuser fuser = open()) {
      progress.println("measuring " + pairs + " pairs");
      return new FuserEvaluation(SEED, pairs).measure(fuser, JobContext.unwatched());
    }
  }

  /** Seconds that one caption takes after warming up: the median and the longest. */
  private List<Double> seconds() {
    PairWriter writer = new PairWriter(SEED, true);
    List<Double> seconds = new ArrayList<>();
    try (LocalFuser fuser = open()) {
      for (int i = 0; i < TIMED; i++) {
        FusionPair pair = writer.pair(i);
        long start = System.nanoTime();
        fuser.fuse(
            new CaptionPair(pair.raw(), pair.synthetic()), text -> {}, JobContext.unwatched());
        if (i >= WARMING_UP) {
          seconds.add((System.nanoTime() - start) / NANOS);
        }
      }
    }
    Collections.sort(seconds);
    return List.of(seconds.get(seconds.size() / 2), seconds.get(seconds.size() - 1));
  }

  /** As the window opens it. */
  private LocalFuser open() {
    FusionDefaults defaults = FusionDefaults.of(model);
    LocalOptions usual = LocalOptions.original();
    LocalOptions options =
        new LocalOptions(
            usual.precision(),
            usual.device(),
            defaults.search(),
            usual.promptTokens(),
            usual.strictOriginal(),
            usual.rows());
    return new LocalFuserLoader(work.resolve("cache"))
        .load(model, defaults.prompt(), options, JobContext.unwatched());
  }

  private long size() {
    try {
      return Files.size(model.resolve(WEIGHTS));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private CapbenchException unwritable(IOException cause) {
    return new CapbenchException(
        "Cannot write the report of "
            + model
            + ": "
            + cause.getMessage()
            + ". Check that you may write there.",
        cause);
  }
}
