package io.capbench.samples.clip;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.weights.ModelAdvice;
import io.capbench.samples.world.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the committed model to the program that makes it and to what its card says. */
@Tag("computes")
class BundledClipTest {
  private static final Path MODEL = Path.of("models", "sample-clip");
  private static final int SCENES = 60;

  @TempDir private Path folder;

  @Test
  void theProgramMakesItsWordsAndItsShape() throws IOException {
    long seed = ClipTrainer.Settings.SHIPPED.seed();
    List<Scene> scenes = ClipProgram.trainingScenes(seed, ClipProgram.READ);
    int vocabulary =
        Vocabulary.write(folder.resolve("tokenizer.json"), ClipProgram.words(seed, scenes));
    SampleClip.SHIPPED.write(folder.resolve("open_clip_config.json"), vocabulary);
    for (String file : List.of("tokenizer.json", "open_clip_config.json")) {
      assertThat(MODEL.resolve(file)).hasSameTextualContentAs(folder.resolve(file));
    }
  }

  @Test
  void itPointsAndTellsApartInScenesThatItNeverSaw() {
    Tally tally = ClipEvaluation.of(MODEL, folder, ClipProgram.testScenes(SCENES), 1);
    assertThat(tally.percent("patch-similarity")).isGreaterThan(90);
    assertThat(tally.percent("relevance-all")).isGreaterThan(80);
    Map.of(Answers.ABSENT, 93.0, Answers.WRONG_COLOUR, 80.0, Answers.WRONG_KIND, 80.0)
        .forEach((name, least) -> assertThat(tally.percent(name)).as(name).isGreaterThan(least));
  }

  @Test
  void inventedSentencesAreWeakAndTrueOnesAreNotAtTheMarginThatItAdvises() {
    ModelAdvice advice = ModelAdvice.of(MODEL);
    Double margin = advice.weakMargin();
    assertThat(margin).isNotNull();
    assertThat(advice.note()).contains("only knows");
    InventedSentences sentences =
        InventedSentences.of(MODEL, folder, ClipProgram.testScenes(SCENES));
    assertThat(sentences.weak(true, margin == null ? 0 : margin)).isGreaterThan(90);
    assertThat(sentences.weak(false, margin == null ? 0 : margin)).isLessThan(10);
  }

  @Test
  void itsCardSaysWhatItIsAndWhatWasMeasured() throws IOException {
    assertThat(Files.readString(MODEL.resolve("README.md")))
        .contains("demonstration model", "held-out combinations", "unseen lettering")
        .contains("| grouping |", "| best-patch |", "| both |")
        .doesNotContain("NaN");
    assertThat(Files.readString(MODEL.resolve("training-log.jsonl")).lines()).hasSize(200);
    assertThat(MODEL.resolve("loss.svg")).content().startsWith("<svg");
  }
}
