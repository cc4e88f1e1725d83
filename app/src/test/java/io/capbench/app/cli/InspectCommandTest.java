package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void makeCommandLine() {
    cli = new Cli(folder.resolve("home"));
  }

  @Test
  void jsonHasEveryFieldThatScriptsRead() throws Exception {
    Path shard = Shards.capsFusion(folder.resolve("a.parquet"));

    Result result = cli.run("inspect", shard, "--json");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    JsonNode json = result.json();
    assertThat(Cli.fields(json)).containsExactly("rows", "shards", "columns", "tracks", "image");
    assertThat(json.path("rows").longValue()).isEqualTo(3);
    JsonNode first = json.at("/shards/0");
    assertThat(Cli.fields(first))
        .containsExactly("path", "rows", "rowGroups", "bytes", "fingerprint", "error");
    assertThat(first.path("path").textValue()).isEqualTo(shard.toString());
    assertThat(first.path("rows").longValue()).isEqualTo(3);
    assertThat(first.path("rowGroups").intValue()).isEqualTo(1);
    assertThat(first.path("bytes").longValue()).isEqualTo(Files.size(shard));
    assertThat(first.path("fingerprint").textValue()).matches("[0-9a-f]{64}");
    assertThat(first.path("error").isNull()).isTrue();
    assertThat(json.at("/columns/1/name").textValue()).isEqualTo("laion_2b");
    assertThat(json.at("/columns/1/type").textValue()).isEqualTo("VARCHAR");
    assertThat(json.path("tracks").toString())
        .isEqualTo(
            "[{\"name\":\"laion_2b\",\"role\":\"raw\",\"column\":\"laion_2b\"},"
                + "{\"name\":\"laion_coco\",\"role\":\"synthetic\",\"column\":\"laion_coco\"},"
                + "{\"name\":\"capsfusion\",\"role\":\"fused\",\"column\":\"capsfusion\"}]");
    assertThat(json.path("image").toString())
        .isEqualTo("{\"column\":\"image_url\",\"kind\":\"url\"}");
  }

  @Test
  void peopleReadColumnsRolesAndReasons() throws Exception {
    Path shard = Shards.capsFusion(folder.resolve("a.parquet"));

    Result result = cli.run("inspect", shard);

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("3 rows", "raw track laion_2b", "alt-text", "Image in image_url, as url");
  }

  @Test
  void aBadShardAmongGoodOnesIsListedWithItsSentence() throws Exception {
    Path good = Shards.capsFusion(folder.resolve("a.parquet"));
    Path cut = folder.resolve("b.parquet");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(good), 200));

    Result result = cli.run("inspect", good, cut, "--json");

    assertThat(result.code()).isZero();
    JsonNode bad = result.json().at("/shards/1");
    assertThat(bad.path("error").textValue()).contains("b.parquet");
    assertThat(bad.path("fingerprint").isNull()).isTrue();
    assertThat(bad.path("rows").longValue()).isZero();
    assertThat(bad.path("bytes").longValue()).isEqualTo(200);
    assertThat(result.json().path("rows").longValue()).isEqualTo(3);
  }

  @Test
  void filesThatCannotBeReadFailWithASentenceThatNamesThem() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.parquet"));
    Path text = Files.writeString(folder.resolve("text.parquet"), "This is no parquet file.\n");
    Path cut = folder.resolve("cut.parquet");
    Files.write(
        cut,
        Arrays.copyOf(Files.readAllBytes(Shards.capsFusion(folder.resolve("whole.parquet"))), 300));
    for (Path file : new Path[] {folder.resolve("missing.parquet"), empty, text, cut}) {
      Result result = cli.run("inspect", file, "--json");

      assertThat(result.code()).as("%s", file).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("capbench: ").contains(file.toString());
      assertThat(result.err().lines()).hasSize(1);
    }
  }

  @Test
  void aDatasetWithoutCaptionsShowsItsFactsAndHowToMapIt() throws Exception {
    Path shard = Shards.parquet(folder.resolve("n.parquet"), "SELECT 1 AS a, 'x' AS sha256");

    Result result = cli.run("inspect", shard, "--json");

    assertThat(result.code()).isZero();
    assertThat(result.json().path("tracks")).isEmpty();
    assertThat(result.json().path("image").toString()).isEqualTo("{\"column\":null,\"kind\":null}");
    assertThat(result.err()).contains("--track NAME=ROLE:COLUMN", "sha256");
  }

  @Test
  void aNamedTrackReplacesTheGuessForItsColumnAndAddsOthers() throws Exception {
    Path shard =
        Shards.parquet(
            folder.resolve("n.parquet"), "SELECT 'x' AS caption, 'y' AS sha256, 'z' AS blip");

    Result result =
        cli.run(
            "inspect",
            shard,
            "--json",
            "--track",
            "mine=fused:caption",
            "--track",
            "digest=other:sha256");

    assertThat(result.json().path("tracks").toString())
        .isEqualTo(
            "[{\"name\":\"blip\",\"role\":\"synthetic\",\"column\":\"blip\"},"
                + "{\"name\":\"mine\",\"role\":\"fused\",\"column\":\"caption\"},"
                + "{\"name\":\"digest\",\"role\":\"other\",\"column\":\"sha256\"}]");
    assertThat(result.json().at("/columns/0/reason").textValue()).contains("--track");
  }

  @Test
  void aTrackThatDoesNotReadAsOneIsAUsageError() {
    for (String track : new String[] {"caption", "raw=caption", "raw=rawr:caption", "=raw:x"}) {
      Result result = cli.run("inspect", "x.parquet", "--track", track);

      assertThat(result.code()).as(track).isEqualTo(2);
      assertThat(result.err()).contains("--track");
    }
  }

  @Test
  void twoTracksOfOneNameAreRefused() throws Exception {
    Path shard = Shards.parquet(folder.resolve("n.parquet"), "SELECT 'x' AS raw, 'y' AS note");

    Result result = cli.run("inspect", shard, "--track", "raw=other:note");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("raw", "--track");
  }

  @Test
  void inspectingMakesNoWorkspace() throws Exception {
    Path shard = Shards.capsFusion(folder.resolve("a.parquet"));
    Path workspace = folder.resolve("new.capbench");

    Result result = cli.run("inspect", shard, "--workspace", workspace);

    assertThat(result.code()).isZero();
    assertThat(workspace).doesNotExist();
    assertThat(cli.folders.defaultWorkspace()).doesNotExist();
    assertThat(result.err()).contains(workspace.toString());
  }
}
