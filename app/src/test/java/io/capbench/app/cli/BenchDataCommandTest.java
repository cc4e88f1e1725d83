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

class BenchDataCommandTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void makeCommandLine() {
    cli = new Cli(folder.resolve("home"));
  }

  @Test
  void jsonHasEveryCaseWithItsYardstick() throws Exception {
    Result result = cli.run("bench", "data", "--quick", "--rows", 5_000, "--json");

    assertThat(result.err()).contains("random page, 10240-row groups", "Left out: pages of one");
    assertThat(result.code()).isZero();
    JsonNode cases = result.json().path("cases");
    List<String> names = cases.findValuesAsText("name");
    assertThat(names)
        .contains(
            "open 1 file",
            "open 6 files",
            "random page, 10240-row groups, p50",
            "random page, 102400-row groups, p99",
            "provenance and detectors, the first time",
            "provenance and detectors, the second time, processor time",
            "filter contains",
            "filter contains, first hits",
            "sort by text",
            "page of a text-sorted view, 102400-row groups, p50")
        .doesNotHaveDuplicates();
    for (JsonNode found : cases) {
      assertThat(Cli.fields(found)).containsExactly("name", "value", "unit", "baseline", "ratio");
      assertThat(found.path("value").doubleValue()).isNotNegative();
      assertThat(found.path("baseline").isNull()).isEqualTo(found.path("ratio").isNull());
    }
    JsonNode sort = cases.get(names.indexOf("sort by text"));
    assertThat(sort.path("baseline").doubleValue()).isPositive();
    try (Stream<Path> left = Files.list(cli.folders.cache())) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith("bench-"))).isEmpty();
    }
  }

  @Test
  void onlyWhatWasAskedForIsMeasuredAndNamedShardsStay() throws Exception {
    Path shards = folder.resolve("shards");
    Object[] words = {
      "bench", "data", "--quick", "--rows", 3_000, "--only", "open", "--dir", shards
    };
    Result first = cli.run(words);
    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("case", "DuckDB", "open 6 files").doesNotContain("page");
    Path shard = shards.resolve("rows-3000-groups-of-10240.parquet");
    byte[] made = Files.readAllBytes(shard);

    assertThat(cli.run(words).code()).isZero();
    assertThat(Files.readAllBytes(shard)).isEqualTo(made);
    assertThat(cli.run("rows", shard, "--limit", 1, "--json").jsonLines().get(0).path("captions"))
        .hasSize(3);
  }

  @Test
  void rowsMustBeANumberAboveZero() {
    assertThat(cli.run("bench", "data", "--rows", 0).code()).isEqualTo(2);
    assertThat(cli.run("bench").code()).isEqualTo(2);
  }
}
