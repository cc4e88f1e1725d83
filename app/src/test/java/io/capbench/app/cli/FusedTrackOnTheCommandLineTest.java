package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with the captions that a model made, which is a track like any other. */
final class FusedTrackOnTheCommandLineTest {
  /** Its name has a comma, which also separates names. */
  private static final String TRACK = "fused (tiny, f32)";

  private static final int ROWS = 4;

  @TempDir private Path folder;
  private Cli cli;
  private Path workspace;
  private Path shard;

  @BeforeEach
  void fuseAllButOneRow() throws Exception {
    cli = new Cli(folder.resolve("home"));
    workspace = folder.resolve("w.capbench");
    shard = Shards.withPictures(folder.resolve("a.parquet"), ROWS);
    Path prompt = Files.writeString(folder.resolve("p.txt"), "A: {raw}\nB: {synthetic}\nC:\n");
    Path model = TinyLlama.write(folder.resolve("tiny"), 5);
    Result result =
        run(
            List.of("fuse", shard, "--model", model, "--prompt", prompt, "--beams", 1),
            List.of("--max-new", 6, "--where", "raw <> 'raw 2'"));
    assertThat(result.code()).as(result.err()).isZero();
  }

  private Result run(List<?> command, List<?> more) {
    List<Object> all = new ArrayList<>(command);
    all.addAll(more);
    all.addAll(List.of("--workspace", workspace));
    return cli.run(all.toArray());
  }

  private List<JsonNode> rows(Object... more) throws IOException {
    Result result = run(List.of("rows", shard, "--json"), List.of(more));
    assertThat(result.code()).as(result.err()).isZero();
    return result.jsonLines();
  }

  @Test
  void anExportMayNameItAndFallsBackWhereARowHasNone() throws Exception {
    Path out = folder.resolve("out");
    Result result =
        run(
            List.of("export", shard, "--out", out, "--decisions", "all", "--json"),
            List.of("--captions", "edited,track:" + TRACK + ",track:raw"));

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.json().path("samples").intValue()).isEqualTo(ROWS);
    List<String> expected = new ArrayList<>();
    for (JsonNode row : rows()) {
      String fused = row.path("captions").path(TRACK).asText("");
      expected.add(fused.isBlank() ? row.path("captions").path("raw").textValue() : fused);
    }
    assertThat(expected.get(0)).isNotEqualTo("raw 0");
    assertThat(expected.get(2)).isEqualTo("raw 2");
    assertThat(texts(out.resolve("00000.tar"))).isEqualTo(expected);
    assertThat(out.resolve("manifest.json")).content().contains("track:" + TRACK);
  }

  private static List<String> texts(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith(".txt")) {
          texts.add(new String(tar.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }

  @Test
  void rowsAreFoundByItAndByWhatTheDetectorsFound() throws Exception {
    assertThat(rows("--where", "\"" + TRACK + "\" IS NULL")).hasSize(1);
    // Six tokens are never enough: whatever the text looks like, it was cut off.
    assertThat(rows("--where", "list_contains(\"" + TRACK + " flags\", 'truncated')"))
        .extracting(row -> row.path("row").intValue())
        .containsExactly(0, 1, 3);
  }

  @Test
  void rowsTellWhatTheDetectorsFoundAndWhyThereIsNoCaption() throws Exception {
    Path model = folder.resolve("tiny");
    Path prompt = Files.writeString(folder.resolve("p.txt"), "raw: {raw}\nraw 2{synthetic}\n");
    Result result =
        run(
            List.of("fuse", shard, "--model", model, "--prompt", prompt, "--beams", 1),
            List.of("--max-new", 6));
    assertThat(result.out()).contains("capbench rows says why");

    List<JsonNode> found = rows();
    assertThat(found.get(0).path("fused").path(TRACK).path("flags").toString())
        .contains("truncated");
    assertThat(found.get(0).path("fused").path(TRACK).path("error").isNull()).isTrue();
    JsonNode refused = found.get(2).path("fused").path(TRACK + " 2");
    assertThat(refused.path("error").asText()).contains("raw 2");
    assertThat(refused.path("flags")).isEmpty();
    Result text = run(List.of("rows", shard), List.of());
    assertThat(text.out()).contains("no " + TRACK + " 2: A caption contains");
  }

  @Test
  void aTrackThatWasTakenOutInTheWindowIsNoTrackHereButStillAColumn() throws Exception {
    try (Workspace opened = Workspace.open(workspace)) {
      opened.leaveOut(datasetId(), Set.of(TRACK));
    }
    assertThat(rows().get(0).path("captions").has(TRACK)).isFalse();
    assertThat(rows("--where", "\"" + TRACK + "\" IS NOT NULL")).hasSize(3);
  }

  private String datasetId() {
    try (Dataset dataset =
        new DatasetOpener(folder.resolve("cache")).open(List.of(shard), JobContext.unwatched())) {
      return Workspace.datasetId(dataset.info().shards());
    }
  }
}
