package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(Cli.fields(result.json())).containsExactly("checks");
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
            "sample");
    for (JsonNode check : checks) {
      assertThat(Cli.fields(check)).containsExactly("name", "state", "value", "remedy");
      assertThat(check.path("state").textValue()).isIn("ok", "warn");
      assertThat(check.path("value").textValue()).isNotBlank();
      assertThat(check.path("remedy").isNull())
          .as("%s", check)
          .isEqualTo(check.path("state").textValue().equals("ok"));
    }
    assertThat(result.code()).isZero();
    assertThat(folder).isEmptyDirectory();
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
}
