package io.capbench.storage.workspace;

import static io.capbench.storage.model.Verdict.ACCEPTED;
import static io.capbench.storage.model.Verdict.REJECTED;
import static io.capbench.storage.workspace.Rows.row;
import static java.time.Instant.ofEpochMilli;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceOpenerTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("w.capbench");
  }

  /** Tests may run as root, for whom every folder can be written. */
  private static WorkspaceOpener nothingWritable() {
    return new WorkspaceOpener(WorkspaceSchema.current(), path -> false, 50);
  }

  private static WorkspaceOpener withSteps(String... more) {
    List<String> steps = new ArrayList<>(WorkspaceSchema.current().steps());
    steps.addAll(List.of(more));
    return new WorkspaceOpener(new WorkspaceSchema(steps), Files::isWritable, 50);
  }

  private void makeWithOneDecision() {
    try (Workspace workspace = Workspace.open(file)) {
      workspace.decisions().append(NewDecision.accept(row(1), "Ada"));
    }
  }

  private void sql(String statement) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var run = connection.createStatement()) {
      run.executeUpdate(statement);
    }
  }

  private List<Path> beside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> !path.equals(file)).toList();
    }
  }

  private void assertRefusedUntouched(String... words) throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> Workspace.open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(words);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(beside()).isEmpty();
  }

  @Test
  void aWorkspaceThatCannotBeWrittenOpensForReading() throws IOException {
    makeWithOneDecision();
    byte[] before = Files.readAllBytes(file);
    try (Workspace workspace = Workspace.open(file, nothingWritable())) {
      assertThat(workspace.readOnly()).isTrue();
      assertThat(workspace.decisions().all()).hasSize(1);
      assertThatThrownBy(() -> workspace.decisions().append(NewDecision.reject(row(1), "Ada")))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContainingAll(file.toString(), "reading only", "Copy");
      assertThatThrownBy(() -> workspace.settings().put("a", "b"))
          .isInstanceOf(CapbenchException.class);
      assertThat(workspace.decisions().all()).hasSize(1);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aWorkspaceOpenElsewhereCanBeReadWithItsPendingDecisions() {
    try (Workspace writer = Workspace.open(file);
        Workspace reader = Workspace.open(file, nothingWritable())) {
      writer.decisions().append(NewDecision.accept(row(1), "Ada"));
      assertThat(reader.decisions().all()).hasSize(1);
    }
  }

  @Test
  void aClosedWorkspaceCanBeReadAsImmutable() throws SQLException {
    makeWithOneDecision();
    try (WorkspaceConnection connection = WorkspaceOpener.current().openImmutable(file)) {
      assertThat(connection.readOnly()).isTrue();
      assertThat(new DecisionLog(connection).all()).hasSize(1);
    }
  }

  @Test
  void pendingDecisionsAreNeverPassedOverInSilence() throws IOException {
    Path copy = folder.resolve("copy.capbench");
    try (Workspace workspace = Workspace.open(file)) {
      workspace.decisions().append(NewDecision.accept(row(1), "Ada"));
      Files.copy(file, copy);
      Files.copy(folder.resolve("w.capbench-wal"), folder.resolve("copy.capbench-wal"));
    }
    assertThatThrownBy(() -> WorkspaceOpener.current().openImmutable(copy))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll(copy.toString(), "pending in copy.capbench-wal", "Copy both");
    // A folder in the place of the side file stops even root from making it.
    Files.createDirectory(folder.resolve("copy.capbench-shm"));
    try (Workspace workspace = Workspace.open(copy, nothingWritable())) {
      assertThat(workspace.decisions().all()).hasSize(1);
    }
  }

  @Test
  void everyCommitGoesToTheDisk() {
    try (WorkspaceConnection connection = WorkspaceOpener.current().open(file)) {
      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "synchronous")).as("FULL").isEqualTo("2");
      assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("5000");
    }
  }

  @Test
  void nobodyElseWritesBetweenWhatATransactionReadsAndWhatItWrites() {
    WorkspaceOpener impatient =
        new WorkspaceOpener(WorkspaceSchema.current(), Files::isWritable, 50);
    try (WorkspaceConnection one = impatient.open(file);
        Workspace two = Workspace.open(file, impatient)) {
      String version =
          one.write(
              sql -> {
                assertThatThrownBy(() -> two.settings().put("a", "b"))
                    .isInstanceOf(CapbenchException.class)
                    .hasMessageContaining("Another program");
                return pragma(one, "user_version");
              });
      assertThat(version).isEqualTo("4");
      two.settings().put("a", "b");
    }
  }

  private static String pragma(WorkspaceConnection connection, String name) {
    return connection.read(
        sql -> {
          try (var statement = sql.createStatement();
              var result = statement.executeQuery("PRAGMA " + name)) {
            return result.getString(1);
          }
        });
  }

  @Test
  void whatCannotBeMadeNamesFolderAndRemedy() throws IOException {
    Path blocker = Files.writeString(folder.resolve("blocker"), "a file, not a folder");
    assertThatThrownBy(() -> Workspace.open(blocker.resolve("sub/w.capbench")))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll("w.capbench", blocker.resolve("sub").toString(), "--workspace");
    assertThatThrownBy(() -> Workspace.open(file, nothingWritable()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll("w.capbench", folder.toString(), "--workspace");
    assertThat(file).doesNotExist();
    assertThatThrownBy(() -> Workspace.open(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void anEmptyFileBecomesAWorkspace() throws IOException {
    Files.createFile(file);
    makeWithOneDecision();
    assertThat(Files.size(file)).isPositive();
  }

  @Test
  void anOlderFileIsCopiedAndThenBroughtUpToDate() throws Exception {
    makeWithOneDecision();

    try (Workspace workspace =
        Workspace.open(file, withSteps("CREATE TABLE extra (x); INSERT INTO extra VALUES (7);"))) {
      assertThat(workspace.decisions().all()).hasSize(1);
    }

    sql("UPDATE extra SET x = 8");
    List<Path> copies = beside();
    assertThat(copies).singleElement().asString().contains("w.capbench.backup-v4-");
    Path copy = copies.get(0);
    try (Workspace backup = Workspace.open(copy)) {
      assertThat(backup.decisions().all()).as("the copy is a version 4 workspace").hasSize(1);
    }
  }

  @Test
  void aFileOfVersionOneKeepsItsDecisionsAndTakesTagsAndSpans() throws Exception {
    WorkspaceSchema one = new WorkspaceSchema(WorkspaceSchema.current().steps().subList(0, 1));
    new WorkspaceOpener(one, Files::isWritable, 50).open(file).close();
    sql(
        ("INSERT INTO decision_log (at, annotator, fingerprint, row, shard, content_hash, action,"
                + " verdict, session) VALUES (7, 'Ada', '%1$s', 1, 'a1', '%2$s', 'accept', 'accepted',"
                + " 's'), (8, 'Ada', '%1$s', 2, 'a1', '%2$s', 'reject', 'rejected', 's')")
            .formatted(Rows.FIRST_SHARD, row(1).contentHash()));
    sql(
        "INSERT INTO decision (fingerprint, row, verdict, annotator, at)"
            + " SELECT fingerprint, row, verdict, annotator, at FROM decision_log");

    try (Workspace workspace = Workspace.open(file)) {
      DecisionLog log = workspace.decisions();
      assertThat(log.all())
          .containsExactly(
              new Decision(row(1).key(), ACCEPTED, null, null, null, "Ada", ofEpochMilli(7)),
              new Decision(row(2).key(), REJECTED, null, null, null, "Ada", ofEpochMilli(8)));
      log.append(NewDecision.tag(row(1), "Bo", "blurred"));
      log.append(NewDecision.span(row(3), "Bo", "raw", new Span(0, 3), "object"));
      List<Decision> all = log.all();
      assertThat(all.get(0).tags()).containsExactly("blurred");
      assertThat(all.get(2).spans()).hasSize(1);
      assertThat(log.counts(Rows.BOTH).decided()).isEqualTo(2);
      log.rebuild();
      assertThat(log.all()).isEqualTo(all);
    }
    assertThat(beside()).singleElement().asString().contains("w.capbench.backup-v1-");
    try (var copy = DriverManager.getConnection("jdbc:sqlite:" + beside().get(0));
        var query = copy.createStatement();
        var version = query.executeQuery("PRAGMA user_version")) {
      assertThat(version.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  void aFileOfVersionTwoKeepsItsDecisionsAndTakesScoresAndResults() throws Exception {
    WorkspaceSchema two = new WorkspaceSchema(WorkspaceSchema.current().steps().subList(0, 2));
    WorkspaceOpener old = new WorkspaceOpener(two, Files::isWritable, 50);
    List<Decision> decided;
    try (Workspace workspace = Workspace.open(file, old)) {
      workspace.decisions().append(NewDecision.accept(row(1), "Ada"));
      workspace.decisions().append(NewDecision.tag(row(2), "Ada", "blurred"));
      decided = workspace.decisions().all();
    }

    try (Workspace workspace = Workspace.open(file)) {
      assertThat(workspace.decisions().all()).isEqualTo(decided);
      ResultKey key = ResultKey.of(row(1).key(), "text", "c0".repeat(32), "grounding-1");
      workspace.results().put(key, new byte[] {1});
      assertThat(workspace.results().get(key)).isPresent();
      ScoredModel model = workspace.scores().use("c0".repeat(32), "model");
      assertThat(workspace.scores().models()).containsExactly(model);
    }
    assertThat(beside()).singleElement().asString().contains("w.capbench.backup-v2-");
    try (Workspace backup = Workspace.open(beside().get(0), old)) {
      assertThat(backup.decisions().all()).isEqualTo(decided);
    }
  }

  @Test
  void aFailedStepLeavesTheFileAtItsOldVersion() throws Exception {
    makeWithOneDecision();
    WorkspaceOpener broken = withSteps("CREATE TABLE extra (x); SELECT no_such_function();");
    assertThatThrownBy(() -> Workspace.open(file, broken))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(file.toString());

    try (Workspace workspace = Workspace.open(file)) {
      assertThat(workspace.decisions().all()).hasSize(1);
    }
    sql("CREATE TABLE extra (x)");
  }

  @Test
  void anOlderFileThatCannotBeWrittenIsRefusedForReading() {
    makeWithOneDecision();
    WorkspaceOpener newer =
        new WorkspaceOpener(withSteps("CREATE TABLE extra (x)").schema(), path -> false, 50);
    assertThatThrownBy(() -> Workspace.open(file, newer))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll(file.toString(), "older version", "Copy");
  }

  @Test
  void aFileOfANewerVersionIsRefusedUntouched() throws Exception {
    makeWithOneDecision();
    sql("PRAGMA user_version = 99");
    assertRefusedUntouched("newer version", "99");
  }

  @Test
  void whatIsNotADatabaseIsRefusedUntouched() throws IOException {
    Files.writeString(file, "Dear diary, this is the only copy. ".repeat(20));
    assertRefusedUntouched("not a Capbench workspace", "--workspace");
    Files.writeString(file, "short");
    assertRefusedUntouched("not a Capbench workspace");
  }

  @Test
  void aDeviceIsNotTakenForAFile() {
    assertThatThrownBy(() -> Workspace.open(Path.of("/dev/null")))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("device");
    assertThat(Path.of("/dev/null-journal")).doesNotExist();
  }

  @Test
  void anotherProgramsDatabaseIsRefusedUntouched() throws Exception {
    sql("CREATE TABLE bookmarks (url)");
    assertRefusedUntouched("not a Capbench workspace", "another program's");
  }

  @Test
  void aDamagedFileIsSaidToBeDamaged() throws IOException {
    makeWithOneDecision();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(
            () -> {
              try (Workspace workspace = Workspace.open(file)) {
                workspace.decisions().append(NewDecision.accept(row(2), "Ada"));
              }
            })
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll(file.toString(), "damaged", "backup");
  }

  @Test
  void aFileThatAnotherProgramHoldsIsSaidToBeHeldAndWorksAfterwards() throws SQLException {
    WorkspaceOpener impatient =
        new WorkspaceOpener(WorkspaceSchema.current(), Files::isWritable, 50);
    try (Workspace workspace = Workspace.open(file, impatient)) {
      try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
          var statement = other.createStatement()) {
        statement.executeUpdate("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> workspace.decisions().append(NewDecision.accept(row(1), "Ada")))
            .isInstanceOf(CapbenchException.class)
            .hasMessageContainingAll("Another program", file.toString());
        assertThat(workspace.decisions().all()).isEmpty();
        statement.executeUpdate("ROLLBACK");
      }
      workspace.decisions().append(NewDecision.accept(row(1), "Ada"));
      assertThat(workspace.decisions().all()).hasSize(1);
    }
  }

  @Test
  void afterAFailedTransactionNothingOfItStaysAndTheNextSucceeds() throws SQLException {
    try (Workspace workspace = Workspace.open(file)) {
      sql(
          "CREATE TRIGGER refuse BEFORE INSERT ON decision WHEN NEW.row = 5"
              + " BEGIN SELECT RAISE(ABORT, 'not this one'); END");
      assertThatThrownBy(() -> workspace.decisions().append(NewDecision.accept(row(5), "Ada")))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("not this one");
      workspace.decisions().append(NewDecision.accept(row(6), "Ada"));

      List<Long> logged = new ArrayList<>();
      workspace.decisions().read(LogQuery.all(), entry -> logged.add(entry.key().row()));
      assertThat(logged).containsExactly(6L);
    }
  }
}
