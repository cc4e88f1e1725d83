package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;

  @Test
  void everyCheckHasItsFieldsAndThisMachineCanBuildSoItWorks() throws Exception {
    Result result = new Cli(folder).run("doctor", "--json");

    assertThat(result.err()).isEmpty();
    JsonNode checks = result.json().path("checks");
    assertThat(Cli.fields(result.json())).containsExactly("checks", "linear");
    assertThat(StreamSupport.stream(checks.spliterator(), false).map(c -> c.path("name").asText()))
        .containsExactly(
            "Java",
            "memory",
            "file names",
            "JavaFX",
            "display",
            "fonts",
            "temporary folder",
            "cache folder",
            "data folder",
            "settings folder",
            "DuckDB",
            "Arrow",
            "SQLite",
            "workspace",
            "PyTorch",
            "GPU",
            "processor",
            "sample",
            "sample models");
    for (JsonNode check : checks) {
      assertThat(Cli.fields(check)).containsExactly("name", "state", "value", "remedy");
      assertThat(check.path("state").textValue()).isIn("ok", "warn");
      assertThat(check.path("value").textValue()).isNotBlank();
      assertThat(check.path("remedy").isNull())
          .as("%s", check)
          .isEqualTo(check.path("state").textValue().equals("ok"));
    }
    assertThat(result.code()).isZero();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .as("only what was measured of this processor is kept")
          .allMatch(file -> file.getFileName().toString().startsWith("linear-"));
    }
  }

  @Test
  void everyTypeOfWeightsHasAChosenWayForEveryNumberOfRows() throws Exception {
    JsonNode linear = new Cli(folder).run("doctor", "--json").json().path("linear");

    assertThat(Cli.fields(linear))
        .containsExactly("processor", "limits", "threads", "ways", "advice");
    assertThat(linear.path("threads").asInt()).isPositive();
    int chosen = 0;
    for (JsonNode way : linear.path("ways")) {
      assertThat(Cli.fields(way))
          .containsExactly(
              "operation", "type", "rows", "way", "chosen", "gigabytesPerSecond", "failure");
      assertThat(way.path("type").asText()).isIn("f32", "f16", "bf16", "int8");
      if (way.path("chosen").asBoolean()) {
        chosen++;
        assertThat(way.path("failure").isNull()).isTrue();
        assertThat(way.path("gigabytesPerSecond").asDouble()).isPositive();
      }
    }
    assertThat(chosen).as("4 types, 8 numbers of rows").isEqualTo(4 * 8);
  }

  @Test
  void aProblemFailsAndSaysWhatToDo() throws Exception {
    Path file = Files.writeString(folder.resolve("w.capbench"), "not a workspace at all, really");

    Result result = new Cli(folder.resolve("home")).run("doctor", "--workspace", file);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("(?m)^  problem +workspace +.*w\\.capbench")
        .contains("-> Name another one with --workspace.");
  }

  @Test
  void theModelsThatComeWithTheProgramAreBothLookedFor() throws Exception {
    Path models = folder.resolve("samples/models");
    Path clip = Files.createDirectories(models.resolve("sample-clip"));
    JsonNode one = sampleModels();
    assertThat(one.path("state").textValue()).isEqualTo("warn");
    assertThat(one.path("value").textValue()).contains(folder.resolve("samples").toString());
    assertThat(one.path("remedy").textValue()).contains("Ctrl+M");

    Path fuser = Files.createDirectories(models.resolve("sample-fuser"));
    JsonNode both = sampleModels();
    assertThat(both.path("state").textValue()).isEqualTo("ok");
    assertThat(both.path("value").textValue()).contains(clip.toString(), fuser.toString());
  }

  private JsonNode sampleModels() throws IOException {
    JsonNode checks = new Cli(folder).run("doctor", "--json").json().path("checks");
    return StreamSupport.stream(checks.spliterator(), false)
        .filter(check -> check.path("name").textValue().equals("sample models"))
        .findAny()
        .orElseThrow();
  }
}
