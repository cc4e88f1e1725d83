package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.storage.workspace.Span;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagsAndSpansOnTheCommandLineTest {
  @TempDir Path folder;
  private Cli cli;
  private Path shard;
  private Path workspace;

  @BeforeEach
  void tagAndMark() throws Exception {
    cli = new Cli(folder.resolve("home"));
    shard = Shards.capsFusion(folder.resolve("a.parquet"));
    workspace = folder.resolve("w.capbench");
    try (Dataset open =
            new DatasetOpener(folder.resolve("cache"))
                .open(List.of(shard), JobContext.unwatched());
        RowView view = open.view(open.info().mapping(), RowQuery.ALL, JobContext.unwatched());
        Workspace decided = Workspace.open(workspace)) {
      CaptionRow last = view.page(2, 1).get(0);
      decided.decisions().append(NewDecision.tag(last, "anna", "Blurred"));
      decided
          .decisions()
          .append(NewDecision.span(last, "bo", "laion_2b", new Span(0, 5), "count").withNote("hm"));
    }
  }

  @Test
  void theLogSaysWhereAndWhat() {
    List<JsonNode> log = cli.run("review", "log", "--workspace", workspace, "--json").jsonLines();
    assertThat(log.get(0).path("action").textValue()).isEqualTo("tag");
    assertThat(log.get(0).path("text").textValue()).isEqualTo("Blurred");
    assertThat(log.get(0).path("span").isNull()).isTrue();
    JsonNode span = log.get(1);
    assertThat(span.path("action").textValue()).isEqualTo("span");
    assertThat(span.path("track").textValue()).isEqualTo("laion_2b");
    assertThat(span.path("span").toString()).isEqualTo("[0,5]");
    assertThat(span.path("text").textValue()).isEqualTo("count");
    assertThat(span.path("note").textValue()).isEqualTo("hm");
    assertThat(cli.run("review", "log", "--workspace", workspace).out())
        .contains("tag: Blurred", "span laion_2b at [0, 5]: count (hm)");
  }

  @Test
  void rowsCarryThemAndAreNotDecided() {
    JsonNode row =
        cli.run("rows", shard, "--workspace", workspace, "--from", 2, "--json").jsonLines().get(0);
    assertThat(row.path("tags").toString()).isEqualTo("[\"Blurred\"]");
    assertThat(row.path("spans").toString())
        .isEqualTo(
            "[{\"track\":\"laion_2b\",\"start\":0,\"end\":5,\"type\":\"count\","
                + "\"annotator\":\"bo\"}]");
    assertThat(row.path("annotator").isNull()).isTrue();
    assertThat(cli.run("rows", shard, "--workspace", workspace, "--from", 2).out())
        .contains(", tagged Blurred", "marked: laion_2b 0-5, count, by bo: plain")
        .doesNotContain("by anna");
  }

  @Test
  void rowsAreFoundByThem() {
    for (String where :
        List.of(
            "list_contains(decision.tags, 'blurred')",
            "list_contains(decision.span_types, 'count')",
            "decision.verdict IS NULL AND len(decision.tags) > 0")) {
      List<JsonNode> rows =
          cli.run("rows", shard, "--workspace", workspace, "--where", where, "--json").jsonLines();
      assertThat(rows).as(where).hasSize(1);
      assertThat(rows.get(0).path("row").longValue()).isEqualTo(2);
    }
  }
}
