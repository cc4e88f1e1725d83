package io.capbench.storage.workspace;

import static io.capbench.storage.workspace.Rows.BOTH;
import static io.capbench.storage.workspace.Rows.FIRST_SHARD;
import static io.capbench.storage.workspace.Rows.SECOND_SHARD;
import static io.capbench.storage.workspace.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionLogTest {
  @TempDir Path folder;
  private Workspace workspace;
  private DecisionLog log;

  @BeforeEach
  void open() {
    workspace = Workspace.open(folder.resolve("w.capbench"));
    log = workspace.decisions();
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private Decision now(long row) {
    return log.current(row(row).key()).orElseThrow();
  }

  private List<DecisionEntry> entries(LogQuery query) {
    List<DecisionEntry> entries = new ArrayList<>();
    log.read(query, entries::add);
    return entries;
  }

  @Test
  void anEntryCarriesAllThatTheLogIsAskedFor() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    NewDecision edit =
        new NewDecision(
            row(7),
            "Ada",
            DecisionAction.EDIT,
            "fused",
            "a \"red\" bus\nمرحبا 🚌",
            new Span(2, 9),
            "colour was wrong");

    DecisionEntry entry = log.append(edit);

    assertThat(entries(LogQuery.all())).containsExactly(entry);
    assertThat(entry.id()).isEqualTo(1);
    assertThat(entry.at()).isBetween(before, Instant.now());
    assertThat(entry.annotator()).isEqualTo("Ada");
    assertThat(entry.key()).isEqualTo(row(7).key());
    assertThat(entry.shard()).isEqualTo("a1.parquet");
    assertThat(entry.contentHash()).isEqualTo(row(7).contentHash());
    assertThat(entry.uid()).isEqualTo(row(7).uid());
    assertThat(entry.action()).isEqualTo(DecisionAction.EDIT);
    assertThat(entry.verdict()).isNull();
    assertThat(entry.track()).isEqualTo("fused");
    assertThat(entry.text()).isEqualTo("a \"red\" bus\nمرحبا 🚌");
    assertThat(entry.span()).isEqualTo(new Span(2, 9));
    assertThat(entry.note()).isEqualTo("colour was wrong");
    assertThat(entry.reference()).isNull();
    assertThat(entry.session()).isEqualTo(log.session());
  }

  @Test
  void theLatestVerdictHoldsAndAClearedOneLeavesNothing() {
    log.append(NewDecision.accept(row(1), "Ada"));
    assertThat(now(1).verdict()).isEqualTo(Verdict.ACCEPTED);
    DecisionEntry second = log.append(NewDecision.reject(row(1), "Bo").withNote("blurred"));
    assertThat(now(1))
        .isEqualTo(
            new Decision(row(1).key(), Verdict.REJECTED, null, null, null, "Bo", second.at()));
    log.append(NewDecision.skip(row(1), "Ada"));
    assertThat(now(1).verdict()).isEqualTo(Verdict.SKIPPED);

    log.append(NewDecision.clear(row(1), "Ada"));

    assertThat(log.current(row(1).key())).isEmpty();
    assertThat(entries(LogQuery.all()))
        .extracting(DecisionEntry::verdict)
        .containsExactly(Verdict.ACCEPTED, Verdict.REJECTED, Verdict.SKIPPED, null);
  }

  @Test
  void verdictPreferenceAndEditAreKeptApart() {
    log.append(NewDecision.prefer(row(1), "Ada", "blip"));
    log.append(NewDecision.edit(row(1), "Ada", "fused", "mine"));
    DecisionEntry last = log.append(NewDecision.verdict(row(1), "Ada", Verdict.ACCEPTED));
    assertThat(now(1))
        .isEqualTo(
            new Decision(
                row(1).key(), Verdict.ACCEPTED, "blip", "fused", "mine", "Ada", last.at()));

    log.append(NewDecision.verdict(row(1), "Ada", null));
    assertThat(now(1).verdict()).isNull();
    assertThat(now(1).editedText()).isEqualTo("mine");
    log.append(NewDecision.prefer(row(1), "Ada", null));
    assertThat(now(1).preferredTrack()).isNull();
    log.append(NewDecision.withdrawEdit(row(1), "Ada"));
    assertThat(log.current(row(1).key())).isEmpty();
  }

  @Test
  void undoTakesBackTheAnnotatorsOwnNewestActionAndNamesItsRow() {
    log.append(NewDecision.accept(row(1), "Ada"));
    DecisionEntry mine = log.append(NewDecision.reject(row(2), "Ada"));
    log.append(NewDecision.accept(row(2), "Bo"));

    assertThat(log.undo("Ada", BOTH)).contains(mine);

    assertThat(now(2).annotator()).isEqualTo("Bo");
    assertThat(now(1).verdict()).isEqualTo(Verdict.ACCEPTED);
    DecisionEntry undo = entries(LogQuery.all().after(3)).get(0);
    assertThat(undo.action()).isEqualTo(DecisionAction.UNDO);
    assertThat(undo.reference()).isEqualTo(mine.id());
    assertThat(undo.key()).isEqualTo(mine.key());
    assertThat(undo.contentHash()).isEqualTo(mine.contentHash());
  }

  @Test
  void undoneVerdictGivesWayToTheOneBefore() {
    log.append(NewDecision.accept(row(1), "Ada"));
    log.append(NewDecision.reject(row(1), "Ada"));
    log.undo("Ada", BOTH);
    assertThat(now(1).verdict()).isEqualTo(Verdict.ACCEPTED);
    log.undo("Ada", BOTH);
    assertThat(log.current(row(1).key())).isEmpty();
    assertThat(log.undo("Ada", BOTH)).isEmpty();
  }

  @Test
  void undoStaysOnTheShardsAtHand() {
    DecisionEntry here = log.append(NewDecision.accept(row(FIRST_SHARD, 1), "Ada"));
    log.append(NewDecision.accept(row(SECOND_SHARD, 1), "Ada"));

    assertThat(log.undo("Ada", Set.of(FIRST_SHARD))).contains(here);
    assertThat(log.undo("Ada", Set.of(FIRST_SHARD))).isEmpty();
    assertThat(log.undo("Ada", Set.of())).isEmpty();
    assertThat(log.current(new RowKey(SECOND_SHARD, 1))).isPresent();
  }

  @Test
  void redoBringsBackWhatWasUndoneInReverseOrder() {
    DecisionEntry one = log.append(NewDecision.accept(row(1), "Ada"));
    DecisionEntry two = log.append(NewDecision.edit(row(1), "Ada", "fused", "mine"));
    log.undo("Ada", BOTH);
    log.undo("Ada", BOTH);

    assertThat(log.redo("Ada", BOTH)).contains(one);
    assertThat(now(1).editedText()).isNull();
    assertThat(log.redo("Ada", BOTH)).contains(two);
    assertThat(now(1).editedText()).isEqualTo("mine");
    assertThat(log.redo("Ada", BOTH)).isEmpty();
    assertThat(log.undo("Ada", BOTH)).contains(two);
    assertThat(log.redo("Ada", BOTH)).contains(two);
  }

  @Test
  void aNewActionEndsWhatCouldBeRedone() {
    DecisionEntry one = log.append(NewDecision.accept(row(1), "Ada"));
    log.undo("Ada", BOTH);
    log.append(NewDecision.accept(row(5), "Bo"));
    assertThat(log.redo("Ada", BOTH)).as("another's action does not end it").contains(one);
    log.undo("Ada", BOTH);
    DecisionEntry fresh = log.append(NewDecision.reject(row(2), "Ada"));

    assertThat(log.redo("Ada", BOTH)).isEmpty();
    assertThat(log.undo("Ada", BOTH)).contains(fresh);
    assertThat(log.undo("Ada", BOTH)).as("the first stays undone").isEmpty();
  }

  @Test
  void undoAndRedoGoOnAfterReopening() {
    DecisionEntry one = log.append(NewDecision.accept(row(1), "Ada"));
    DecisionEntry two = log.append(NewDecision.reject(row(2), "Ada"));
    log.undo("Ada", BOTH);
    String session = log.session();
    close();
    open();

    assertThat(log.session()).isNotEqualTo(session);
    assertThat(log.undo("Ada", BOTH)).contains(one);
    close();
    open();
    assertThat(log.redo("Ada", BOTH)).contains(one);
    assertThat(log.redo("Ada", BOTH)).contains(two);
    assertThat(now(2).verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void countsFollowTheDecisions() {
    log.append(NewDecision.accept(row(1), "Ada"));
    log.append(NewDecision.accept(row(2), "Ada"));
    log.append(NewDecision.reject(row(3), "Ada"));
    log.append(NewDecision.skip(row(4), "Ada"));
    log.append(NewDecision.edit(row(2), "Ada", "fused", "mine"));
    log.append(NewDecision.prefer(row(5), "Ada", "blip"));
    log.append(NewDecision.accept(row(SECOND_SHARD, 1), "Ada"));

    assertThat(log.counts(Set.of(FIRST_SHARD))).isEqualTo(new DecisionCounts(2, 1, 1, 1, 5));
    assertThat(log.counts(BOTH)).isEqualTo(new DecisionCounts(3, 1, 1, 1, 6));
    assertThat(log.counts(Set.of())).isEqualTo(new DecisionCounts(0, 0, 0, 0, 0));
  }

  @Test
  void currentAnswersForManyRowsInTheirOrder() {
    log.append(NewDecision.accept(row(3), "Ada"));
    log.append(NewDecision.reject(row(SECOND_SHARD, 3), "Ada"));
    log.append(NewDecision.accept(row(1), "Ada"));

    assertThat(
            log.current(
                    List.of(row(SECOND_SHARD, 3).key(), row(2).key(), row(1).key(), row(3).key()))
                .keySet())
        .containsExactly(row(SECOND_SHARD, 3).key(), row(1).key(), row(3).key());
    assertThat(log.current(List.of())).isEmpty();
  }

  @Test
  void longLogsAreReadInBatchesWithoutGapsAndTheReaderMayWrite() {
    for (int i = 0; i < 2_100; i++) {
      log.append(NewDecision.accept(row(i % 2 == 0 ? FIRST_SHARD : SECOND_SHARD, i), "Ada"));
    }
    List<Long> seen = new ArrayList<>();
    log.read(
        LogQuery.of(Set.of(FIRST_SHARD)),
        entry -> {
          if (seen.isEmpty()) {
            log.append(NewDecision.reject(row(9_999), "Bo"));
          }
          seen.add(entry.key().row());
        });
    assertThat(seen).hasSize(1_051).startsWith(0L, 2L, 4L).endsWith(2_098L, 9_999L);
    assertThat(entries(LogQuery.all().after(2_099)))
        .extracting(DecisionEntry::id)
        .containsExactly(2_100L, 2_101L);
    assertThat(log.all())
        .hasSize(2_101)
        .extracting(decision -> decision.key().fingerprint())
        .isSorted();
  }

  @Test
  void dataVersionChangesWithWhatOthersWriteOnly() {
    long before = log.dataVersion();
    log.append(NewDecision.accept(row(1), "Ada"));
    assertThat(log.dataVersion()).isEqualTo(before);
    try (Workspace other = Workspace.open(workspace.file())) {
      other.decisions().append(NewDecision.accept(row(2), "Bo"));
    }
    assertThat(log.dataVersion()).isNotEqualTo(before);
  }

  @Test
  void theFileItselfRefusesToChangeTheLog() throws SQLException {
    log.append(NewDecision.accept(row(1), "Ada"));
    try (var sql = DriverManager.getConnection("jdbc:sqlite:" + workspace.file());
        var statement = sql.createStatement()) {
      for (String change :
          List.of(
              "UPDATE decision_log SET annotator = 'Eve'",
              "DELETE FROM decision_log",
              "INSERT OR REPLACE INTO decision_log SELECT id, at, 'Eve', fingerprint, row, shard,"
                  + " content_hash, action, verdict, track, text, span_start, span_end, note,"
                  + " reference, session FROM decision_log")) {
        assertThatThrownBy(() -> statement.executeUpdate(change))
            .as(change)
            .hasMessageContaining("append-only");
      }
    }
    assertThat(entries(LogQuery.all())).extracting(DecisionEntry::annotator).containsExactly("Ada");
  }

  @Test
  void decisionsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> NewDecision.accept(row(1), " "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewDecision.edit(row(1), "Ada", "fused", "\n"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new NewDecision(row(1), "Ada", DecisionAction.EDIT, "fused", null, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new NewDecision(row(1), "Ada", DecisionAction.ACCEPT, null, "text", null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new NewDecision(row(1), "Ada", DecisionAction.UNDO, null, null, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Span(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> DecisionAction.of("explode"));
    assertThat(DecisionAction.of("accept")).isEqualTo(DecisionAction.ACCEPT);
  }
}
