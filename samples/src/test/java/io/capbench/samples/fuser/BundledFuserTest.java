package io.capbench.samples.fuser;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.weights.ModelAdvice;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the committed model to the program that makes it and to what its card says. */
@Tag("computes")
class BundledFuserTest {
  private static final Path MODEL = Path.of("models", "sample-fuser");
  private static final long MEGABYTE = 1_000_000;
  private static final int PAIRS = 60;

  @TempDir private Path folder;

  @Test
  void theProgramMakesAllButTheWeights() {
    FuserTrainer.Recipe recipe = FuserTrainer.Recipe.shipped();
    new FuserFiles(folder).describe(recipe.size(), FuserTrainer.tokenizer(recipe));
    for (String file :
        List.of(
            "config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "generation_config.json",
            "fusion_prompt.txt",
            ModelAdvice.FILE)) {
      assertThat(MODEL.resolve(file)).hasSameTextualContentAs(folder.resolve(file));
    }
    assertThat(ModelAdvice.of(MODEL).note()).contains("only knows");
  }

  @Test
  void itKeepsFactsAndInventsLittleOfPairsThatItNeverSaw() {
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Map<String, FuserEvaluation.Rate> rates =
        new ModelReport(MODEL, folder, FuserTrainer.Recipe.shipped(), PAIRS).figures(quiet).rates();
    Map.of(
            "all facts of both parents kept", 0.85,
            "nothing that is in neither parent", 0.87,
            "mistakes corrected", 0.9,
            "no plain concatenation", 0.98,
            "no prompt leak", 0.98)
        .forEach(
            (name, least) ->
                assertThat(rates.get(name))
                    .as(name)
                    .satisfies(rate -> assertThat(rate.share()).isGreaterThan(least)));
  }

  @Test
  void bothModelsTogetherAreSmallEnoughForEveryClone() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("models"))) {
      long bytes = files.filter(Files::isRegularFile).mapToLong(BundledFuserTest::size).sum();
      assertThat(bytes).isBetween(5 * MEGABYTE, 12 * MEGABYTE);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
