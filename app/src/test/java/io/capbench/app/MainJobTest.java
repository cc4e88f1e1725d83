package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.storage.workspace.DecisionCounts;
import io.capbench.storage.workspace.DecisionEntry;
import io.capbench.storage.workspace.LogQuery;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.fixture.FxThread;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path in a real window: open, look, decide by keyboard, undo, filter, export. */
class MainJobTest {
  private static final AppHome HOME = AppHome.find();
  private static final Path SAMPLE =
      Path.of("..", "samples", "sample-world", "sample-world.parquet").toAbsolutePath().normalize();

  @TempDir Path folder;
  private OpenWindow window;

  @BeforeEach
  void openTheSample() {
    window = open();
  }

  @AfterEach
  void closeTheWindow() {
    window.close();
  }

  @Test
  void rowsAreDecidedByKeyboardKeptInTheWorkspaceAndExported() throws Exception {
    assertThat(window.text("#count")).isEqualTo("300 of 300");
    assertThat(window.text("#place")).isEqualTo("1 of 300");

    press("Accepted row 0", KeyCode.A);
    press("Rejected row 1", KeyCode.X);
    press("Skipped row 2", KeyCode.SPACE);
    press("Preferred laion_coco", KeyCode.DIGIT2);
    press("Accepted row 3", KeyCode.A);
    window.push(KeyCode.E);
    window.until("the editor has the keyboard", () -> window.node("#editor").isFocused());
    FxThread.run(
        () -> ((TextInputControl) window.node("#editor")).setText("A caption by hand, für 3 €."));
    press("Saved the edited caption", KeyCode.CONTROL, KeyCode.ENTER);
    press("Accepted row 4", KeyCode.A);
    press("Rejected row 5", KeyCode.X);
    press("Undid: reject", KeyCode.CONTROL, KeyCode.Z);

    Path workspace = folder.resolve("data/work.capbench");
    try (Workspace seen = Workspace.open(workspace)) {
      List<String> actions = new ArrayList<>();
      List<String> shards = new ArrayList<>();
      seen.decisions()
          .read(
              LogQuery.all(),
              entry -> {
                actions.add(entry.action().id());
                shards.add(entry.shard());
              });
      assertThat(actions)
          .containsExactly(
              "accept", "reject", "skip", "prefer", "accept", "edit", "accept", "reject", "undo");
      assertThat(shards).containsOnly("sample-world.parquet");
    }

    export();

    Map<String, byte[]> members = members(folder.resolve("export").resolve("00000.tar"));
    assertThat(members.keySet().stream().filter(name -> name.endsWith(".txt"))).hasSize(3);
    assertThat(members.keySet().stream().filter(name -> name.endsWith(".json"))).hasSize(3);
    List<String> captions =
        members.entrySet().stream()
            .filter(member -> member.getKey().endsWith(".txt"))
            .map(member -> new String(member.getValue(), StandardCharsets.UTF_8))
            .toList();
    List<JsonNode> facts = new ArrayList<>();
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      if (member.getKey().endsWith(".json")) {
        facts.add(new ObjectMapper().readTree(member.getValue()));
      }
    }
    assertThat(captions.get(0)).isEqualTo(facts.get(0).get("capsfusion").textValue());
    assertThat(captions.get(1)).isEqualTo(facts.get(1).get("laion_coco").textValue());
    assertThat(captions.get(2)).isEqualTo("A caption by hand, für 3 €.");
    assertThat(facts).allSatisfy(fact -> assertThat(fact.get("uid").textValue()).hasSize(32));
    assertThat(folder.resolve("export").resolve("manifest.json")).exists();
  }

  @Test
  void decisionsAndThePositionAreThereAfterARestartAndCanBeUndone() throws Exception {
    press("Accepted row 0", KeyCode.A);
    press("Accepted row 1", KeyCode.A);
    window.close();

    window = open();
    window.until(
        "both decisions are counted", () -> window.text("#progress").equals("2 of 300 decided"));
    press("Undid: accept", KeyCode.CONTROL, KeyCode.Z);
    window.until("one decision is left", () -> window.text("#progress").equals("1 of 300 decided"));

    try (Workspace seen = Workspace.open(folder.resolve("data/work.capbench"))) {
      List<DecisionEntry> entries = new ArrayList<>();
      seen.decisions().read(LogQuery.all(), entries::add);
      DecisionCounts counts =
          seen.decisions().counts(java.util.Set.of(entries.get(0).key().fingerprint()));
      assertThat(counts.accepted()).isEqualTo(1);
      assertThat(entries).extracting(entry -> entry.key().row()).containsExactly(0L, 1L, 1L);
    }
  }

  @Test
  void aSearchShowsTheRowsThatFitAndEscapeFromNothingFoundLeadsBack() throws Exception {
    window.push(KeyCode.CONTROL, KeyCode.F);
    window.until("the search field has the keyboard", () -> window.node("#search").isFocused());
    FxThread.run(() -> ((TextInputControl) window.node("#search")).setText("no caption says this"));
    window.push(KeyCode.ENTER);
    window.until("no row matches", () -> window.text("#empty-title").equals("No row matches"));

    FxThread.run(() -> ((javafx.scene.control.Button) window.node("#clear-filter")).fire());

    window.until("every row is back", () -> window.text("#count").equals("300 of 300"));
  }

  private OpenWindow open() {
    return new OpenWindow(
        new AppFolders(folder.resolve("config"), folder.resolve("data"), folder.resolve("cache")),
        SAMPLE,
        HOME);
  }

  private void export() {
    window.push(KeyCode.CONTROL, KeyCode.E);
    window.until("the export sheet", () -> window.node("#overlay").isVisible());
    FxThread.run(
        () -> {
          ((TextInputControl) window.node("#export-folder"))
              .setText(folder.resolve("export").toString());
          window.node("#export-run").requestFocus();
        });
    window.push(KeyCode.ENTER);
    window.until(
        "the report", () -> window.text("#export-result").startsWith("Wrote 3 samples in 1 shard"));
  }

  private void press(String message, KeyCode... keys) {
    window.push(keys);
    window.until(message, () -> window.text("#message").equals(message));
  }

  private static Map<String, byte[]> members(Path tar) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(tar);
        TarArchiveInputStream entries = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        members.put(entry.getName(), entries.readAllBytes());
      }
    }
    return members;
  }
}
