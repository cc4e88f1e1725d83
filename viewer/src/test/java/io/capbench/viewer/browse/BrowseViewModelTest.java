package io.capbench.viewer.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.caption.MarkKind;
import io.capbench.viewer.fixture.MemoryRows;
import io.capbench.viewer.fixture.Turns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowseViewModelTest {
  private final Turns io = new Turns();
  private final Turns fx = new Turns();
  private final Map<RowKey, Decision> decisions = new HashMap<>();
  private final BrowseViewModel browse =
      new BrowseViewModel(new CaptionMarks(new ProvenanceAnalyzer()), io, fx);

  @Test
  void nothingIsSelectedBeforeAnythingIsShown() {
    assertThat(browse.selectedProperty().get()).isEqualTo(-1);
    assertThat(browse.rowCountProperty().get()).isZero();
    assertThat(browse.row(0)).isNull();
    assertThat(browse.error(0)).isNull();
    browse.select(5);
    browse.move(1);
    browse.selectKey(MemoryRows.key(1));
    assertThat(browse.selectedProperty().get()).isEqualTo(-1);
    assertThat(io.size()).isZero();
  }

  @Test
  void theFirstRowIsSelectedAndCurrentOnceItHasCome() {
    show(new MemoryRows(200));
    assertThat(browse.rowCountProperty().get()).isEqualTo(200);
    assertThat(browse.selectedProperty().get()).isZero();
    assertThat(browse.currentProperty().get()).as("a placeholder until the page comes").isNull();
    long before = browse.revisionProperty().get();

    settle();

    assertThat(browse.revisionProperty().get()).isGreaterThan(before);
    assertThat(browse.currentProperty().get().row().key()).isEqualTo(MemoryRows.key(0));
  }

  @Test
  void captionsComeMarked() {
    show(new MemoryRows(1));
    settle();
    assertThat(browse.row(0).captions().get("fused").marks())
        .anySatisfy(mark -> assertThat(mark.kind()).isEqualTo(MarkKind.SYNTHETIC));
  }

  @Test
  void anEmptyViewSelectsNothing() {
    show(new MemoryRows(0));
    settle();
    assertThat(browse.selectedProperty().get()).isEqualTo(-1);
    assertThat(browse.currentProperty().get()).isNull();
  }

  @Test
  void theSelectionStaysInsideTheList() {
    show(new MemoryRows(10));
    browse.select(Long.MAX_VALUE);
    assertThat(browse.selectedProperty().get()).isEqualTo(9);
    browse.move(1);
    assertThat(browse.selectedProperty().get()).isEqualTo(9);
    browse.move(-100);
    assertThat(browse.selectedProperty().get()).isZero();
    browse.move(3);
    assertThat(browse.selectedProperty().get()).isEqualTo(3);
  }

  @Test
  void theCurrentRowIsNullWhileTheSelectedOneIsOnItsWay() {
    show(new MemoryRows(1000));
    settle();
    browse.select(500);
    assertThat(browse.currentProperty().get()).isNull();
    settle();
    assertThat(browse.currentProperty().get().row().key().row()).isEqualTo(500);
  }

  @Test
  void latePagesOfAnOldViewAreDropped() {
    show(new MemoryRows(10));
    io.runAll();
    show(new MemoryRows(10, number -> MemoryRows.row(number + 100)));
    fx.runAll();
    assertThat(browse.row(0)).as("that of the old view came late").isNull();
    settle();
    assertThat(browse.row(0).row().key().row()).isEqualTo(100);
  }

  @Test
  void theOldViewIsClosedBehindItsReadingsWhichNobodyWantsAnyMore() {
    MemoryRows old = new MemoryRows(10);
    show(old);
    show(new MemoryRows(10));
    assertThat(old.closed()).isFalse();
    io.runNext();
    assertThat(old.pagesRead()).isEmpty();
    assertThat(old.closed()).isFalse();
    settle();
    assertThat(old.closed()).isTrue();
  }

  @Test
  void closingForgetsEverything() {
    MemoryRows rows = new MemoryRows(10);
    show(rows);
    settle();
    browse.close();
    settle();
    assertThat(rows.closed()).isTrue();
    assertThat(browse.view()).isNull();
    assertThat(browse.rowCountProperty().get()).isZero();
    assertThat(browse.currentProperty().get()).isNull();
  }

  @Test
  void aPageThatCannotBeReadIsAnError() {
    show(
        new MemoryRows(
            10,
            number -> {
              throw new CapbenchException("gone");
            }));
    settle();
    assertThat(browse.error(3)).isEqualTo("gone");
    assertThat(browse.row(3)).isNull();
  }

  @Test
  void aDecisionOfTheWorkspaceComesWithItsRow() {
    decisions.put(MemoryRows.key(1), decision(1, Verdict.REJECTED, null));
    show(new MemoryRows(10));
    settle();
    assertThat(browse.decision(browse.row(1)).verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(browse.decision(browse.row(2))).isNull();
  }

  @Test
  void aNewDecisionHoldsAtOnceAndTheListHearsOfIt() {
    show(new MemoryRows(10));
    settle();
    long before = browse.revisionProperty().get();
    browse.decided(decision(2, Verdict.ACCEPTED, null));
    assertThat(browse.decision(browse.row(2)).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(browse.revisionProperty().get()).isGreaterThan(before);
  }

  @Test
  void aNewDecisionIsNotUndoneByAPageThatWasReadBeforeIt() {
    show(new MemoryRows(10));
    io.runAll();
    browse.decided(decision(2, Verdict.ACCEPTED, null));
    settle();
    assertThat(browse.decision(browse.row(2)).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void aWrittenCaptionIsMarked() {
    show(new MemoryRows(10));
    settle();
    assertThat(browse.written(browse.row(2))).isNull();
    browse.decided(decision(2, null, "wheel zebra"));
    assertThat(browse.written(browse.row(2)).text()).isEqualTo("wheel zebra");
    assertThat(browse.written(browse.row(2)).marks())
        .extracting(mark -> mark.kind())
        .containsExactly(MarkKind.SYNTHETIC, MarkKind.NEITHER);
  }

  @Test
  void reloadShowsWhatSomebodyElseDecided() {
    show(new MemoryRows(10));
    settle();
    browse.decided(decision(2, Verdict.ACCEPTED, null));
    decisions.put(MemoryRows.key(2), decision(2, Verdict.REJECTED, null));
    browse.reload();
    settle();
    assertThat(browse.decision(browse.row(2)).verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(browse.currentProperty().get()).isNotNull();
    assertThat(browse.selectedProperty().get()).isZero();
  }

  @Test
  void aRowIsSelectedByItsKeyOnceItIsFound() {
    show(new MemoryRows(1000));
    settle();
    browse.selectKey(MemoryRows.key(777));
    assertThat(browse.selectedProperty().get()).isZero();
    settle();
    assertThat(browse.selectedProperty().get()).isEqualTo(777);
  }

  @Test
  void aKeyThatTheViewLacksChangesNothing() {
    show(new MemoryRows(10));
    settle();
    browse.select(4);
    browse.selectKey(MemoryRows.key(10));
    settle();
    assertThat(browse.selectedProperty().get()).isEqualTo(4);
  }

  @Test
  void aKeyThatIsLookedUpAfterTheViewWasClosedIsNoError() {
    MemoryRows rows = new MemoryRows(10);
    show(rows);
    settle();
    browse.selectKey(MemoryRows.key(7));
    rows.close();
    settle();
    assertThat(browse.selectedProperty().get()).isZero();
  }

  @Test
  void aKeyThatWasFoundInAnOldViewDoesNotMoveTheNewOne() {
    show(new MemoryRows(10));
    browse.selectKey(MemoryRows.key(7));
    io.runAll();
    show(new MemoryRows(10));
    settle();
    assertThat(browse.selectedProperty().get()).isZero();
  }

  @Test
  void theCurrentRowChangesOnceAStep() {
    show(new MemoryRows(10));
    settle();
    List<Long> seen = new ArrayList<>();
    browse
        .currentProperty()
        .addListener((o, was, now) -> seen.add(now == null ? -1 : now.row().key().row()));
    browse.move(1);
    browse.decided(decision(0, Verdict.ACCEPTED, null));
    browse.move(1);
    assertThat(seen).containsExactly(1L, 2L);
  }

  private void show(MemoryRows rows) {
    browse.show(
        rows,
        MemoryRows.TRACKS,
        keys -> {
          Map<RowKey, Decision> found = new HashMap<>(decisions);
          found.keySet().retainAll(keys);
          return found;
        });
  }

  private void settle() {
    Turns.runAll(io, fx);
  }

  private static Decision decision(long row, Verdict verdict, String text) {
    return new Decision(
        MemoryRows.key(row),
        verdict,
        null,
        text == null ? null : "fused",
        text,
        "ann",
        Instant.EPOCH);
  }
}
