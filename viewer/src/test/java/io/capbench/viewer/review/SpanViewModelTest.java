package io.capbench.viewer.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.Decision;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.fixture.MemoryRows;
import io.capbench.viewer.fixture.Turns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fused caption of row 0 is "The VW wheel 0". */
class SpanViewModelTest {
  @TempDir Path temp;
  private final Turns io = new Turns();
  private final Turns fx = new Turns();
  private final Turns writer = new Turns();
  private Workspace workspace;
  private BrowseViewModel browse;
  private ReviewViewModel review;
  private SpanViewModel spans;

  @BeforeEach
  void open() {
    workspace = Workspace.open(temp.resolve("w.capbench"));
    browse = new BrowseViewModel(new CaptionMarks(new ProvenanceAnalyzer()), io, fx);
    review = new ReviewViewModel(browse, writer, fx);
    spans = review.spans();
    review.annotatorProperty().set("ann");
    show(new MemoryRows(9));
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  @Test
  void aStretchSelectsTheWordsItTouchesInEitherDirection() {
    spans.select("fused", 5, 8);
    assertThat(selected()).isEqualTo("VW wheel");
    spans.select("fused", 8, 5);
    assertThat(selected()).isEqualTo("VW wheel");
    spans.select("fused", 3, 3);
    assertThat(spans.selectionProperty().get()).as("between words").isNull();
    spans.select("fused", 1, 1);
    assertThat(selected()).isEqualTo("The");
    spans.select("nowhere", 1, 1);
    assertThat(selected()).as("no such caption").isEqualTo("The");
  }

  @Test
  void wordsAreSelectedWithoutAMouse() {
    spans.moveWord(1, false);
    assertThat(selected()).as("begins in the fused caption").isEqualTo("The");
    spans.moveWord(1, false);
    assertThat(selected()).isEqualTo("VW");
    spans.moveWord(1, true);
    assertThat(selected()).isEqualTo("VW wheel");
    spans.moveWord(-1, true);
    spans.moveWord(-1, true);
    assertThat(selected()).isEqualTo("The VW");
    spans.moveWord(-9, false);
    assertThat(selected()).isEqualTo("The");
    spans.moveWord(99, false);
    assertThat(selected()).isEqualTo("0");
    spans.clear();
    spans.moveWord(-1, false);
    assertThat(selected()).isEqualTo("0");
  }

  @Test
  void theKeysBeginInTheCaptionThatIsLookedAt() {
    spans.beginIn("synthetic");
    spans.moveWord(1, false);
    assertThat(selected()).isEqualTo("A");
    spans.clear();
    spans.beginIn("of another dataset");
    spans.moveWord(1, false);
    assertThat(selected()).isEqualTo("The");
  }

  @Test
  void theNextCaptionIsTheNextTrackThatHasWords() {
    show(new MemoryRows(1, n -> MemoryRows.row(n, Map.of("raw", "...", "fused", "a car"))));
    spans.nextCaption();
    assertThat(spans.selectionProperty().get().track()).isEqualTo("fused");
    spans.nextCaption();
    assertThat(spans.selectionProperty().get().track()).isEqualTo("fused");

    show(new MemoryRows(9));
    spans.nextCaption();
    spans.nextCaption();
    assertThat(selected()).as("the raw caption comes after the fused").isEqualTo("VW");
    spans.nextCaption();
    assertThat(selected()).isEqualTo("A");
  }

  @Test
  void withoutWordsNothingIsSelected() {
    show(new MemoryRows(1, n -> MemoryRows.row(n, Map.of("fused", "?!"))));
    spans.moveWord(1, false);
    spans.nextCaption();
    spans.select("fused", 0, 1);
    assertThat(spans.selectionProperty().get()).isNull();
  }

  @Test
  void anotherRowForgetsTheSelection() {
    spans.select("fused", 5, 5);
    browse.reload();
    settle();
    assertThat(selected()).as("the same row, read anew").isEqualTo("VW");
    browse.move(1);
    settle();
    assertThat(spans.selectionProperty().get()).isNull();
  }

  @Test
  void wordsAreMarkedAndUndone() {
    spans.select("fused", 5, 8);
    spans.mark(spans.selectionProperty().get(), type("o"));
    settle();
    assertThat(stored(0)).containsExactly(new CaptionSpan("fused", 4, 12, "object", "ann"));
    assertThat(browse.decision(browse.row(0)).spans()).hasSize(1);
    assertThat(spans.selectionProperty().get()).isNull();
    assertThat(said()).isEqualTo("Marked \"VW wheel\" as Object");
    assertThat(review.countsProperty().get().decided()).isZero();

    review.undo();
    settle();
    assertThat(stored(0)).isEmpty();
    assertThat(said()).isEqualTo("Undid: mark Object in fused");
    review.redo();
    settle();
    assertThat(stored(0)).hasSize(1);
  }

  @Test
  void aMarkGoesToTheWordsThatWereSelectedWhateverIsShownMeanwhile() {
    spans.select("fused", 5, 5);
    WordSelection asked = spans.selectionProperty().get();
    browse.move(3);
    settle();
    spans.select("raw", 0, 0);
    spans.mark(asked, type("k"));
    settle();
    assertThat(stored(0)).containsExactly(new CaptionSpan("fused", 4, 6, "knowledge", "ann"));
    assertThat(stored(3)).isEmpty();
    assertThat(selected()).as("what is selected since stays").isEqualTo("VW");

    browse.show(new MemoryRows(0), MemoryRows.TRACKS, keys -> workspace.decisions().current(keys));
    spans.mark(asked, type("o"));
    settle();
    assertThat(stored(0)).hasSize(2);
  }

  @Test
  void theSameMarkAgainIsNotRecorded() {
    spans.select("fused", 5, 5);
    WordSelection words = spans.selectionProperty().get();
    spans.mark(words, type("o"));
    spans.mark(words, type("o"));
    settle();
    assertThat(said()).isEqualTo("\"VW\" is marked Object");
    review.undo();
    settle();
    assertThat(stored(0)).isEmpty();
  }

  @Test
  void aMarkIsRemovedAndThatIsUndone() {
    spans.select("fused", 5, 5);
    spans.mark(spans.selectionProperty().get(), type("o"));
    settle();
    spans.remove(MemoryRows.row(0), stored(0).get(0));
    settle();
    assertThat(stored(0)).isEmpty();
    assertThat(said()).isEqualTo("Removed the mark Object from fused");
    review.undo();
    settle();
    assertThat(stored(0)).hasSize(1);
    assertThat(said()).isEqualTo("Undid: removal of the mark Object in fused");
  }

  @Test
  void aLongCaptionIsSearchedForWordsAsFarAsItIsShown() {
    String book = "word ".repeat(30_000);
    show(new MemoryRows(1, n -> MemoryRows.row(n, Map.of("fused", book))));
    spans.moveWord(-1, false);
    assertThat(spans.selectionProperty().get().end()).isLessThanOrEqualTo(SpanViewModel.SHOWN);
    assertThat(selected()).isEqualTo("word");
  }

  private void show(MemoryRows rows) {
    review.attach(workspace.decisions(), Set.of(MemoryRows.SHARD), MemoryRows.TRACKS);
    browse.show(rows, MemoryRows.TRACKS, keys -> workspace.decisions().current(keys));
    settle();
  }

  private SpanType type(String key) {
    return spans.types().ofKey(key).orElseThrow();
  }

  private String selected() {
    return spans.selectionProperty().get().text();
  }

  private List<CaptionSpan> stored(long row) {
    return workspace
        .decisions()
        .current(MemoryRows.key(row))
        .map(Decision::spans)
        .orElse(List.of());
  }

  private String said() {
    return review.messageProperty().get().text();
  }

  private void settle() {
    Turns.runAll(io, writer, fx);
  }
}
