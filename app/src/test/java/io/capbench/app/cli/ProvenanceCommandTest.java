package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceCommandTest {
  private static final Object[] ROW = {
    "provenance", "--raw", "Nikon D850", "--synthetic", "a camera", "--fused", "A Nikon camera"
  };

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void makeCommandLine() {
    cli = new Cli(folder.resolve("home"));
  }

  private Result row(Object... more) {
    Object[] words = new Object[ROW.length + more.length];
    System.arraycopy(ROW, 0, words, 0, ROW.length);
    System.arraycopy(more, 0, words, ROW.length, more.length);
    return cli.run(words);
  }

  @Test
  void jsonOfOneRowHasEveryFieldThatScriptsRead() throws Exception {
    Result result = row("--json");

    assertThat(result.code()).isZero();
    JsonNode json = result.json();
    assertThat(Cli.fields(json)).containsExactly("tokens", "shares", "dropped", "contentTokens");
    assertThat(json.path("tokens").toString())
        .isEqualTo(
            "[{\"text\":\"A\",\"start\":0,\"end\":1,\"origin\":\"glue\"},"
                + "{\"text\":\"Nikon\",\"start\":2,\"end\":7,\"origin\":\"raw\"},"
                + "{\"text\":\"camera\",\"start\":8,\"end\":14,\"origin\":\"synthetic\"}]");
    assertThat(json.path("shares").toString())
        .isEqualTo("{\"raw\":0.5,\"synthetic\":0.5,\"both\":0.0,\"neither\":0.0}");
    assertThat(json.path("dropped").toString()).isEqualTo("{\"raw\":[\"D850\"],\"synthetic\":[]}");
    assertThat(json.path("contentTokens").longValue()).isEqualTo(2);
  }

  @Test
  void peopleReadTheOriginInWordsAndWithoutColoursInAFile() {
    Result result = row();

    assertThat(result.out())
        .contains("Nikon   raw", "camera  synthetic", "raw only 50.0 %", "dropped from raw: D850")
        .doesNotContain("\u001b");
  }

  @Test
  void aTerminalShowsColoursUnlessThePersonWantsNone() {
    cli.onTerminal(Map.of("TERM", "xterm"));
    assertThat(row().out())
        .contains("\u001b[34mNikon\u001b[0m \u001b[33mcamera\u001b[0m", "Nikon   raw");

    cli.onTerminal(Map.of("TERM", "xterm", "NO_COLOR", "1"));
    assertThat(row().out()).contains("Nikon   raw").doesNotContain("\u001b");

    cli.onTerminal(Map.of("TERM", "dumb"));
    assertThat(row().out()).doesNotContain("\u001b");
  }

  @Test
  void aDatasetGivesPooledShares() throws Exception {
    Path shard = Shards.capsFusion(folder.resolve("a.parquet"));

    JsonNode json = cli.run("provenance", shard, "--json").json();
    JsonNode one = cli.run("provenance", shard, "--where", "laion_coco = 'a cat'", "--json").json();

    assertThat(Cli.fields(json))
        .containsExactly("shares", "rows", "contentTokens", "rowsWithoutFused", "tracks");
    assertThat(Cli.fields(json.path("shares")))
        .containsExactly("raw", "synthetic", "both", "neither");
    assertThat(json.path("rows").longValue()).isEqualTo(2);
    assertThat(json.path("rowsWithoutFused").longValue()).isEqualTo(1);
    assertThat(json.path("contentTokens").longValue()).isEqualTo(5);
    assertThat(json.at("/shares/raw").doubleValue()).isEqualTo(0.6);
    assertThat(one.path("rows").longValue()).isEqualTo(1);
    assertThat(one.at("/shares/raw").doubleValue()).isEqualTo(0.5);
    assertThat(cli.run("provenance", shard).out())
        .contains("capsfusion of laion_2b and laion_coco: 2 rows", "1 rows have no fused caption");
  }

  @Test
  void aDatasetWithoutAFusedTrackSaysHowToNameOne() throws Exception {
    Path shard =
        Shards.parquet(
            folder.resolve("a.parquet"), "SELECT 'a' AS raw, 'b' AS blip, 'a b' AS merged");

    Result missing = cli.run("provenance", shard);
    Result named = cli.run("provenance", shard, "--track", "merged=fused:merged", "--json");

    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("--track NAME=fused:COLUMN");
    assertThat(named.json().at("/tracks/fused").textValue()).isEqualTo("merged");
  }

  @Test
  void captionsAndDatasetsDoNotGoTogetherAndNoneIsMissing() {
    assertThat(cli.run("provenance").code()).isEqualTo(2);
    assertThat(cli.run("provenance", "--fused", "a").code()).isEqualTo(2);
    assertThat(row("a.parquet").code()).isEqualTo(2);
  }
}
