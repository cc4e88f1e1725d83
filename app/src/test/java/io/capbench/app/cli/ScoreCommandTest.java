package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
  @TempDir Path folder;
  private Cli cli;
  private Path shard;
  private Path model;
  private Path workspace;

  @BeforeEach
  void makeDataset() throws Exception {
    cli = new Cli(folder.resolve("home"));
    shard = Shards.withPictures(folder.resolve("a.parquet"), 5);
    model = TinyClip.write(folder.resolve("tiny"), 1);
    workspace = folder.resolve("w.capbench");
  }

  private List<JsonNode> rows() {
    return cli.run("rows", shard, "--workspace", workspace, "--json").jsonLines();
  }

  @Test
  void everyTrackIsScoredAndTheSecondTimeNothingIsLeftToDo() throws Exception {
    Result first = cli.run("score", shard, "--model", model, "--workspace", workspace, "--json");

    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isZero();
    assertThat(Cli.fields(first.json()))
        .containsExactly(
            "dataset",
            "workspace",
            "model",
            "sha256",
            "device",
            "tracks",
            "rows",
            "scored",
            "reused",
            "kept",
            "failed",
            "blank",
            "seconds");
    assertThat(first.json().path("model").textValue()).isEqualTo("tiny");
    assertThat(first.json().path("rows").longValue()).isEqualTo(5);
    assertThat(first.json().path("scored").longValue()).isEqualTo(15);
    for (JsonNode row : rows()) {
      for (String track : List.of("raw", "blip", "fused")) {
        assertThat(row.path("similarity").path(track).doubleValue()).isBetween(-1.0, 1.0);
      }
    }
    List<JsonNode> before = rows();
    Result second = cli.run("score", shard, "--model", model, "--workspace", workspace);
    assertThat(second.out()).contains("15  were scored before").doesNotContain("captions scored");
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void aScoreIsTheSimilarityThatGroundingGivesToTheWholeCaption() throws Exception {
    cli.run("score", shard, "--model", model, "--workspace", workspace, "--tracks", "fused");
    Path png = Files.write(folder.resolve("picture.png"), Shards.png());
    JsonNode grounded =
        cli.run("ground", "--image", png, "--caption", "fused 2", "--model", model, "--json")
            .json();
    assertThat(rows().get(2).path("similarity").path("fused").doubleValue())
        .isCloseTo(grounded.at("/subCaptions/0/similarity").doubleValue(), within(1e-5));
    assertThat(rows().get(2).path("similarity").path("raw").isNull()).isTrue();
  }

  @Test
  void rowsThatMatchAreScoredAndTheOthersLeft() {
    cli.run("score", shard, "--model", model, "--workspace", workspace, "--where", "raw = 'raw 3'");
    assertThat(rows().stream().filter(row -> !row.at("/similarity/raw").isNull()))
        .singleElement()
        .satisfies(row -> assertThat(row.path("row").intValue()).isEqualTo(3));
  }

  @Test
  void aSecondModelTakesTheNameOfTheTrackAndTheFirstKeepsItsLabel() throws Exception {
    Path other = TinyClip.write(folder.resolve("other/tiny"), 2);
    cli.run("score", shard, "--model", model, "--workspace", workspace);
    JsonNode first = rows().get(0).path("similarity");
    Result second = cli.run("score", shard, "--model", other, "--workspace", workspace, "--json");
    assertThat(second.json().path("model").textValue()).isEqualTo("tiny-2");
    assertThat(rows().get(0).path("similarity")).isNotEqualTo(first);
    assertThat(
            cli.run(
                    "rows",
                    shard,
                    "--workspace",
                    workspace,
                    "--where",
                    "similarity.\"tiny:raw\" = " + first.path("raw").doubleValue(),
                    "--json")
                .jsonLines())
        .isNotEmpty();
  }

  @Test
  void rowsWithoutAnImageHaveAReason() throws Exception {
    Path missing = Shards.onThisMachine(folder.resolve("missing.parquet"));
    Result result = cli.run("score", missing, "--model", model, "--workspace", workspace, "--json");
    assertThat(result.code()).isZero();
    assertThat(result.json().path("failed").longValue()).isEqualTo(6);
    assertThat(
            cli.run("rows", missing, "--workspace", workspace, "--json")
                .jsonLines()
                .get(0)
                .path("similarityError")
                .textValue())
        .contains("127.0.0.1");
  }

  @Test
  void whatCannotBeScoredIsRefusedInWords() throws Exception {
    assertThat(
            cli.run("score", shard, "--model", model, "--workspace", workspace, "--tracks", "x")
                .err())
        .contains("no track x", "raw, blip, fused");
    Path text = Shards.parquet(folder.resolve("text.parquet"), "SELECT 'a cat' AS caption, 1 AS n");
    assertThat(cli.run("score", text, "--model", model, "--workspace", workspace).err())
        .contains("no column with images");
    assertThat(cli.run("score", shard, "--model", folder.resolve("none")).err())
        .contains(folder.resolve("none").toString());
    Files.delete(model.resolve("bpe_simple_vocab_16e6.txt.gz"));
    Result result = cli.run("score", shard, "--model", model, "--workspace", workspace);
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("no tokenizer", "bpe_simple_vocab_16e6.txt.gz");
  }
}
