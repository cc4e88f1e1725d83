package io.capbench.viewer.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.Decision;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.fixture.MemoryRows;
import io.capbench.viewer.fixture.Turns;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagViewModelTest {
  private static final CaptionRow ROW = MemoryRows.row(3);

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
    review.attach(workspace.decisions(), Set.of(MemoryRows.SHARD), MemoryRows.TRACKS);
    browse.show(new MemoryRows(9), MemoryRows.TRACKS, keys -> workspace.decisions().current(keys));
    settle();
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  @Test
  void aTagIsRecordedShownAndUndone() {
    review.tags().add(ROW, " Blurred ");
    settle();
    assertThat(stored()).containsExactly("Blurred");
    assertThat(browse.decision(browse.row(3)).tags()).containsExactly("Blurred");
    assertThat(said()).isEqualTo("Tagged row 3 \"Blurred\"");
    assertThat(review.countsProperty().get().decided()).isZero();

    review.undo();
    settle();
    assertThat(stored()).isEmpty();
    assertThat(browse.decision(browse.row(3)).tags()).isEmpty();
    assertThat(said()).isEqualTo("Undid: tag \"Blurred\"");
    assertThat(browse.selectedProperty().get()).as("the row that was tagged").isEqualTo(3);

    review.redo();
    settle();
    assertThat(stored()).containsExactly("Blurred");
    assertThat(said()).isEqualTo("Redid: tag \"Blurred\"");
  }

  @Test
  void aTagGoesToItsRowWhateverIsShownMeanwhile() {
    review.tags().add(ROW, "one");
    browse.show(new MemoryRows(0), MemoryRows.TRACKS, keys -> workspace.decisions().current(keys));
    review.tags().add(ROW, "two");
    settle();
    assertThat(stored()).containsExactly("one", "two");
  }

  @Test
  void removingIsUndoneToo() {
    review.tags().add(ROW, "blurred");
    review.tags().remove(ROW, "blurred");
    settle();
    assertThat(stored()).isEmpty();
    assertThat(said()).isEqualTo("Removed the tag \"blurred\" from row 3");
    review.undo();
    settle();
    assertThat(stored()).containsExactly("blurred");
    assertThat(said()).isEqualTo("Undid: removal of the tag \"blurred\"");
  }

  @Test
  void theSameTagAgainIsNotRecordedAndAnotherSpellingIs() {
    review.tags().add(ROW, "blurred");
    review.tags().add(ROW, "blurred");
    settle();
    assertThat(said()).isEqualTo("The row has the tag \"blurred\"");
    review.undo();
    settle();
    assertThat(stored()).isEmpty();

    review.tags().add(ROW, "blurred");
    review.tags().add(ROW, "BLURRED");
    settle();
    assertThat(stored()).containsExactly("BLURRED");
  }

  @Test
  void whatIsNoTagIsExplainedAndNotRecorded() {
    review.tags().add(ROW, "x".repeat(41));
    settle();
    assertThat(review.messageProperty().get().problem()).isTrue();
    assertThat(said()).contains("40 characters");
    assertThat(stored()).isEmpty();
  }

  @Test
  void suggestionsBeginWithWhatWasTypedAndLeaveOutWhatTheRowHas() {
    for (String tag : List.of("check colour", "colour", "Count", "blurred")) {
      review.tags().add(MemoryRows.row(1), tag);
    }
    review.tags().add(MemoryRows.row(2), "blurred");
    settle();
    assertThat(review.tags().suggestions("", List.of()))
        .containsExactly("blurred", "Count", "check colour", "colour");
    assertThat(review.tags().suggestions(" CO", List.of()))
        .containsExactly("Count", "colour", "check colour");
    assertThat(review.tags().suggestions("co", List.of("COUNT", "x")))
        .containsExactly("colour", "check colour");
    assertThat(review.tags().suggestions("nothing", List.of())).isEmpty();
  }

  @Test
  void aFailureIsSaid() {
    review.tags().add(ROW, "blurred");
    workspace.close();
    settle();
    assertThat(said()).startsWith("Not recorded. ");
    workspace = Workspace.open(temp.resolve("w.capbench"));
    assertThat(stored()).isEmpty();
  }

  @Test
  void thatNothingCanBeRecordedIsAProblemThatIsSaid() {
    review.sayReadOnly();
    assertThat(review.messageProperty().get().problem()).isTrue();
    assertThat(said()).contains("reading only");
  }

  private List<String> stored() {
    return workspace.decisions().current(ROW.key()).map(Decision::tags).orElse(List.of());
  }

  private String said() {
    return review.messageProperty().get().text();
  }

  private void settle() {
    Turns.runAll(io, writer, fx);
  }
}
