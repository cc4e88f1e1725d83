package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.app.gui.CapbenchWindow;
import io.capbench.storage.workspace.DecisionCounts;
import io.capbench.storage.workspace.DecisionEntry;
import io.capbench.storage.workspace.LogQuery;
import io.capbench.storage.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The whole path in a real window: open, look, decide by keyboard, undo, filter, export. */
class MainJobTest {
  private static final AppHome HOME = AppHome.find();
  private static final Path SAMPLE =
      Path.of("..", "samples", "sample-world", "sample-world.parquet").toAbsolutePath().normalize();

  @TempDir Path folder;
  private final FxRobot robot = new FxRobot();
  private CapbenchWindow window;

  @BeforeEach
  void openTheSample() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
    window = open();
  }

  @AfterEach
  void closeTheWindow() throws TimeoutException {
    close();
    FxToolkit.cleanupStages();
  }

  @Test
  void rowsAreDecidedByKeyboardKeptInTheWorkspaceAndExported() throws Exception {
    assertThat(text("count")).isEqualTo("300 of 300");
    assertThat(text("place")).isEqualTo("1 of 300");

    press("Accepted row 0", KeyCode.A);
    press("Rejected row 1", KeyCode.X);
    press("Skipped row 2", KeyCode.SPACE);
    press("Preferred laion_coco", KeyCode.DIGIT2);
    press("Accepted row 3", KeyCode.A);
    robot.push(KeyCode.E);
    await("the editor has the keyboard", () -> node("editor").isFocused());
    robot.interact(
        () -> ((TextInputControl) node("editor")).setText("A caption by hand, für 3 €."));
    press("Saved the edited caption", KeyCode.CONTROL, KeyCode.ENTER);
    press("Accepted row 4", KeyCode.A);
    press("Rejected row 5", KeyCode.X);
    press("Undid: reject", KeyCode.CONTROL, KeyCode.Z);

    Path workspace = folder.resolve("work.capbench");
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
    close();

    window = open();
    await("both decisions are counted", () -> text("progress").equals("2 of 300 decided"));
    press("Undid: accept", KeyCode.CONTROL, KeyCode.Z);
    await("one decision is left", () -> text("progress").equals("1 of 300 decided"));

    try (Workspace seen = Workspace.open(folder.resolve("work.capbench"))) {
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
    robot.push(KeyCode.CONTROL, KeyCode.F);
    await("the search field has the keyboard", () -> node("search").isFocused());
    robot.interact(() -> ((TextInputControl) node("search")).setText("no caption says this"));
    robot.push(KeyCode.ENTER);
    await("no row matches", () -> text("empty-title").equals("No row matches"));

    robot.interact(() -> ((javafx.scene.control.Button) node("clear-filter")).fire());

    await("every row is back", () -> text("count").equals("300 of 300"));
  }

  private CapbenchWindow open() throws TimeoutException {
    AppFolders folders =
        new AppFolders(folder.resolve("config"), folder.resolve("data"), folder.resolve("cache"));
    CapbenchWindow opened =
        FxToolkit.setupFixture(
            () ->
                new CapbenchWindow(
                    new Stage(),
                    folders,
                    new CapbenchWindow.Request(
                        Workspace.open(folder.resolve("work.capbench")),
                        AppSettings.load(folders.settings()),
                        WebAccess.USUAL,
                        null,
                        List.of(SAMPLE),
                        HOME)));
    window = opened;
    await("the first row is here", () -> !node("accept").isDisabled());
    robot.interact(window.stage()::requestFocus);
    await("keys come to the window", () -> window.stage().isFocused());
    return opened;
  }

  private void close() throws TimeoutException {
    if (window.stage().isShowing()) {
      FxToolkit.setupFixture(window.stage()::close);
    }
  }

  private void export() throws TimeoutException {
    robot.push(KeyCode.CONTROL, KeyCode.E);
    await("the export sheet", () -> node("overlay").isVisible());
    robot.interact(
        () -> {
          ((TextInputControl) node("export-folder")).setText(folder.resolve("export").toString());
          node("export-run").requestFocus();
        });
    robot.push(KeyCode.ENTER);
    await("the report", () -> text("export-result").startsWith("Wrote 3 samples in 1 shard"));
  }

  private void press(String message, KeyCode... keys) throws TimeoutException {
    robot.push(keys);
    await(message, () -> text("message").equals(message));
  }

  private void await(String what, BooleanSupplier condition) throws TimeoutException {
    try {
      WaitForAsyncUtils.waitFor(
          30, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get());
    } catch (TimeoutException e) {
      throw new AssertionError(
          "Waited in vain: " + what + "; the window says \"" + text("message") + "\"", e);
    }
  }

  private String text(String id) {
    return ((Labeled) node(id)).getText();
  }

  private Node node(String id) {
    return window.stage().getScene().lookup("#" + id);
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
