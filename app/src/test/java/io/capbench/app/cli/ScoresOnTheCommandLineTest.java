package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.app.cli.Cli.Result;
import io.capbench.storage.model.ContentDigest;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.Score;
import io.capbench.storage.workspace.ScoreColumns;
import io.capbench.storage.workspace.ScoredModel;
import io.capbench.storage.workspace.Scores;
import io.capbench.storage.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands show of scores that a workspace has. */
class ScoresOnTheCommandLineTest {
  private static final String MODEL = "c0".repeat(32);

  @TempDir Path folder;
  private Cli cli;
  private Path shard;
  private Path workspace;

  @BeforeEach
  void makeDataset() throws Exception {
    cli = new Cli(folder.resolve("home"));
    shard = Shards.withPictures(folder.resolve("a.parquet"), 4);
    workspace = folder.resolve("w.capbench");
    List<RowKey> keys =
        cli.run("rows", shard, "--json").jsonLines().stream()
            .map(row -> RowKey.parse(row.path("key").textValue()))
            .toList();
    try (Workspace open = Workspace.open(workspace)) {
      Scores scores = open.scores();
      ScoredModel model = scores.use(MODEL, "small");
      ScoreColumns fused = new ScoreColumns("fused", "image");
      scores.put(
          model,
          fused,
          List.of(
              score(keys.get(0), 0.25, null),
              score(keys.get(1), 0.125, null),
              score(keys.get(2), null, "The image is \u001b[2J damaged")));
    }
  }

  private static Score score(RowKey key, @Nullable Double similarity, @Nullable String reason) {
    return new Score(key, ContentDigest.of("fused"), null, similarity, reason);
  }

  @Test
  void rowsHaveTheirSimilaritiesAndTheReasonForHavingNone() {
    List<JsonNode> rows = cli.run("rows", shard, "--workspace", workspace, "--json").jsonLines();
    assertThat(rows.get(0).path("similarity").toString())
        .isEqualTo("{\"raw\":null,\"blip\":null,\"fused\":0.25}");
    assertThat(rows.get(0).path("similarityError").isNull()).isTrue();
    assertThat(rows.get(2).path("similarity").path("fused").isNull()).isTrue();
    assertThat(rows.get(2).path("similarityError").textValue()).contains("damaged");
    assertThat(cli.run("rows", shard, "--workspace", workspace).out())
        .contains("fused (0.125): fused 1", "not scored: The image is \\u001b[2J damaged")
        .doesNotContain("\u001b");
  }

  @Test
  void rowsAreFilteredAndOrderedBySimilarity() {
    List<JsonNode> rows =
        cli.run(
                "rows",
                shard,
                "--workspace",
                workspace,
                "--where",
                "similarity.fused < 0.3",
                "--order",
                "similarity.fused",
                "--json")
            .jsonLines();
    assertThat(rows.stream().map(row -> row.path("row").intValue())).containsExactly(1, 0);
  }

  @Test
  void aSimilarityThatNobodyScoredIsNamedWithTheRemedy() {
    Result unscored =
        cli.run("rows", shard, "--workspace", workspace, "--where", "similarity.raw < 0.3");
    assertThat(unscored.code()).isEqualTo(ExitCode.FAILED);
    assertThat(unscored.err()).contains("raw", "fused, small:fused", "capbench score");
    Result nowhere = cli.run("rows", shard, "--where", "similarity.raw < 0.3");
    assertThat(nowhere.err()).contains("No row was scored", "capbench score");
  }

  @Test
  void anExportTellsSimilaritiesWhereItIsAsked() throws IOException {
    Path out = folder.resolve("out");
    Result result =
        cli.run(
            "export",
            shard,
            "--workspace",
            workspace,
            "--out",
            out,
            "--decisions",
            "all",
            "--similarity",
            "fused,small:fused",
            "--json");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    List<JsonNode> exported = cli.run("rows", out.resolve("00000.tar"), "--json").jsonLines();
    assertThat(exported).hasSize(4);
    List<Double> similarities = new ArrayList<>();
    cli.run("rows", out.resolve("00000.parquet"), "--where", "similarity_fused > 0.2", "--json")
        .jsonLines()
        .forEach(row -> similarities.add(row.path("row").doubleValue()));
    assertThat(similarities).containsExactly(0.0);
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertThat(manifest.toString()).contains("similarity_fused", MODEL);
  }

  @Test
  void anExportOfSimilaritiesThatNobodyScoredWritesNothing() {
    Path out = folder.resolve("out");
    Result result =
        cli.run(
            "export",
            shard,
            "--workspace",
            workspace,
            "--out",
            out,
            "--decisions",
            "all",
            "--similarity",
            "blip");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("blip", "fused, small:fused", "capbench score");
    assertThat(out).doesNotExist();
  }
}
