package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.app.cli.Cli.Result;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewReanchorCommandTest {
  @TempDir Path folder;
  private Cli cli;
  private Path shard;
  private Path workspace;

  @BeforeEach
  void decideOnTwoRowsAndWriteTheFileAnew() throws Exception {
    cli = new Cli(folder.resolve("home"));
    shard = folder.resolve("a.jsonl");
    workspace = folder.resolve("w.capbench");
    write("one", "two", "three");
    try (Workspace open = Workspace.open(workspace);
        Dataset dataset =
            new DatasetOpener(folder.resolve("cache"))
                .open(List.of(shard), JobContext.unwatched());
        RowView view =
            dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      open.rememberShards(dataset.info().shards());
      List<CaptionRow> rows = view.page(0, 3);
      open.decisions().append(NewDecision.accept(rows.get(0), "anna"));
      open.decisions().append(NewDecision.edit(rows.get(2), "bo", "caption", "3 \u001b[2J"));
    }
    write("zero", "one");
  }

  @Test
  void matchedRowsGetTheirDecisionsAndTheOthersAreListed() throws Exception {
    JsonNode answer = json("--json");
    assertThat(answer.get("decisions").asInt()).isEqualTo(2);
    assertThat(answer.get("anchored").asInt()).isEqualTo(1);
    assertThat(answer.get("kept").asInt()).isZero();
    JsonNode unmatched = answer.at("/unmatched/0");
    assertThat(unmatched.get("row").asInt()).isEqualTo(2);
    assertThat(unmatched.get("verdict").isNull()).isTrue();
    assertThat(unmatched.get("edited").asText()).isEqualTo("3 \u001b[2J");
    assertThat(unmatched.get("annotator").asText()).isEqualTo("bo");

    Result rows = cli.run("rows", shard.toString(), "--workspace", workspace.toString(), "--json");
    assertThat(rows.out().lines().toList().get(1)).contains("\"verdict\":\"accepted\"");
    assertThat(json("--json").get("kept").asInt()).as("the second time").isEqualTo(1);
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    assertThat(json("--dry-run", "--json").get("anchored").asInt()).isEqualTo(1);
    Result rows = cli.run("rows", shard.toString(), "--workspace", workspace.toString(), "--json");
    assertThat(rows.out()).doesNotContain("accepted");
  }

  @Test
  void peopleReadASentenceAndATable() {
    Result result = run();
    assertThat(result.out())
        .contains("2 decisions without their row: 1 anchored, 0 left")
        .contains("1 unmatched")
        .contains("a.jsonl")
        .doesNotContain("\u001b[2J");
  }

  @Test
  void withoutAWorkspaceItSaysSo() {
    Result result =
        cli.run("review", "reanchor", shard.toString(), "--workspace", folder + "/none.capbench");
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("none.capbench does not exist");
    assertThat(result.out()).contains("No decision is without its row");
  }

  private JsonNode json(String... more) throws Exception {
    return new ObjectMapper().readTree(run(more).out());
  }

  private Result run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("review", "reanchor", shard.toString(), "--workspace", workspace.toString()));
    arguments.addAll(List.of(more));
    Result result = cli.run(arguments.toArray());
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private void write(String... captions) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String caption : captions) {
      lines.append("{\"caption\": \"").append(caption).append("\"}\n");
    }
    Files.writeString(shard, lines);
  }
}
