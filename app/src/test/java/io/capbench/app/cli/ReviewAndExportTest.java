package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.app.AppSettings;
import io.capbench.app.cli.Cli.Result;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.DecisionAction;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.storage.workspace.Span;
import io.capbench.storage.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewAndExportTest {
  @TempDir Path folder;
  private Cli cli;
  private Path shard;
  private Path workspace;
  private Path out;

  @BeforeEach
  void makeDataset() throws Exception {
    cli = new Cli(folder.resolve("home"));
    shard = Shards.withPictures(folder.resolve("a.parquet"), 6);
    workspace = folder.resolve("w.capbench");
    out = folder.resolve("out");
  }

  private List<CaptionRow> rows(Path dataset) {
    try (Dataset open =
            new DatasetOpener(folder.resolve("cache"))
                .open(List.of(dataset), JobContext.unwatched());
        RowView view = open.view(open.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(0, 100);
    }
  }

  private void decide() {
    List<CaptionRow> rows = rows(shard);
    try (Workspace open = Workspace.open(workspace)) {
      open.decisions().append(NewDecision.accept(rows.get(1), "anna"));
      open.decisions().append(NewDecision.accept(rows.get(4), "anna"));
      open.decisions().append(NewDecision.edit(rows.get(4), "anna", "fused", "Written \u001b[2J"));
      open.decisions().append(NewDecision.reject(rows.get(0), "bo").withNote("blurred"));
      open.decisions()
          .append(
              new NewDecision(
                  rows.get(2), "bo", DecisionAction.PREFER, "blip", null, new Span(2, 5), null));
      open.decisions().undo("bo", Set.of(rows.get(0).key().fingerprint()));
    }
  }

  @Test
  void theLogHasEveryFieldInTheOrderOfDeciding() {
    decide();

    Result result = cli.run("review", "log", "--workspace", workspace, "--json");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    List<JsonNode> log = result.jsonLines();
    assertThat(log.stream().map(line -> line.path("action").textValue()))
        .containsExactly("accept", "accept", "edit", "reject", "prefer", "undo");
    assertThat(Cli.fields(log.get(0)))
        .containsExactly(
            "at",
            "annotator",
            "shard",
            "row",
            "key",
            "uid",
            "action",
            "verdict",
            "track",
            "text",
            "span",
            "note",
            "id",
            "reference");
    JsonNode accept = log.get(0);
    CaptionRow row = rows(shard).get(1);
    assertThat(accept.path("at").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(accept.path("annotator").textValue()).isEqualTo("anna");
    assertThat(accept.path("shard").textValue()).isEqualTo("a.parquet");
    assertThat(accept.path("row").longValue()).isEqualTo(1);
    assertThat(accept.path("key").textValue()).isEqualTo(row.key().toString());
    assertThat(accept.path("uid").textValue()).isEqualTo(row.uid());
    assertThat(accept.path("verdict").textValue()).isEqualTo("accepted");
    assertThat(accept.path("span").isNull()).isTrue();
    assertThat(accept.path("note").isNull()).isTrue();
    assertThat(log.get(2).path("text").textValue()).isEqualTo("Written \u001b[2J");
    assertThat(log.get(3).path("note").textValue()).isEqualTo("blurred");
    assertThat(log.get(4).path("span").toString()).isEqualTo("[2,5]");
    assertThat(log.get(5).path("reference").longValue()).isEqualTo(5);
  }

  @Test
  void theLogForPeopleIsOneSafeLineAnEntry() {
    decide();

    Result result = cli.run("review", "log", "--workspace", workspace);

    assertThat(result.out().lines()).hasSize(6);
    assertThat(result.out())
        .contains("anna  a.parquet row 4  edit fused: Written \\u001b[2J", "(blurred)")
        .doesNotContain("\u001b");
  }

  @Test
  void aDatasetNarrowsTheLogToItsRows() throws Exception {
    decide();
    Path other = Shards.withPictures(folder.resolve("b.parquet"), 2);

    assertThat(cli.run("review", "log", other, "--workspace", workspace, "--json").out()).isEmpty();
    assertThat(cli.run("review", "log", shard, "--workspace", workspace, "--json").jsonLines())
        .hasSize(6);
  }

  @Test
  void withoutAWorkspaceTheLogIsEmptyAndNoneIsMade() {
    Result result = cli.run("review", "log", "--json");

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(cli.folders.defaultWorkspace().toString());
    assertThat(cli.folders.defaultWorkspace()).doesNotExist();
  }

  @Test
  void theWorkspaceOfTheWindowIsTheDefault() throws Exception {
    decide();
    Map<String, Object> settings = Map.of("workspace", workspace.toString());
    Files.createDirectories(cli.folders.config());
    Files.write(cli.folders.settings(), new ObjectMapper().writeValueAsBytes(settings));
    assertThat(AppSettings.load(cli.folders.settings()).workspace())
        .isEqualTo(workspace.toString());

    assertThat(cli.run("review", "log", "--json").jsonLines()).hasSize(6);
  }

  @Test
  void aFileThatIsNoWorkspaceIsNamedAndLeftAlone() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "my notes, not a workspace");

    Result result = cli.run("review", "log", "--workspace", text);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(text.toString());
    assertThat(text).hasContent("my notes, not a workspace");
  }

  @Test
  void acceptedRowsLeaveWithTheirCaptionsAndNothingElse() throws Exception {
    decide();

    Result result = cli.run("export", shard, "--out", out, "--workspace", workspace, "--json");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    JsonNode json = result.json();
    assertThat(Cli.fields(json))
        .containsExactly("samples", "shards", "bytes", "dropped", "seconds", "manifest");
    assertThat(json.path("samples").longValue()).isEqualTo(2);
    assertThat(json.path("shards").longValue()).isEqualTo(1);
    assertThat(json.path("bytes").longValue()).isPositive();
    assertThat(json.path("dropped").isObject()).isTrue();
    assertThat(json.path("seconds").isNumber()).isTrue();
    Path manifest = Path.of(json.path("manifest").textValue());
    assertThat(manifest).isEqualTo(out.resolve("manifest.json")).exists();
    Map<String, byte[]> tar = tar(out.resolve("00000.tar"));
    assertThat(tar.keySet())
        .containsExactly(
            "000000000.json",
            "000000000.png",
            "000000000.txt",
            "000000001.json",
            "000000001.png",
            "000000001.txt");
    assertThat(text(tar, "000000000.txt")).isEqualTo("fused 1");
    assertThat(text(tar, "000000001.txt")).isEqualTo("Written \u001b[2J");
    assertThat(tar.get("000000000.png")).isEqualTo(Shards.png());
  }

  private static Map<String, byte[]> tar(Path file) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        members.put(entry.getName(), tar.readAllBytes());
      }
    }
    return members;
  }

  private static String text(Map<String, byte[]> members, String name) {
    return new String(members.get(name), StandardCharsets.UTF_8);
  }

  @Test
  void everyOptionReachesTheExport() throws Exception {
    decide();

    Result result =
        cli.run(
            "export",
            shard,
            "--out",
            out,
            "--workspace",
            workspace,
            "--decisions",
            "not-rejected",
            "--where",
            "fused <> 'fused 5'",
            "--order",
            "fused DESC",
            "--captions",
            "track:blip",
            "--samples-per-shard",
            2,
            "--json");

    JsonNode json = result.json();
    assertThat(json.path("samples").longValue()).isEqualTo(4);
    assertThat(json.path("shards").longValue()).isEqualTo(2);
    assertThat(json.path("dropped").toString()).isEqualTo("{\"rejected\":1}");
    assertThat(text(tar(out.resolve("00000.tar")), "000000.txt")).isEqualTo("synthetic 4");
    assertThat(out.resolve("manifest.json"))
        .content()
        .contains("fused DESC", "fused <> 'fused 5'", "not-rejected", "track:blip");
  }

  @Test
  void nothingAcceptedIsAFailureThatNamesTheWorkspaceAndWritesNothing() {
    Result result = cli.run("export", shard, "--out", out, "--workspace", workspace);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(workspace.toString(), "--decisions all");
    assertThat(out).doesNotExist();
    assertThat(workspace).doesNotExist();
  }

  @Test
  void noRowThatMatchesIsAFailureToo() {
    Result result =
        cli.run("export", shard, "--out", out, "--decisions", "all", "--where", "false");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("nothing was exported");
    assertThat(out).doesNotExist();
  }

  @Test
  void anExportInWhichEveryPictureIsMissingFailsWithTheReason() throws Exception {
    Path remote = Shards.onThisMachine(folder.resolve("remote.parquet"));

    Result result = cli.run("export", remote, "--out", out, "--decisions", "all", "--json");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.json().path("samples").longValue()).isZero();
    assertThat(result.json().at("/dropped/image-refused").longValue()).isEqualTo(2);
    assertThat(result.err()).contains("2 image-refused");
  }

  @Test
  void anEarlierExportIsReplacedOnlyOnDemand() {
    Object[] export = {"export", shard, "--out", out, "--decisions", "all"};
    assertThat(cli.run(export).code()).isZero();

    Result again = cli.run(export);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("--overwrite");

    Result replaced = cli.run("export", shard, "--out", out, "--decisions", "all", "--overwrite");
    assertThat(replaced.code()).isZero();
    assertThat(replaced.out()).contains("6 samples in 1 tars", "manifest.json");
  }

  @Test
  void argumentsThatMakeNoSenseAreUsageErrors() {
    assertThat(cli.run("export", shard).code()).isEqualTo(2);
    assertThat(cli.run("export", shard, "--out", out, "--samples-per-shard", 0).code())
        .isEqualTo(2);
    Result result = cli.run("export", shard, "--out", out, "--decisions", "liked");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("accepted, all or not-rejected");
    assertThat(out).doesNotExist();
  }

  @Test
  void aPolicyWithAnUnknownTrackNamesThoseThatExist() {
    Result result =
        cli.run(
            "export", shard, "--out", out, "--decisions", "all", "--captions", "track:capsfusion");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("raw, blip, fused");
  }
}
