package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {
  @TempDir Path folder;

  @Test
  void anEmptyCacheIsPrintedAndNotMade() throws Exception {
    Cli cli = new Cli(folder.resolve("home"));

    Result result = cli.run("cache", "--json");

    assertThat(result.code()).isZero();
    assertThat(Cli.fields(result.json())).containsExactly("folder", "parts", "bytes", "freed");
    assertThat(result.json().path("parts")).isEmpty();
    assertThat(result.json().path("freed").isNull()).isTrue();
    assertThat(cli.folders.cache()).doesNotExist();
  }

  @Test
  void whatWasImportedIsCountedAndCleared() throws Exception {
    Path data = Files.writeString(folder.resolve("a.json"), "[{\"text\": \"a cat\"}]");
    Cli cli = new Cli(folder.resolve("home"));
    assertThat(cli.run("inspect", data).code()).isZero();

    JsonNode part = cli.run("cache", "--json").json().path("parts").path(0);
    assertThat(Cli.fields(part)).containsExactly("name", "files", "bytes");
    assertThat(part.path("name").asText()).isEqualTo("json");
    assertThat(part.path("files").asLong()).isOne();
    long bytes = part.path("bytes").asLong();
    assertThat(bytes).isPositive();

    assertThat(cli.run("cache").out()).contains(cli.folders.cache().toString()).contains("json");
    JsonNode cleared = cli.run("cache", "--clear", "--json").json();
    assertThat(cleared.path("freed").asLong()).isEqualTo(bytes);
    assertThat(cleared.path("bytes").asLong()).isZero();
    assertThat(cli.run("cache", "--clear").out()).contains("Freed 0 B.");
  }
}
