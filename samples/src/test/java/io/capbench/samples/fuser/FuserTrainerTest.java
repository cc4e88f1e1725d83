package io.capbench.samples.fuser;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.fusion.CaptionPair;
import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.FusionDefaults;
import io.capbench.engine.fusion.LocalFuser;
import io.capbench.engine.fusion.LocalFuserLoader;
import io.capbench.engine.fusion.LocalOptions;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.samples.train.Training;
import io.capbench.samples.train.TrainingLog;
import io.capbench.samples.train.TrainingProgress;
import io.capbench.samples.train.TrainingState;
import io.capbench.storage.job.JobContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("computes")
final class FuserTrainerTest {
  private static final FuserTrainer.Recipe TINY =
      new FuserTrainer.Recipe(new FuserFiles.Size(1, 16, 2, 24), 3, 20, 0, 4, 4, 500);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;

  @Test
  void aTrainingThatWasStoppedGivesTheSameModel() throws IOException {
    train(folder.resolve("a"), DAY);
    long step = 0;
    int runs = 0;
    while (step < TINY.steps()) {
      step = train(folder.resolve("b"), Duration.ZERO);
      runs++;
    }

    assertThat(runs).isEqualTo(5);
    for (String file : List.of("model/model.safetensors", "work/" + Training.LOG)) {
      assertThat(folder.resolve("b").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("a").resolve(file));
    }
    List<TrainingLog.Line> lines =
        new TrainingLog(folder.resolve("a/work").resolve(Training.LOG)).lines();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(4).figures().get("loss"))
        .isLessThan(0.95 * lines.get(0).figures().get("loss"));
  }

  @Test
  void theModelIsLoadedAsPeopleLoadIt() {
    train(folder, DAY);
    Path model = folder.resolve("model");
    FusionDefaults defaults = FusionDefaults.of(model);
    assertThat(defaults.prompt()).isEqualTo(FuserPairs.PROMPT);
    assertThat(defaults.search().beams()).isEqualTo(1);
    LocalOptions options =
        new LocalOptions(Precision.STORED, DeviceChoice.CPU, defaults.search(), 256, false, 4);
    try (LocalFuser fuser =
        new LocalFuserLoader(folder.resolve("cache"))
            .load(model, defaults.prompt(), options, JobContext.unwatched())) {
      FusedCaption caption =
          fuser.fuse(
              new CaptionPair("Zolvix mug", "a red mug"), text -> {}, JobContext.unwatched());

      assertThat(caption.tokenIds()).isNotEmpty();
      assertThat(fuser.description().dtype()).isEqualTo("bf16");
    }
  }

  @Test
  void theProgramTrainsMeasuresAndWritesItsCard() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Path model = folder.resolve("model");
    Path work = folder.resolve("work");
    train(folder, DAY);

    ModelReport report = new ModelReport(model, work, TINY, 6);
    report.write(new TrainingState.Point(20, 60), print(out));

    assertThat(model.resolve("README.md"))
        .content()
        .contains("only knows the sample world", "20 steps of 4", "in 1 minutes of wall time")
        .containsPattern("all facts of both parents kept \\| \\d+\\.\\d % \\| 6 \\|")
        .doesNotContain("null");
    assertThat(model.resolve("loss.svg")).content().startsWith("<svg").contains("polyline");
    assertThat(Files.readString(model.resolve(Training.LOG)).lines()).hasSize(5);
  }

  @Test
  void whatIsNotUnderstoodIsUsage() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    assertThat(FuserProgram.run(new String[] {"--help"}, print(out), print(err))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--pause-after MIN", String.valueOf(FuserTrainer.Recipe.shipped().steps()));
    assertThat(FuserProgram.run(new String[] {"--faster"}, print(out), print(err))).isEqualTo(2);
    assertThat(FuserProgram.run(new String[] {"--pairs", "0"}, print(out), print(err)))
        .isEqualTo(2);
    assertThat(FuserProgram.run(new String[] {"--work"}, print(out), print(err))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Unknown option --faster", "needs a number", "--work needs a value");
  }

  @Test
  void numbersAreRoundedToTheNearest() {
    assertThat(FuserFiles.bfloat16(1f)).isEqualTo((short) 0x3f80);
    assertThat(FuserFiles.bfloat16(Float.intBitsToFloat(0x3f808000))).isEqualTo((short) 0x3f80);
    assertThat(FuserFiles.bfloat16(Float.intBitsToFloat(0x3f818000))).isEqualTo((short) 0x3f82);
    assertThat(FuserFiles.bfloat16(Float.intBitsToFloat(0x3f808001))).isEqualTo((short) 0x3f81);
    assertThat(FuserFiles.bfloat16(-2.5f)).isEqualTo((short) 0xc020);
  }

  private static long train(Path folder, Duration pauseAfter) {
    return new FuserTrainer(TINY, folder.resolve("model"), folder.resolve("work"))
        .run(pauseAfter, new TrainingProgress(print(new ByteArrayOutputStream()), false))
        .step();
  }

  private static PrintStream print(ByteArrayOutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
