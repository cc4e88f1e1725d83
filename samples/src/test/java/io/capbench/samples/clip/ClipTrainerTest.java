package io.capbench.samples.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.pixels.ImageTransform;
import io.capbench.engine.tokenizer.ClipTokenizer;
import io.capbench.engine.tokenizer.ClipTokenizers;
import io.capbench.engine.tokenizer.EncodedCaption;
import io.capbench.engine.tokenizer.TokenLayout;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.samples.Picture;
import io.capbench.samples.draw.ScenePainter;
import io.capbench.samples.train.Training;
import io.capbench.samples.train.TrainingLog;
import io.capbench.samples.train.TrainingProgress;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageInspector;
import io.capbench.storage.job.JobContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model that is much too small, on few scenes. */
class ClipTrainerTest {
  private static final SampleClip TINY = new SampleClip(32, 8, 32, 16, 1, 1, 16);
  private static final List<Scene> SCENES = ClipProgram.trainingScenes(5, 24);
  private static final TrainingProgress QUIET =
      new TrainingProgress(
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);

  @TempDir private Path folder;
  private int vocabulary;

  @BeforeEach
  void writeTokenizer() throws IOException {
    Vocabulary words = new Vocabulary();
    words.read("a red mug, the blue teapots, a red mug 7");
    for (Scene scene : SCENES) {
      new Statements().truth(scene, 4, new Dice(3)).forEach(one -> words.read(one.text()));
    }
    vocabulary = Vocabulary.write(folder.resolve("tokenizer.json"), words.words(1));
    TINY.write(folder.resolve("open_clip_config.json"), vocabulary);
  }

  private ClipTokenizer tokenizer() {
    return new ClipTokenizers().open(folder, SampleClip.CONTEXT, vocabulary, TokenLayout.CLIP);
  }

  private List<TrainingLog.Line> train(LocalLoss local, int steps, String work) throws IOException {
    ClipTrainer.Settings settings =
        new ClipTrainer.Settings(
            TINY, 5, SCENES.size(), steps, 10, 8, new ClipTrainer.Texts(3, 3, local));
    Path place = Files.createDirectories(folder.resolve(work));
    ScenePixels pixels = ScenePixels.of(place.resolve("pixels"), SCENES, TINY.imageSize());
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU));
        ClipTokenizer tokenizer = tokenizer()) {
      ClipTrainer trainer =
          new ClipTrainer(
              settings, torch, manager, tokenizer, TINY.config(vocabulary), SCENES, pixels);
      trainer.train(place, Duration.ofHours(1), QUIET);
      trainer.parameters().write(folder.resolve("open_clip_model.safetensors"));
    }
    return new TrainingLog(place.resolve(Training.LOG)).lines();
  }

  @ParameterizedTest
  @EnumSource(LocalLoss.class)
  void everyLossFallsWithinAHundredSteps(LocalLoss local) throws IOException {
    List<TrainingLog.Line> lines = train(local, 100, "work");
    Map<String, Double> first = lines.get(0).figures();
    Map<String, Double> last = lines.get(lines.size() - 1).figures();
    assertThat(last.get("loss")).isLessThan(0.9 * first.get("loss"));
    assertThat(first.containsKey("best patch"))
        .isEqualTo(local == LocalLoss.BEST_PATCH || local == LocalLoss.BOTH);
    assertThat(first.containsKey("grouping"))
        .isEqualTo(local == LocalLoss.GROUPING || local == LocalLoss.BOTH);
  }

  @Test
  void theSameSeedTrainsTheSameModelAndItLoadsWithItsConfiguration() throws IOException {
    train(LocalLoss.BEST_PATCH, 20, "one");
    byte[] one = Files.readAllBytes(folder.resolve("open_clip_model.safetensors"));
    train(LocalLoss.BEST_PATCH, 20, "other");
    assertThat(Files.readAllBytes(folder.resolve("open_clip_model.safetensors"))).isEqualTo(one);
    try (ClipModel model =
        new ClipLoader(folder.resolve("one"))
            .load(folder, DeviceChoice.CPU, null, JobContext.unwatched())) {
      assertThat(model.config()).isEqualTo(TINY.config(vocabulary));
      assertThat(model.description().problems()).isEmpty();
      assertThat(model.tokenizer().encode("a red mug").spans()).hasSize(3);
    }
    Tally tally = ClipEvaluation.of(folder, folder.resolve("one"), ClipProgram.testScenes(2), 5);
    assertThat(tally.tries(Answers.ABSENT)).isEqualTo(2);
    assertThat(tally.percents()).containsKeys("patch-similarity", Answers.HELD_OUT + "rollout");
    InventedSentences sentences =
        InventedSentences.of(folder, folder.resolve("one"), ClipProgram.testScenes(6));
    assertThat(sentences.weak(true, -1)).isEqualTo(100);
    assertThat(sentences.weak(false, 1e9)).isZero();
    GroundingTime time =
        GroundingTime.of(folder, folder.resolve("one"), ClipProgram.testScenes(13));
    assertThat(time.median()).isPositive().isLessThanOrEqualTo(time.longest());
    double margin = sentences.margin();
    double right = sentences.weak(true, margin) - sentences.weak(false, margin);
    for (double other : List.of(0.0, 0.5, 1.0, 2.0)) {
      assertThat(sentences.weak(true, other) - sentences.weak(false, other))
          .isLessThanOrEqualTo(right);
    }
  }

  @Test
  void wordsAreWholeUnknownOnesDoNotHurtAndTheEndIsTheGreatestToken() {
    try (ClipTokenizer tokenizer = tokenizer()) {
      EncodedCaption known = tokenizer.encode("A RED mug.");
      assertThat(known.spans()).hasSize(4);
      assertThat(Arrays.stream(known.ids()).max()).hasValue(vocabulary - 1);
      assertThat(known.ids()[known.end()]).isEqualTo(vocabulary - 1);
      assertThat(tokenizer.encode("A red, mug").ids()).isNotEqualTo(known.ids());
      int[] strange = tokenizer.encode("a xyzzy Örtchen 漢字 mug").ids();
      assertThat(Arrays.stream(strange).filter(id -> id == 1).count()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void picturesAreWhatUsersModelsSeeAndPaintingGoesOnWhereItStopped()
      throws IOException, ImageException {
    Path file = folder.resolve("pixels");
    float[] all = ScenePixels.of(file, SCENES, 32).normalized(new int[] {0, 23});
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2 + 7));
    ScenePixels.of(file, SCENES, 32);
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    byte[] png = Picture.encode(new ScenePainter().paint(SCENES.get(0)), "a.png");
    float[] seen =
        new ImageTransform(SampleClip.preprocess(32))
            .apply(new ImageInspector().inspect(png, "a.png"))
            .values();
    assertThat(Arrays.copyOf(all, seen.length)).containsExactly(seen, within(1e-5f));
  }

  @Test
  void truthIsNeverHeldAgainstAPicture() {
    Batch batch = Batch.draw(List.of(0, 1, 0), SCENES, new Statements(), 3, 2, new Dice(8));
    assertThat(batch.texts()).hasSize(3 * 3 + 3 * 2);
    float[] pictures = batch.otherPictures();
    float[] texts = batch.otherTexts();
    assertThat(pictures[0]).isZero(); // its own
    assertThat(pictures[2]).isNegative(); // the same scene once more
    assertThat(texts[0]).isZero();
    for (int text = 0; text < batch.trueTexts(); text++) {
      for (int other = 0; other < batch.texts().size(); other++) {
        boolean holds =
            batch.texts().get(other).claim().holds(SCENES.get(batch.scenes().get(text / 3)));
        assertThat(texts[text * 15 + other] < 0).isEqualTo(holds && other != text);
      }
    }
  }

  @Test
  void commandLinesAreUnderstoodOrRefused() {
    ClipOptions options =
        ClipOptions.of(
            List.of("--seed", "9", "--plain", "--local", "grouping", "--pause-after", "5"));
    assertThat(options.plain()).isTrue();
    assertThat(options.settings().seed()).isEqualTo(9);
    assertThat(options.settings().texts().local()).isEqualTo(LocalLoss.GROUPING);
    assertThat(options.pauseAfter()).isEqualTo(Duration.ofMinutes(5));
    for (List<String> wrong :
        List.of(
            List.of("--seed"),
            List.of("--seed", "x"),
            List.of("--steps", "0"),
            List.of("--local", "x"),
            List.of("--x", "1"))) {
      assertThatThrownBy(() -> ClipOptions.of(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.get(0));
    }
  }

  @Test
  void theCardTellsWhatWasMeasured() throws IOException {
    ClipResult result =
        new ClipResult(
            "best-patch",
            60,
            31,
            1234567,
            Map.of("patch-similarity", 97.26, Answers.ABSENT, 99.1),
            Map.of("patch-similarity", 95.5),
            Map.of("patch-similarity", 96.4, Answers.ABSENT, 98.2),
            4.5,
            93.21,
            1.25,
            new GroundingTime(0.031, 0.052));
    result.write(folder);
    assertThat(ClipResult.read(folder)).isEqualTo(result);
    ClipTrainer.Settings settings = ClipTrainer.Settings.SHIPPED.withSteps(60);
    String card = new ClipCard(settings, result, List.of(result)).text();
    assertThat(card)
        .contains("demonstration model", "1,234,567", "31 minutes")
        .contains("| patch-similarity | 97.3 | - | 96.4 | 95.5 |")
        .contains("| absent | 99.1 | - | 98.2 |")
        .contains("| best-patch | 60 | 97.3 |")
        .contains("margin of 4.5 logits", "93.2 % of the invented", "0.03 s (median; 0.05 s");
  }

  @Test
  void aStateOfOtherSettingsIsNotTakenFor() throws IOException {
    train(LocalLoss.NONE, 20, "work");
    Files.writeString(folder.resolve("work/state.json"), "\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> train(LocalLoss.NONE, 40, "work"))
        .hasMessageContaining("other settings");
  }
}
