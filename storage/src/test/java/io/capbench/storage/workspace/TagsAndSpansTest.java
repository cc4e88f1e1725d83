package io.capbench.storage.workspace;

import static io.capbench.storage.workspace.Rows.BOTH;
import static io.capbench.storage.workspace.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsAndSpansTest {
  private static final Span ROW = new Span(0, 3);

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

  @Test
  void tagsAreSortedAndTheLatestSpellingOfOneHolds() {
    log.append(NewDecision.tag(row(1), "Ada", " watermark "));
    log.append(NewDecision.tag(row(1), "Ada", "blurred"));
    log.append(NewDecision.tag(row(1), "Bo", "Watermark"));
    assertThat(now(1).tags()).containsExactly("blurred", "Watermark");
    assertThat(now(1).tagged("WATERMARK")).isTrue();
    assertThat(now(1).annotator()).isEqualTo("Bo");

    log.append(NewDecision.untag(row(1), "Ada", "BLURRED"));
    assertThat(now(1).tags()).containsExactly("Watermark");
    log.append(NewDecision.untag(row(1), "Ada", "watermark"));
    assertThat(log.current(row(1).key())).isEmpty();
  }

  @Test
  void undoGivesATagBackInTheSpellingThatItHad() {
    log.append(NewDecision.tag(row(1), "Ada", "blurred"));
    log.append(NewDecision.tag(row(1), "Bo", "Blurred"));
    log.append(NewDecision.untag(row(1), "Bo", "blurred"));
    log.undo("Bo", BOTH);
    assertThat(now(1).tags()).containsExactly("Blurred");
    log.undo("Bo", BOTH);
    assertThat(now(1).tags()).containsExactly("blurred");
    log.redo("Bo", BOTH);
    assertThat(now(1).tags()).containsExactly("Blurred");
  }

  @Test
  void aSpanIsTakenBackByItsTrackPlaceAndType() {
    log.append(NewDecision.span(row(1), "Ada", "raw", ROW, "object"));
    log.append(NewDecision.span(row(1), "Ada", "raw", ROW, "count"));
    log.append(NewDecision.span(row(1), "Bo", "raw", new Span(0, 5), "object"));
    log.append(NewDecision.unspan(row(1), "Bo", "raw", ROW, "attribute"));
    assertThat(now(1).spans())
        .containsExactly(
            new CaptionSpan("raw", 0, 3, "count", "Ada"),
            new CaptionSpan("raw", 0, 3, "object", "Ada"),
            new CaptionSpan("raw", 0, 5, "object", "Bo"));

    log.append(NewDecision.unspan(row(1), "Bo", "raw", ROW, "object"));
    assertThat(now(1).spans()).extracting(CaptionSpan::type).containsExactly("count", "object");
    log.undo("Bo", BOTH);
    assertThat(now(1).spans()).hasSize(3);
  }

  @Test
  void theLogKeepsPlaceTypeAndRemark() {
    DecisionEntry entry =
        log.append(NewDecision.span(row(1), "Ada", "raw", ROW, "object").withNote("a kite"));
    List<DecisionEntry> read = new ArrayList<>();
    log.read(LogQuery.all(), read::add);
    assertThat(read).containsExactly(entry);
    assertThat(entry.track()).isEqualTo("raw");
    assertThat(entry.span()).isEqualTo(ROW);
    assertThat(entry.text()).isEqualTo("object");
    assertThat(entry.note()).isEqualTo("a kite");
  }

  @Test
  void aRowThatIsOnlyTaggedOrMarkedIsNotDecided() {
    log.append(NewDecision.tag(row(1), "Ada", "blurred"));
    log.append(NewDecision.span(row(2), "Ada", "raw", ROW, "object"));
    log.append(NewDecision.prefer(row(3), "Ada", "raw"));
    log.append(NewDecision.tag(row(3), "Bo", "blurred"));

    assertThat(log.counts(BOTH)).isEqualTo(new DecisionCounts(0, 0, 0, 0, 1));
    assertThat(log.all()).extracting(Decision::decided).containsExactly(false, false, true);
    assertThat(now(3).annotator()).as("who decided, not who tagged").isEqualTo("Ada");
    assertThat(workspace.strays().count(BOTH)).isEqualTo(3);
  }

  @Test
  void aClearedVerdictLeavesTheTags() {
    log.append(NewDecision.tag(row(1), "Bo", "blurred"));
    log.append(NewDecision.accept(row(1), "Ada"));
    log.append(NewDecision.clear(row(1), "Ada"));
    assertThat(now(1).verdict()).isNull();
    assertThat(now(1).tags()).containsExactly("blurred");
    assertThat(now(1).annotator()).isEqualTo("Bo");
    log.undo("Ada", BOTH);
    assertThat(now(1).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void tagsOfTheWorkspaceComeWithThoseOfMostRowsFirst() {
    assertThat(log.tags()).isEmpty();
    log.append(NewDecision.tag(row(1), "Ada", "a [\"quoted\"] tag"));
    log.append(NewDecision.tag(row(1), "Ada", "größe"));
    log.append(NewDecision.tag(row(2), "Ada", "größe"));
    log.append(NewDecision.tag(row(3), "Ada", "GRÖSSE"));
    log.append(NewDecision.tag(row(4), "Ada", "Größe"));
    log.append(NewDecision.tag(row(5), "Ada", "gone"));
    log.append(NewDecision.untag(row(5), "Ada", "gone"));
    assertThat(log.tags()).containsExactly("größe", "GRÖSSE", "a [\"quoted\"] tag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two\nlines", "nul\0", "line\u2028separator", "\ud83d"})
  void whatIsNoTagIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> NewDecision.tag(row(1), "Ada", text));
  }

  @Test
  void aTagHasFortyCharactersAtMostHoweverTheyAreWritten() {
    String bus = "\ud83d\ude8c";
    assertThat(NewDecision.tag(row(1), "Ada", bus.repeat(40)).text()).hasSize(80);
    assertThat(NewDecision.tagProblem(bus.repeat(41)))
        .hasValueSatisfying(problem -> assertThat(problem).contains("40"));
  }

  @Test
  void aSpanLiesInItsCaptionAndHasWordsAndAType() {
    for (NewDecisionOf of :
        List.<NewDecisionOf>of(
            () -> NewDecision.span(row(1), "Ada", "fused", ROW, "object"),
            () -> NewDecision.span(row(1), "Ada", "raw", new Span(0, 6), "object"),
            () -> NewDecision.span(row(1), "Ada", "raw", new Span(2, 2), "object"),
            () -> NewDecision.span(row(1), "Ada", "raw", ROW, "not a type"),
            () -> NewDecision.unspan(row(1), "Ada", "raw", ROW, ""))) {
      assertThatIllegalArgumentException().isThrownBy(of::make);
    }
    assertThat(NewDecision.span(row(1), "Ada", "raw", new Span(0, 5), "x").span()).isNotNull();
  }

  private interface NewDecisionOf {
    NewDecision make();
  }
}
