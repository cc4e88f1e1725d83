package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchClipCommandTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void makeCommandLine() {
    cli = new Cli(folder.resolve("home"));
  }

  @Test
  void jsonHasEveryCaseWithItsYardstick() throws Exception {
    Result result = cli.run("bench", "clip", "--quick", "--device", "cpu", "--json");

    assertThat(result.err()).contains("the notebook's way", "a model of the shape of small");
    assertThat(result.code()).isZero();
    JsonNode cases = result.json().path("cases");
    List<String> names = cases.findValuesAsText("name");
    assertThat(names)
        .contains(
            "relevance maps of 3 sub-captions, small",
            "image tower alone, small",
            "scoring 20 images of 512 x 512, small")
        .doesNotHaveDuplicates();
    for (JsonNode found : cases) {
      assertThat(Cli.fields(found)).containsExactly("name", "value", "unit", "baseline", "ratio");
      assertThat(found.path("baseline").isNull()).isEqualTo(found.path("ratio").isNull());
    }
    JsonNode maps = cases.get(names.indexOf("relevance maps of 3 sub-captions, small"));
    assertThat(maps.path("baseline").doubleValue()).isPositive();
    JsonNode scoring = cases.get(names.indexOf("scoring 20 images of 512 x 512, small"));
    assertThat(scoring.path("unit").textValue()).isEqualTo("images/s");
    assertThat(scoring.path("value").doubleValue()).isPositive();
    if (Files.exists(Path.of("/proc/self/clear_refs"))) {
      assertThat(names)
          .contains("memory that 30 groundings leave behind", "of that not weights, small");
    }
    try (Stream<Path> left = Files.list(cli.folders.cache())) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith("bench-"))).isEmpty();
    }
  }

  @Test
  void onlyWhatWasAskedForIsMeasuredAndNamedModelsStay() {
    Path models = folder.resolve("models");
    Object[] words = {"bench", "clip", "--quick", "--only", "relevance", "--dir", models};

    Result result = cli.run(words);

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("yardstick", "relevance maps of 3 sub-captions")
        .doesNotContain("scoring", "resident");
    assertThat(models.resolve("small").resolve("open_clip_model.safetensors")).exists();
  }
}
