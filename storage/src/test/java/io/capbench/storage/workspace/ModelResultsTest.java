package io.capbench.storage.workspace;

import static io.capbench.storage.workspace.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelResultsTest {
  private static final String MODEL = "c0".repeat(32);

  @TempDir Path folder;
  private WorkspaceConnection connection;
  private ModelResults results;

  @BeforeEach
  void open() {
    connection = WorkspaceOpener.current().open(folder.resolve("w.capbench"));
    results = new ModelResults(connection, 100);
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private static ResultKey key(long row) {
    return ResultKey.of(row(row).key(), "a caption", MODEL, "grounding-1");
  }

  @Test
  void whatWasKeptComesBackAfterReopening() {
    results.put(key(1), new byte[] {1, 2, 3});
    connection.close();
    try (Workspace workspace = Workspace.open(folder.resolve("w.capbench"))) {
      assertThat(workspace.results().get(key(1))).contains(new byte[] {1, 2, 3});
      assertThat(workspace.results().bytes()).isEqualTo(3);
    }
  }

  @Test
  void anotherRowCaptionModelOrMethodIsAnotherResult() {
    results.put(key(1), new byte[1]);
    assertThat(results.get(key(2))).isEmpty();
    var key = row(1).key();
    assertThat(results.get(ResultKey.of(key, "A caption", MODEL, "grounding-1"))).isEmpty();
    assertThat(results.get(ResultKey.of(key, "a caption", "d0".repeat(32), "grounding-1")))
        .isEmpty();
    assertThat(results.get(ResultKey.of(key, "a caption", MODEL, "grounding-2"))).isEmpty();
    assertThat(
            results.get(
                ResultKey.of(row(Rows.SECOND_SHARD, 1).key(), "a caption", MODEL, "grounding-1")))
        .as("the same row of another shard, such as one that was written anew")
        .isEmpty();
  }

  @Test
  void theLaterResultTakesThePlaceOfTheEarlier() {
    results.put(key(1), new byte[60]);
    results.put(key(1), new byte[] {7});
    assertThat(results.get(key(1))).contains(new byte[] {7});
    assertThat(results.bytes()).isEqualTo(1);
  }

  @Test
  void whatWasNotUsedForLongestGoesFirst() {
    results.put(key(1), new byte[40]);
    results.put(key(2), new byte[40]);
    assertThat(results.get(key(1))).isPresent();
    results.put(key(3), new byte[40]);
    assertThat(results.get(key(2))).isEmpty();
    assertThat(results.get(key(1))).isPresent();
    assertThat(results.get(key(3))).isPresent();
    assertThat(results.bytes()).isEqualTo(80);
  }

  @Test
  void aResultLargerThanTheBoundIsNotKeptAndPushesNothingOut() {
    results.put(key(1), new byte[100]);
    results.put(key(2), new byte[101]);
    assertThat(results.get(key(2))).isEmpty();
    assertThat(results.get(key(1))).isPresent();
  }

  @Test
  void readingNeedsNoRightToWrite() {
    results.put(key(1), new byte[3]);
    connection.close();
    WorkspaceOpener reading = new WorkspaceOpener(WorkspaceSchema.current(), path -> false, 50);
    try (WorkspaceConnection readOnly = reading.open(folder.resolve("w.capbench"))) {
      assertThat(new ModelResults(readOnly).get(key(1))).isPresent();
    }
  }
}
