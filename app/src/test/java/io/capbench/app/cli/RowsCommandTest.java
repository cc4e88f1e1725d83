package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsCommandTest {
  @TempDir Path folder;
  private Cli cli;
  private Path shard;

  @BeforeEach
  void makeDataset() throws Exception {
    cli = new Cli(folder.resolve("home"));
    shard = Shards.capsFusion(folder.resolve("a.parquet"));
  }

  @Test
  void jsonHasEveryFieldThatScriptsReadAndNullForWhatIsAbsent() {
    Result result = cli.run("rows", shard, "--json");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    List<JsonNode> rows = result.jsonLines();
    assertThat(rows).hasSize(3);
    assertThat(Cli.fields(rows.get(2)))
        .containsExactly(
            "shard",
            "row",
            "key",
            "uid",
            "image",
            "captions",
            "verdict",
            "preferred",
            "edited",
            "annotator",
            "tags",
            "spans",
            "similarity",
            "similarityError",
            "fused");
    JsonNode last = rows.get(2);
    assertThat(last.path("shard").textValue()).isEqualTo("a.parquet");
    assertThat(last.path("row").isIntegralNumber()).isTrue();
    assertThat(last.path("row").longValue()).isEqualTo(2);
    assertThat(last.path("key").textValue()).matches("[0-9a-f]{64}:2");
    assertThat(last.path("uid").textValue()).matches("[0-9a-f]{32}");
    assertThat(last.path("image").textValue()).isEqualTo("http://a.example/3.jpg");
    assertThat(last.path("captions").toString())
        .isEqualTo("{\"laion_2b\":\"plain\",\"laion_coco\":\"words\",\"capsfusion\":null}");
    assertThat(last.path("verdict").isNull()).isTrue();
    assertThat(last.path("annotator").isNull()).isTrue();
    assertThat(last.path("tags").toString()).isEqualTo("[]");
    assertThat(last.path("spans").toString()).isEqualTo("[]");
    assertThat(last.path("similarity").toString())
        .isEqualTo("{\"laion_2b\":null,\"laion_coco\":null,\"capsfusion\":null}");
    assertThat(last.path("similarityError").isNull()).isTrue();
  }

  @Test
  void captionsOfEveryScriptComeOutInUtf8() {
    assertThat(cli.run("rows", shard, "--from", 1, "--limit", 1, "--json").out())
        .contains("猫 café");
    assertThat(cli.run("rows", shard, "--from", 1, "--limit", 1).out()).contains("猫 café");
  }

  @Test
  void provenanceFlagsAndWordsAreColumns() {
    assertThat(numbers("--where", "flags.empty")).containsExactly(2L);
    assertThat(numbers("--where", "flags.mismatched_parents")).containsExactly(0L, 1L, 2L);
    assertThat(numbers("--where", "provenance.raw > 0.6 AND words(capsfusion) = 4"))
        .containsExactly(0L);
    assertThat(numbers("--order", "provenance.synthetic DESC")).containsExactly(1L, 0L, 2L);
    assertThat(numbers("--order", "words(laion_2b) DESC, shuffled(3)")).hasSize(3);
    assertThat(cli.run("rows", shard, "--where", "flags.unheard_of").err()).contains("unheard_of");
  }

  @Test
  void whereOrderSearchFromAndLimitChooseRows() {
    assertThat(numbers("--where", "laion_2b LIKE 'p%'")).containsExactly(2L);
    assertThat(numbers("--order", "image_url DESC")).containsExactly(2L, 1L, 0L);
    assertThat(numbers("--search", "NIKON")).containsExactly(0L);
    assertThat(numbers("--from", "1", "--limit", "1")).containsExactly(1L);
    assertThat(numbers("--from", "9")).isEmpty();
    assertThat(numbers("--limit", "0")).isEmpty();
  }

  private List<Long> numbers(String... options) {
    Object[] words = new Object[options.length + 3];
    words[0] = "rows";
    words[1] = shard;
    words[2] = "--json";
    System.arraycopy(options, 0, words, 3, options.length);
    Result result = cli.run(words);
    assertThat(result.code()).isZero();
    return result.jsonLines().stream().map(row -> row.path("row").longValue()).toList();
  }

  @Test
  void moreRowsThanAPageComeOutWholeAndInOrder() throws Exception {
    Path large =
        Shards.parquet(
            folder.resolve("large.parquet"), "SELECT 'row ' || i AS caption FROM range(1203) t(i)");

    List<JsonNode> rows = cli.run("rows", large, "--from", 1, "--json").jsonLines();

    assertThat(rows).hasSize(1202);
    assertThat(rows.get(1201).at("/captions/caption").textValue()).isEqualTo("row 1202");
    assertThat(rows.get(700).path("row").longValue()).isEqualTo(701);
  }

  @Test
  void aConditionThatIsNoSqlFailsWithASentence() {
    Result result = cli.run("rows", shard, "--where", "laion_2b LIKE");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("laion_2b LIKE").doesNotContain("\tat ");
  }

  @Test
  void negativeNumbersAndUnknownChoicesAreUsageErrors() {
    assertThat(cli.run("rows", shard, "--from", -1).code()).isEqualTo(2);
    assertThat(cli.run("rows", shard, "--limit", "many").code()).isEqualTo(2);
    Result result = cli.run("rows", shard, "--decisions", "liked");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).containsIgnoringCase("accepted, rejected, skipped, undecided, edited");
  }

  @Test
  void aHostileCaptionCannotDriveTheTerminal() throws Exception {
    String attack = "\u001b]0;owned\u0007\u009b2J\r\u202Etxt";
    Path hostile =
        Shards.parquet(
            folder.resolve("h.parquet"), "SELECT '" + attack + "' AS caption, 'x\ny' AS blip");

    Result human = new Cli(folder).onTerminal(Map.of("TERM", "xterm")).run("rows", hostile);
    Result json = cli.run("rows", hostile, "--json");

    assertThat(human.out())
        .doesNotContain("\u001b", "\u0007", "\u009b", "\r", "\u202E")
        .contains("\\u001b]0;owned\\u0007", "x\\ny");
    assertThat(json.jsonLines().get(0).at("/captions/caption").textValue()).isEqualTo(attack);
    assertThat(json.out()).doesNotContain("\u001b");
  }

  @Test
  void decisionsOfTheWorkspaceStandBesideTheRowsAndFilterThem() {
    Path file = folder.resolve("w.capbench");
    List<CaptionRow> rows = read();
    try (Workspace workspace = Workspace.open(file)) {
      workspace.decisions().append(NewDecision.accept(rows.get(0), "anna"));
      workspace.decisions().append(NewDecision.prefer(rows.get(0), "anna", "laion_coco"));
      workspace.decisions().append(NewDecision.edit(rows.get(1), "bo", "laion_2b", "A 猫"));
      workspace.decisions().append(NewDecision.reject(rows.get(2), "bo"));
    }

    List<JsonNode> decided = cli.run("rows", shard, "--workspace", file, "--json").jsonLines();

    assertThat(decided.get(0).path("verdict").textValue()).isEqualTo("accepted");
    assertThat(decided.get(0).path("preferred").textValue()).isEqualTo("laion_coco");
    assertThat(decided.get(0).path("edited").isNull()).isTrue();
    assertThat(decided.get(0).path("annotator").textValue()).isEqualTo("anna");
    assertThat(decided.get(1).path("verdict").isNull()).isTrue();
    assertThat(decided.get(1).path("edited").textValue()).isEqualTo("A 猫");
    String workspace = file.toString();
    assertThat(numbers("--workspace", workspace, "--decisions", "accepted")).containsExactly(0L);
    assertThat(numbers("--workspace", workspace, "--decisions", "rejected")).containsExactly(2L);
    assertThat(numbers("--workspace", workspace, "--decisions", "edited")).containsExactly(1L);
    assertThat(numbers("--workspace", workspace, "--decisions", "undecided")).containsExactly(1L);
    assertThat(numbers("--workspace", workspace, "--decisions", "skipped")).isEmpty();
    assertThat(numbers("--workspace", workspace, "--where", "decision.annotator = 'bo'"))
        .containsExactly(1L, 2L);
    assertThat(cli.run("rows", shard, "--workspace", file).out())
        .contains("a.parquet row 0, accepted, prefers laion_coco, by anna", "written by hand: A 猫");
  }

  private List<CaptionRow> read() {
    try (Dataset dataset =
            new DatasetOpener(folder.resolve("cache"))
                .open(List.of(shard), JobContext.unwatched());
        RowView view =
            dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(0, 100);
    }
  }

  @Test
  void theMappingThatTheWindowKeptHoldsHereToo() {
    Path file = folder.resolve("w.capbench");
    try (Workspace workspace = Workspace.open(file);
        Dataset dataset =
            new DatasetOpener(folder.resolve("cache"))
                .open(List.of(shard), JobContext.unwatched())) {
      workspace.saveMapping(
          Workspace.datasetId(dataset.info().shards()),
          new ColumnMapping(
              List.of(new CaptionTrack("alt", TrackRole.RAW, "laion_2b")), null, ImageKind.NONE));
    }

    JsonNode row = cli.run("rows", shard, "--workspace", file, "--json").jsonLines().get(0);

    assertThat(row.path("captions").toString()).isEqualTo("{\"alt\":\"Nikon D850 body\"}");
    assertThat(row.path("image").isNull()).isTrue();
  }

  @Test
  void aWorkspaceThatDoesNotExistIsNotMade() {
    Path file = folder.resolve("none.capbench");

    Result result = cli.run("rows", shard, "--workspace", file, "--json");

    assertThat(result.code()).isZero();
    assertThat(result.jsonLines()).hasSize(3);
    assertThat(result.err()).contains(file.toString());
    assertThat(file).doesNotExist();
  }

  @Test
  void jsonFilesAreDatasetsToo() throws Exception {
    Path json = Files.writeString(folder.resolve("a.jsonl"), "{\"caption\": \"one\"}\n");

    assertThat(cli.run("rows", json, "--json").jsonLines().get(0).at("/captions/caption").asText())
        .isEqualTo("one");
  }

  @Test
  void aShardThatIsLeftOutIsToldOnStandardError() throws Exception {
    Path text = Files.writeString(folder.resolve("text.parquet"), "no parquet");

    Result result = cli.run("rows", shard, text, "--json");

    assertThat(result.code()).isZero();
    assertThat(result.jsonLines()).hasSize(3);
    assertThat(result.err()).contains("Left out", "text.parquet");
  }
}
