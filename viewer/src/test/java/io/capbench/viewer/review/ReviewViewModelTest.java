package io.capbench.viewer.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.workspace.DecisionAction;
import io.capbench.storage.workspace.DecisionEntry;
import io.capbench.storage.workspace.LogQuery;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.fixture.MemoryRows;
import io.capbench.viewer.fixture.Turns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewViewModelTest {
  private static final Set<String> SHARDS = Set.of(MemoryRows.SHARD);

  @TempDir Path temp;
  private final Turns io = new Turns();
  private final Turns fx = new Turns();
  private final Turns writer = new Turns();
  private Workspace workspace;
  private BrowseViewModel browse;
  private ReviewViewModel review;

  @BeforeEach
  void open() {
    workspace = Workspace.open(temp.resolve("w.capbench"));
    browse = new BrowseViewModel(new CaptionMarks(new ProvenanceAnalyzer()), io, fx);
    review = new ReviewViewModel(browse, writer, fx);
    review.annotatorProperty().set("ann");
    attach(new MemoryRows(500));
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  @Test
  void acceptIsRecordedAndGoesOnOnlyAfterTheEntryIsDurable() {
    review.accept();
    assertThat(entries()).isEmpty();
    assertThat(selected()).as("nothing is written yet").isZero();

    writer.runNext();
    assertThat(entries()).hasSize(1);
    assertThat(selected()).as("the window has not heard of it").isZero();

    settle();
    assertThat(selected()).isEqualTo(1);
    assertThat(verdict(0)).isEqualTo(Verdict.ACCEPTED);
    DecisionEntry entry = entries().get(0);
    assertThat(entry.key()).isEqualTo(MemoryRows.key(0));
    assertThat(entry.annotator()).isEqualTo("ann");
    assertThat(entry.action()).isEqualTo(DecisionAction.ACCEPT);
    assertThat(review.messageProperty().get())
        .isEqualTo(new ReviewMessage("Accepted row 0", false));
  }

  @Test
  void rejectAndSkipGoOnToo() {
    review.reject();
    review.skip();
    settle();
    assertThat(selected()).isEqualTo(2);
    assertThat(verdict(0)).isEqualTo(Verdict.REJECTED);
    assertThat(verdict(1)).isEqualTo(Verdict.SKIPPED);
    assertThat(review.countsProperty().get().rejected()).isEqualTo(1);
    assertThat(review.countsProperty().get().skipped()).isEqualTo(1);
    assertThat(review.countsProperty().get().decided()).isEqualTo(2);
  }

  @Test
  void aBurstOfFiftyDecidesFiftySuccessiveRows() {
    for (int i = 0; i < 50; i++) {
      review.accept();
    }
    settle();
    assertThat(selected()).isEqualTo(50);
    assertThat(entries()).extracting(entry -> entry.key().row()).hasSize(50).isSorted();
    assertThat(entries()).extracting(DecisionEntry::key).doesNotHaveDuplicates();
    assertThat(review.countsProperty().get().accepted()).isEqualTo(50);
  }

  @Test
  void aBurstAcrossAPageWaitsForTheRowsToCome() {
    browse.select(62);
    for (int i = 0; i < 5; i++) {
      review.reject();
    }
    settle();
    assertThat(entries())
        .extracting(entry -> entry.key().row())
        .containsExactly(62L, 63L, 64L, 65L, 66L);
  }

  @Test
  void onTheLastRowTheSelectionStays() {
    browse.select(499);
    settle();
    review.accept();
    settle();
    assertThat(selected()).isEqualTo(499);
    assertThat(verdict(499)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void whoWentElsewhereMeanwhileIsNotMovedOn() {
    review.accept();
    browse.select(10);
    settle();
    assertThat(selected()).isEqualTo(10);
    assertThat(verdict(0)).isEqualTo(Verdict.ACCEPTED);
    assertThat(verdict(10)).isNull();
  }

  @Test
  void aDecisionThatEndsInAnotherViewDoesNotMoveItsSelection() {
    review.accept();
    browse.show(
        new MemoryRows(9, number -> MemoryRows.row(number + 20)),
        MemoryRows.TRACKS,
        keys -> workspace.decisions().current(keys));
    settle();
    assertThat(selected()).isZero();
    assertThat(verdict(0)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void clearingTakesTheVerdictBackAndStays() {
    review.accept();
    settle();
    browse.select(0);
    review.clearVerdict();
    settle();
    assertThat(selected()).isZero();
    assertThat(workspace.decisions().current(MemoryRows.key(0))).isEmpty();
    assertThat(browse.decision(browse.row(0)).verdict()).isNull();
  }

  @Test
  void clearingWhereThereIsNoVerdictSaysSoAndTheNextCommandStillRuns() {
    review.clearVerdict();
    settle();
    assertThat(review.messageProperty().get().text()).contains("no verdict");
    assertThat(entries()).isEmpty();
    review.accept();
    settle();
    assertThat(verdict(0)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void clearingWhereThereIsNoVerdictInABurstRunsEveryOtherCommandOnce() {
    review.prefer(MemoryRows.TRACKS.tracks().get(0));
    review.clearVerdict();
    review.clearVerdict();
    review.accept();
    settle();
    assertThat(entries())
        .extracting(DecisionEntry::action)
        .containsExactly(DecisionAction.PREFER, DecisionAction.ACCEPT);
  }

  @Test
  void preferringStaysAndPreferringAgainTakesItBack() {
    review.preferNumber(2);
    settle();
    assertThat(selected()).isZero();
    assertThat(decision(0).preferredTrack()).isEqualTo("synthetic");
    review.preferNumber(3);
    settle();
    assertThat(decision(0).preferredTrack()).isEqualTo("fused");
    review.preferNumber(3);
    settle();
    assertThat(workspace.decisions().current(MemoryRows.key(0))).isEmpty();
    assertThat(review.messageProperty().get().text()).isEqualTo("No track preferred");
  }

  @Test
  void aNumberWithoutATrackDoesNothing() {
    review.preferNumber(4);
    settle();
    assertThat(entries()).isEmpty();
    assertThat(review.messageProperty().get()).isEqualTo(ReviewMessage.NONE);
  }

  @Test
  void aTrackWithoutACaptionIsNotPreferred() {
    attach(new MemoryRows(5, number -> MemoryRows.row(number, Map.of("raw", "only"))));
    review.preferNumber(3);
    settle();
    assertThat(entries()).isEmpty();
    assertThat(review.messageProperty().get().text()).contains("no caption in fused");
    review.preferNumber(1);
    settle();
    assertThat(decision(0).preferredTrack()).isEqualTo("raw");
  }

  @Test
  void anEditStartsFromTheFusedCaption() {
    review.edit();
    assertThat(review.draftProperty().get().track()).isEqualTo("fused");
    assertThat(review.draftProperty().get().text()).isEqualTo("The VW wheel 0");
  }

  @Test
  void anEditStartsFromThePreferredCaptionAndLaterFromWhatWasWritten() {
    review.preferNumber(1);
    settle();
    review.edit();
    assertThat(review.draftProperty().get().track()).isEqualTo("raw");
    review.saveEdit("mine");
    settle();
    review.preferNumber(2);
    settle();
    review.edit();
    assertThat(review.draftProperty().get()).isEqualTo(new Draft(MemoryRows.row(0), "raw", "mine"));
  }

  @Test
  void withoutAFusedCaptionAnEditStartsFromTheFirstThereIs() {
    Map<String, String> captions = new LinkedHashMap<>();
    captions.put("synthetic", "only this");
    attach(new MemoryRows(5, number -> MemoryRows.row(number, captions)));
    review.edit();
    assertThat(review.draftProperty().get().track()).isEqualTo("synthetic");
  }

  @Test
  void aRowWithoutCaptionsCannotBeEdited() {
    attach(new MemoryRows(5, number -> MemoryRows.row(number, Map.of())));
    review.edit();
    assertThat(review.draftProperty().get()).isNull();
    assertThat(review.messageProperty().get().text()).contains("no caption to start from");
  }

  @Test
  void savingRecordsTheTextAsItWasWritten() {
    review.edit();
    review.saveEdit("  a red\ncar  ");
    assertThat(review.draftProperty().get()).isNull();
    settle();
    assertThat(decision(0).editedText()).isEqualTo("  a red\ncar  ");
    assertThat(decision(0).editedTrack()).isEqualTo("fused");
    assertThat(browse.written(browse.row(0)).text()).isEqualTo("  a red\ncar  ");
    assertThat(review.countsProperty().get().edited()).isEqualTo(1);
    assertThat(selected()).isZero();
  }

  @Test
  void aBlankCaptionIsNotSavedAndTheEditGoesOn() {
    review.edit();
    review.saveEdit(" \n ");
    settle();
    assertThat(entries()).isEmpty();
    assertThat(review.messageProperty().get().problem()).isTrue();
    assertThat(review.draftProperty().get()).isNotNull();
  }

  @Test
  void anUnchangedCaptionIsNotRecorded() {
    review.edit();
    review.saveEdit("The VW wheel 0");
    settle();
    assertThat(entries()).isEmpty();
    assertThat(review.draftProperty().get()).isNull();
    assertThat(review.messageProperty().get().text()).isEqualTo("Nothing changed");
  }

  @Test
  void aCancelledEditLeavesNothing() {
    review.edit();
    review.cancelEdit();
    review.saveEdit("too late");
    settle();
    assertThat(review.draftProperty().get()).isNull();
    assertThat(entries()).isEmpty();
  }

  @Test
  void anEditIsSavedForItsOwnRowWhereverTheSelectionIs() {
    review.edit();
    browse.select(30);
    review.saveEdit("written for the first");
    settle();
    assertThat(decision(0).editedText()).isEqualTo("written for the first");
    assertThat(selected()).isEqualTo(30);
  }

  @Test
  void anEditIsKeptWhileOtherCommandsRun() {
    review.edit();
    review.accept();
    settle();
    assertThat(review.draftProperty().get().row()).isEqualTo(MemoryRows.row(0));
    review.saveEdit("mine");
    settle();
    assertThat(decision(0).editedText()).isEqualTo("mine");
    assertThat(decision(0).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void undoTakesTheLastCommandBackAndGoesToItsRow() {
    review.accept();
    review.reject();
    settle();
    browse.select(300);
    settle();
    review.undo();
    settle();
    assertThat(selected()).isEqualTo(1);
    assertThat(verdict(1)).isNull();
    assertThat(verdict(0)).isEqualTo(Verdict.ACCEPTED);
    assertThat(browse.decision(browse.row(1)).verdict()).isNull();
    assertThat(review.messageProperty().get().text()).isEqualTo("Undid: reject");
  }

  @Test
  void redoDoesItAgainAndGoesToItsRow() {
    review.accept();
    settle();
    review.undo();
    settle();
    browse.select(300);
    review.redo();
    settle();
    assertThat(selected()).isZero();
    assertThat(verdict(0)).isEqualTo(Verdict.ACCEPTED);
    assertThat(review.countsProperty().get().accepted()).isEqualTo(1);
  }

  @Test
  void withNothingToUndoItSaysSo() {
    review.undo();
    settle();
    assertThat(review.messageProperty().get())
        .isEqualTo(new ReviewMessage("Nothing to undo", false));
    review.redo();
    settle();
    assertThat(review.messageProperty().get().text()).isEqualTo("Nothing to redo");
  }

  @Test
  void undoReachesBackBeforeTheWorkspaceWasReopened() {
    review.accept();
    review.accept();
    settle();
    workspace.close();
    open();
    browse.select(100);
    review.undo();
    settle();
    assertThat(selected()).isEqualTo(1);
    assertThat(verdict(1)).isNull();
    assertThat(verdict(0)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void undoLeavesAloneWhatAnotherAnnotatorDid() {
    review.accept();
    settle();
    review.annotatorProperty().set("bea");
    review.undo();
    settle();
    assertThat(verdict(0)).isEqualTo(Verdict.ACCEPTED);
    assertThat(review.messageProperty().get().text()).isEqualTo("Nothing to undo");
  }

  @Test
  void aBlankAnnotatorHasAName() {
    review.annotatorProperty().set("  ");
    review.accept();
    settle();
    assertThat(entries().get(0).annotator()).isEqualTo("annotator");
  }

  @Test
  void aFailureSaysSoRecordsNothingAndDropsTheQueue() {
    review.accept();
    review.accept();
    review.accept();
    workspace.close();
    settle();
    assertThat(review.messageProperty().get().problem()).isTrue();
    assertThat(review.messageProperty().get().text())
        .startsWith("Not recorded. ")
        .contains("closed");
    assertThat(selected()).isZero();
    assertThat(browse.decision(browse.row(0))).isNull();

    workspace = Workspace.open(temp.resolve("w.capbench"));
    settle();
    assertThat(entries()).as("the queued ones were dropped, not written later").isEmpty();
  }

  @Test
  void afterAFailureTheNextCommandIsTriedAgain() {
    review.accept();
    workspace.close();
    settle();
    workspace = Workspace.open(temp.resolve("w.capbench"));
    attach(new MemoryRows(500));
    review.reject();
    settle();
    assertThat(verdict(0)).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void withoutRowsThereIsNothingToDecide() {
    attach(new MemoryRows(0));
    review.accept();
    review.edit();
    review.clearVerdict();
    settle();
    assertThat(entries()).isEmpty();
    attach(new MemoryRows(3));
    settle();
    assertThat(entries()).as("nothing waited for rows to come").isEmpty();
  }

  @Test
  void attachingForgetsDraftsAndMessages() {
    review.accept();
    settle();
    review.edit();
    attach(new MemoryRows(3));
    assertThat(review.draftProperty().get()).isNull();
    assertThat(review.messageProperty().get()).isEqualTo(ReviewMessage.NONE);
    settle();
    assertThat(review.countsProperty().get().accepted()).isEqualTo(1);
  }

  @Test
  void afterDetachingTheWriteUnderWayEndsAndNoneBegins() {
    review.accept();
    review.accept();
    review.detach();
    writer.runNext();
    fx.runAll();
    assertThat(entries()).hasSize(1);
    assertThat(writer.size()).as("the writer may be shut down by now").isZero();
    review.reject();
    assertThat(writer.size()).isZero();
  }

  private void attach(MemoryRows rows) {
    review.attach(workspace.decisions(), SHARDS, MemoryRows.TRACKS);
    browse.show(rows, MemoryRows.TRACKS, keys -> workspace.decisions().current(keys));
    settle();
  }

  private void settle() {
    Turns.runAll(io, writer, fx);
  }

  private long selected() {
    return browse.selectedProperty().get();
  }

  private Decision decision(long row) {
    return workspace.decisions().current(MemoryRows.key(row)).orElseThrow();
  }

  private Verdict verdict(long row) {
    return workspace.decisions().current(MemoryRows.key(row)).map(Decision::verdict).orElse(null);
  }

  private List<DecisionEntry> entries() {
    List<DecisionEntry> entries = new ArrayList<>();
    workspace.decisions().read(LogQuery.all(), entries::add);
    return entries;
  }
}
