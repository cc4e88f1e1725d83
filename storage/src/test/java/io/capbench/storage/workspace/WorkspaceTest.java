package io.capbench.storage.workspace;

import static io.capbench.storage.workspace.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.model.TrackRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir Path folder;

  private Workspace open() {
    return Workspace.open(folder.resolve("new/folders/w.capbench"));
  }

  private static ShardInfo shard(String path, String fingerprint) {
    return new ShardInfo(Path.of(path), 12, 1, 100, fingerprint, null);
  }

  @Test
  void openingMakesTheFileAndItsFolders() {
    try (Workspace workspace = open()) {
      assertThat(workspace.file()).isAbsolute().isRegularFile();
      assertThat(workspace.readOnly()).isFalse();
    }
    assertThat(folder.resolve("new/folders"))
        .as("closed: nothing pending beside the file")
        .isDirectoryContaining(path -> path.endsWith("w.capbench"))
        .isDirectoryNotContaining(path -> path.toString().endsWith("-wal"));
  }

  @Test
  void aPathMayHoldWhatUrlsDoNot() {
    Path odd = folder.resolve("a b?mode=ro#c%41&ü 图").resolve("w;1.capbench");
    try (Workspace workspace = Workspace.open(odd)) {
      workspace.decisions().append(NewDecision.accept(row(1), "Ada"));
    }
    assertThat(odd).isRegularFile();
    try (Workspace workspace = Workspace.open(odd)) {
      assertThat(workspace.decisions().all()).hasSize(1);
    }
  }

  @Test
  void settingsSurviveReopening() {
    try (Workspace workspace = open()) {
      workspace.settings().put("annotator", "Ada");
      workspace.settings().put("annotator", "Bo 'the' Great");
      workspace.settings().put("theme", "dark");
      workspace.settings().remove("theme");
      workspace.settings().remove("never was there");
    }
    try (Workspace workspace = open()) {
      assertThat(workspace.settings().get("annotator")).contains("Bo 'the' Great");
      assertThat(workspace.settings().get("theme")).isEmpty();
    }
  }

  @Test
  void mappingsAreKeptPerDataset() {
    ColumnMapping mapping =
        new ColumnMapping(
            List.of(
                new CaptionTrack("raw \"alt\"", TrackRole.RAW, "laion_2b"),
                new CaptionTrack("fused", TrackRole.FUSED, "capsfusion")),
            "image_url",
            ImageKind.URL);
    ColumnMapping textOnly = new ColumnMapping(List.of(), null, ImageKind.NONE);
    try (Workspace workspace = open()) {
      workspace.saveMapping("one", textOnly);
      workspace.saveMapping("one", mapping);
      workspace.saveMapping("two", textOnly);
    }
    try (Workspace workspace = open()) {
      assertThat(workspace.mapping("one")).contains(mapping);
      assertThat(workspace.mapping("two")).contains(textOnly);
      assertThat(workspace.mapping("three")).isEmpty();
    }
  }

  @Test
  void tracksThatAPersonTookOutAreRememberedByDataset() {
    try (Workspace workspace = open()) {
      assertThat(workspace.leftOut("one")).isEmpty();
      workspace.leaveOut("one", Set.of("fused (small, bf16)", "other"));
      workspace.leaveOut("two", Set.of("a"));
      workspace.leaveOut("two", Set.of());
    }
    try (Workspace workspace = open()) {
      assertThat(workspace.leftOut("one"))
          .containsExactlyInAnyOrder("fused (small, bf16)", "other");
      assertThat(workspace.leftOut("two")).isEmpty();
    }
  }

  @Test
  void aDatasetsIdDoesNotDependOnPlaceOrOrder() {
    ShardInfo one = shard("a.parquet", Rows.FIRST_SHARD);
    ShardInfo two = shard("b.parquet", Rows.SECOND_SHARD);
    ShardInfo moved = shard("elsewhere/c.parquet", Rows.FIRST_SHARD);
    ShardInfo broken = new ShardInfo(Path.of("x.parquet"), 0, 0, 4, null, "It is cut off.");

    assertThat(Workspace.datasetId(List.of(one, two)))
        .isEqualTo(Workspace.datasetId(List.of(two, broken, moved)))
        .isNotEqualTo(Workspace.datasetId(List.of(one)))
        .hasSize(64);
  }

  @Test
  void theLastTenDatasetsAreRememberedLatestFirstAndOnceEach() {
    try (Workspace workspace = open()) {
      for (int i = 0; i < 12; i++) {
        workspace.rememberDataset(List.of(folder.resolve("d" + i), folder.resolve("e, f")));
      }
      workspace.rememberDataset(List.of(folder.resolve("d5"), folder.resolve("e, f")));
    }
    try (Workspace workspace = open()) {
      assertThat(workspace.recentDatasets())
          .hasSize(10)
          .startsWith(
              List.of(folder.resolve("d5"), folder.resolve("e, f")),
              List.of(folder.resolve("d11"), folder.resolve("e, f")))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void shardsAreKnownByWhereTheyWereSeenLast() {
    try (Workspace workspace = open()) {
      workspace.rememberShards(
          List.of(
              shard("old.parquet", Rows.FIRST_SHARD),
              new ShardInfo(Path.of("x.parquet"), 0, 0, 4, null, "It is cut off.")));
      workspace.rememberShards(List.of(shard("moved.parquet", Rows.FIRST_SHARD)));

      assertThat(workspace.shard(Rows.FIRST_SHARD))
          .contains(new KnownShard(Path.of("moved.parquet").toAbsolutePath(), 12));
      assertThat(workspace.shard(Rows.SECOND_SHARD)).isEmpty();
    }
  }

  @Test
  void aClosedWorkspaceSaysSo() {
    Workspace workspace = open();
    workspace.close();
    workspace.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> workspace.settings().get("x"))
        .withMessageContaining("closed");
  }

  @Test
  void severalMayMakeTheSameWorkspaceAtOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      makeAtOnce(folder.resolve("w" + round + ".capbench"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("nothing else is left behind").hasSize(10);
    }
  }

  private static void makeAtOnce(Path file) throws Exception {
    // On a busy machine eight of them may take longer than a person would be kept waiting.
    WorkspaceOpener patient =
        new WorkspaceOpener(WorkspaceSchema.current(), Files::isWritable, 60_000);
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try (Workspace workspace = Workspace.open(file, patient)) {
                  workspace.decisions().append(NewDecision.accept(row(number), "Ada"));
                }
              });
      thread.setUncaughtExceptionHandler(
          (failed, failure) -> {
            synchronized (failures) {
              failures.add(failure);
            }
          });
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    try (Workspace workspace = Workspace.open(file)) {
      assertThat(workspace.decisions().all()).hasSize(8);
    }
  }
}
