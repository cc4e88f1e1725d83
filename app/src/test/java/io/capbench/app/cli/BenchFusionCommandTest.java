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

class BenchFusionCommandTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void makeCommandLine() {
    cli = new Cli(folder.resolve("home"));
  }

  @Test
  void jsonHasEveryCaseWithItsYardstick() throws Exception {
    Result result = cli.run("bench", "fusion", "--quick", "--device", "cpu", "--json");

    assertThat(result.err()).contains("the script's way", "a model of the shape of small");
    assertThat(result.code()).isZero();
    JsonNode cases = result.json().path("cases");
    List<String> names = cases.findValuesAsText("name");
    assertThat(names)
        .contains(
            "memory bandwidth, reading",
            "weights read, bf16",
            "greedy search, one row, small, int8, and bf16",
            "three beams, 6 prompts, small, bf16")
        .doesNotHaveDuplicates();
    for (JsonNode found : cases) {
      assertThat(Cli.fields(found)).containsExactly("name", "value", "unit", "baseline", "ratio");
      assertThat(found.path("baseline").isNull()).isEqualTo(found.path("ratio").isNull());
    }
    JsonNode beams = cases.get(names.indexOf("three beams, 6 prompts, small, bf16"));
    assertThat(beams.path("unit").textValue()).isEqualTo("rows/s");
    assertThat(beams.path("baseline").doubleValue()).isPositive();
    JsonNode read = cases.get(names.indexOf("weights read, bf16"));
    JsonNode bandwidth = cases.get(names.indexOf("memory bandwidth, reading"));
    assertThat(read.path("baseline")).isEqualTo(bandwidth.path("value"));
    if (Files.exists(Path.of("/proc/self/clear_refs"))) {
      assertThat(names).contains("memory that 5 fusions leave behind");
    }
    try (Stream<Path> left = Files.list(cli.folders.cache())) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith("bench-"))).isEmpty();
    }
  }

  @Test
  void onlyWhatWasAskedForIsMeasuredAndNamedModelsStay() {
    Path models = folder.resolve("models");
    Object[] words = {"bench", "fusion", "--quick", "--only", "greedy", "--dir", models};

    Result result = cli.run(words);

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("yardstick", "memory bandwidth")
        .doesNotContain("three beams", "resident");
    assertThat(models.resolve("llama-small").resolve("model.safetensors")).exists();
  }
}
