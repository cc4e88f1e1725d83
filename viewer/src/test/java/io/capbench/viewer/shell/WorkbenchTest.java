package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.capbench.storage.model.Verdict;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.picture.Picture;
import io.capbench.viewer.picture.PicturePane;
import io.capbench.viewer.theme.ProblemMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Works with the whole window, by keys and mouse, and looks into the workspace afterwards. */
class WorkbenchTest {
  @TempDir Path temp;
  private TestWindow window;

  @BeforeEach
  void open() {
    window = new TestWindow(temp, SampleShards.parquet(temp.resolve("cars.parquet"), 30));
  }

  @AfterEach
  void close() throws Exception {
    window.close();
  }

  @Test
  void thePictureHasItsShareOfTheRightSide() {
    window.until(() -> window.workbench().lookup("#picture") instanceof Region);
    double height =
        FxThread.call(() -> ((Region) window.workbench().lookup("#picture")).getHeight());
    assertThat(height).isBetween(300.0, 450.0);
  }

  @Test
  void theDatasetIsShownWithItsRowsTracksAndPictures() {
    assertThat(window.text("#count")).isEqualTo("30 of 30");
    assertThat(window.text("#dataset")).isEqualTo("cars.parquet");
    assertThat(window.text("#progress")).isEqualTo("0 of 30 decided");
    assertThat(window.showing("#rows")).isTrue();
    assertThat(window.showing("#empty")).isFalse();
    window.until(() -> picture().getPicture() instanceof Picture.Shown);
    assertThat(((Picture.Shown) picture().getPicture()).width()).isEqualTo(40);
    assertThat(window.workbench().lookupAll(".compare-row")).hasSizeGreaterThan(3);
  }

  @Test
  void keysDecideAndGoOn() {
    window.type(KeyCode.A, KeyCode.J, KeyCode.X, KeyCode.SPACE);
    window.untilSelected(4);
    assertThat(window.decision(0).orElseThrow().verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(window.decision(1)).isEmpty();
    assertThat(window.decision(2).orElseThrow().verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(window.decision(3).orElseThrow().verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(window.decision(3).orElseThrow().annotator()).isEqualTo("ann");
    window.untilText("#message", "Skipped row 3");
    window.untilText("#progress", "3 of 30 decided");
  }

  @Test
  void aBurstOfTwentyKeysDecidesTwentyRows() {
    for (int i = 0; i < 20; i++) {
      window.push(KeyCode.A);
    }
    window.untilSelected(20);
    for (int row = 0; row < 20; row++) {
      assertThat(window.decision(row).orElseThrow().verdict()).isEqualTo(Verdict.ACCEPTED);
    }
    assertThat(window.decision(20)).isEmpty();
  }

  @Test
  void afterAClickOnAButtonTheKeysMeanWhatTheyMeant() {
    window.click("#accept");
    window.untilSelected(1);
    window.push(KeyCode.SPACE);
    window.untilSelected(2);
    assertThat(window.decision(0).orElseThrow().verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(window.decision(1).orElseThrow().verdict()).isEqualTo(Verdict.SKIPPED);
    window.push(KeyCode.DOWN);
    window.untilSelected(3);
  }

  @Test
  void theButtonsDecideToo() {
    window.click("#reject");
    window.untilSelected(1);
    window.click("#skip");
    window.untilSelected(2);
    window.click("#undo");
    window.untilSelected(1);
    assertThat(window.decision(0).orElseThrow().verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(window.decision(1)).isEmpty();
  }

  @Test
  void deleteTakesAVerdictBackAndSaysWhenThereIsNone() {
    window.push(KeyCode.DELETE);
    window.untilText("#message", "This row has no verdict to clear");
    window.push(KeyCode.A);
    window.untilSelected(1);
    window.type(KeyCode.UP, KeyCode.DELETE);
    window.untilText("#message", "Cleared the verdict");
    assertThat(window.decision(0)).isEmpty();
  }

  @Test
  void arrowsAndPagesMove() {
    window.push(KeyCode.END);
    window.untilSelected(29);
    window.push(KeyCode.HOME);
    window.untilSelected(0);
    window.type(KeyCode.DOWN, KeyCode.DOWN, KeyCode.UP);
    window.untilSelected(1);
    window.push(KeyCode.PAGE_DOWN);
    assertThat(window.selected()).isGreaterThan(3);
  }

  @Test
  void anEditIsSavedWithControlAndEnterAndTheKeysWorkAgain() {
    window.push(KeyCode.E);
    window.untilFocused("#editor");
    assertThat(editor().getText())
        .as("without the letter of the key")
        .isEqualTo("The red car number 0 on a street, for sale.");
    window.push(KeyCode.CONTROL, KeyCode.A);
    window.write("mine x a");
    window.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.untilText("#message", "Saved the edited caption");
    assertThat(window.decision(0).orElseThrow().editedText()).isEqualTo("mine x a");
    assertThat(window.decision(0).orElseThrow().verdict()).isNull();
    assertThat(window.showing("#editor")).isFalse();

    window.push(KeyCode.A);
    window.untilSelected(1);
    assertThat(window.decision(0).orElseThrow().verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(window.models().review().annotatorProperty().get()).isEqualTo("ann");
  }

  @Test
  void escapeLeavesAnEditAsItWas() {
    window.push(KeyCode.E);
    window.untilFocused("#editor");
    window.write("something else");
    window.push(KeyCode.ESCAPE);
    window.until(() -> window.models().review().draftProperty().get() == null);
    assertThat(window.showing("#editor")).isFalse();
    window.push(KeyCode.A);
    window.untilSelected(1);
    assertThat(window.decision(0).orElseThrow().editedText()).isNull();
    assertThat(window.decision(0).orElseThrow().verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void anEditIsKeptWhenAnotherRowIsClicked() {
    window.push(KeyCode.E);
    window.untilFocused("#editor");
    window.push(KeyCode.CONTROL, KeyCode.A);
    window.write("mine");
    window.hand().click(() -> row(2));
    window.untilSelected(2);
    window.until(() -> window.decision(0).isPresent());
    assertThat(window.decision(0).orElseThrow().editedText()).isEqualTo("mine");
    assertThat(window.showing("#editor")).isFalse();
  }

  @Test
  void anEditIsKeptWhenTheColumnsAreMappedAnew() {
    window.push(KeyCode.E);
    window.untilFocused("#editor");
    window.push(KeyCode.CONTROL, KeyCode.A);
    window.write("mine");
    FxThread.run(
        () ->
            window
                .models()
                .workbench()
                .applyMapping(window.models().workbench().openProperty().get().mapping()));
    window.until(() -> !window.models().workbench().query().runningProperty().get());
    window.until(() -> window.decision(0).isPresent());
    assertThat(window.decision(0).orElseThrow().editedText()).isEqualTo("mine");
  }

  @Test
  void aNumberPrefersItsTrackAndUndoAndRedoGoBackAndForth() {
    window.push(KeyCode.DIGIT1);
    window.untilText("#message", "Preferred laion_2b");
    assertThat(window.decision(0).orElseThrow().preferredTrack()).isEqualTo("laion_2b");
    assertThat(window.workbench().lookupAll(".caption-card"))
        .anyMatch(
            card -> card.getPseudoClassStates().contains(PseudoClass.getPseudoClass("preferred")));
    window.push(KeyCode.END);
    window.push(KeyCode.CONTROL, KeyCode.Z);
    window.untilSelected(0);
    assertThat(window.decision(0)).isEmpty();
    window.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
    window.untilText("#message", "Redid: prefer");
    assertThat(window.decision(0).orElseThrow().preferredTrack()).isEqualTo("laion_2b");
  }

  @Test
  void theQuestionMarkShowsAllKeysAndEscapeGoesBack() {
    window.push(KeyCode.SHIFT, KeyCode.SLASH);
    assertThat(window.showing("#key-help")).isTrue();
    assertThat(window.showing("#overlay")).isTrue();
    window.push(KeyCode.A);
    window.push(KeyCode.ESCAPE);
    assertThat(window.showing("#overlay")).isFalse();
    assertThat(window.selected()).as("keys do nothing behind the sheet").isZero();
    assertThat(window.decision(0)).isEmpty();
    window.push(KeyCode.A);
    window.untilSelected(1);
  }

  @Test
  void theHelpOfTheWindowNamesEveryKeyOfTheWindow() {
    window.push(KeyCode.F1);
    FxThread.run(
        () -> {
          var texts =
              window.workbench().lookup("#key-help").lookupAll(".label").stream()
                  .map(node -> ((Label) node).getText())
                  .toList();
          for (KeyAction action : window.workbench().keys().actions()) {
            if (!action.keys().isEmpty()) {
              assertThat(texts).contains(action.keys(), action.title());
            }
          }
        });
  }

  @Test
  void noTwoActionsShareAKey() {
    var actions = FxThread.call(() -> window.workbench().keys()).actions();
    assertThat(actions.stream().flatMap(action -> action.combinations().stream()).toList())
        .filteredOn(keys -> !(keys instanceof TypedKey))
        .doesNotHaveDuplicates();
  }

  @Test
  void enterGivesOneRowTheWholeWindowAndEscapeTakesItBack() {
    window.push(KeyCode.ENTER);
    assertThat(window.workbench().isFocusedOnRow()).isTrue();
    assertThat(window.showing("#rows")).isFalse();
    window.push(KeyCode.A);
    window.untilSelected(1);
    window.push(KeyCode.ESCAPE);
    assertThat(window.showing("#rows")).isTrue();
    window.push(KeyCode.X);
    window.untilSelected(2);
    assertThat(window.decision(1).orElseThrow().verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void bracketsFoldTheSides() {
    window.pressCharacter("[");
    assertThat(window.showing(".sidebar")).isFalse();
    window.pressCharacter("]");
    assertThat(window.showing(".right-side")).isFalse();
    assertThat(window.workbench().look().leftShown()).isFalse();
    window.push(KeyCode.A);
    window.untilSelected(1);
    window.pressCharacter("[");
    window.pressCharacter("]");
    assertThat(window.showing(".sidebar")).isTrue();
    assertThat(window.showing(".right-side")).isTrue();
  }

  @Test
  void controlAndDSwitchTheTheme() {
    window.push(KeyCode.CONTROL, KeyCode.D);
    window.until(this::dark);
    window.push(KeyCode.CONTROL, KeyCode.D);
    window.until(() -> !dark());
  }

  private boolean dark() {
    return window.stage().getScene().getStylesheets().stream()
        .anyMatch(sheet -> sheet.endsWith("dark.css"));
  }

  @Test
  void controlAndPlusOrMinusChangeTheTextSize() {
    window.push(KeyCode.CONTROL, KeyCode.EQUALS);
    assertThat(window.workbench().look().textSize()).isEqualTo(14);
    window.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.EQUALS);
    assertThat(window.workbench().look().textSize())
        .as("a plus needs the shift key on most keyboards")
        .isEqualTo(15);
    window.push(KeyCode.CONTROL, KeyCode.MINUS);
    assertThat(window.workbench().look().textSize()).isEqualTo(14);
    window.push(KeyCode.CONTROL, KeyCode.DIGIT0);
    assertThat(window.workbench().look().textSize()).isEqualTo(13);
  }

  @Test
  void theSlashOpensTheSearchAndWordsFilterTheRows() {
    window.push(KeyCode.SLASH);
    window.untilFocused("#search");
    window.write("blue bus");
    window.untilText("#count", "15 of 30");
    assertThat(search().getText()).isEqualTo("blue bus");
    window.push(KeyCode.ENTER);
    window.untilFocused("#rows");
    window.until(() -> !window.models().workbench().query().runningProperty().get());
    window.until(() -> window.models().browse().currentProperty().get() != null);
    window.push(KeyCode.A);
    window.untilSelected(1);
    assertThat(window.decision(1).orElseThrow().verdict())
        .as("the first bus is row 1")
        .isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void aSearchWithoutHitsOffersToClearIt() {
    window.push(KeyCode.SLASH);
    window.write("submarine");
    window.untilText("#count", "0 of 30");
    assertThat(window.showing("#empty")).isTrue();
    window.click("#clear-filter");
    window.untilText("#count", "30 of 30");
    assertThat(window.showing("#empty")).isFalse();
  }

  @Test
  void wrongSqlIsExplainedUnderTheFieldAndTheRowsStay() {
    window.click("#sql");
    window.click("#search");
    window.paste("nowhere > 3");
    window.push(KeyCode.ENTER);
    window.until(() -> !text("#filter-error").isEmpty());
    assertThat(window.text("#filter-error")).contains("nowhere");
    assertThat(window.showing("#filter-error")).isTrue();
    assertThat(window.text("#count")).isEqualTo("30 of 30");
    assertThat(window.showing("#rows")).isTrue();
  }

  @Test
  void sqlFiltersByDecision() {
    window.type(KeyCode.A, KeyCode.X);
    window.untilSelected(2);
    window.click("#sql");
    window.click("#search");
    window.paste("decision.verdict = 'rejected'");
    window.push(KeyCode.ENTER);
    window.untilText("#count", "1 of 30");
  }

  @Test
  void theSideBarFiltersByDecision() {
    window.push(KeyCode.A);
    window.untilSelected(1);
    window.click("#filter-accepted");
    window.untilText("#count", "1 of 30");
    window.click("#filter-all");
    window.untilText("#count", "30 of 30");
  }

  @Test
  void aClickOnARowSelectsIt() {
    window.hand().click(() -> row(3));
    window.untilSelected(3);
    window.push(KeyCode.X);
    window.untilSelected(4);
    assertThat(window.decision(3).orElseThrow().verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void theLegendSwitchesAKindOfMarkOff() {
    window.click("#legend-raw");
    assertThat(window.workbench().getStyleClass()).contains("hide-raw");
    window.click("#legend-raw");
    assertThat(window.workbench().getStyleClass()).doesNotContain("hide-raw");
  }

  @Test
  void theColumnsSheetChangesTheMappingOfTheWorkspace() {
    window.push(KeyCode.M);
    assertThat(window.showing("#mapping")).isTrue();
    window.push(KeyCode.ESCAPE);
    assertThat(window.showing("#mapping")).isFalse();
    window.push(KeyCode.M);
    window.click("#mapping-apply");
    window.until(() -> !window.models().workbench().query().runningProperty().get());
    var open = window.models().workbench().openProperty().get();
    assertThat(window.workspace().mapping(open.id())).contains(open.mapping());
  }

  @Test
  void theExportSheetWritesTheAcceptedRows() throws Exception {
    window.push(KeyCode.A);
    window.untilSelected(1);
    window.push(KeyCode.CONTROL, KeyCode.E);
    assertThat(window.showing("#export-sheet")).isTrue();
    Path out = temp.resolve("out");
    FxThread.run(() -> window.models().export().folderProperty().set(out.toString()));
    window.click("#export-run");
    window.until(() -> window.models().export().reportProperty().get() != null);
    assertThat(window.text("#export-result")).contains("1 sample in").contains("1 shard,");
    assertThat(Files.exists(out)).isTrue();
    window.click("#export-close");
    assertThat(window.showing("#overlay")).isFalse();
  }

  @Test
  void aBrokenFileIsExplainedAndTheOldRowsCanBeReachedAgain() throws Exception {
    Path broken = Files.writeString(temp.resolve("broken.parquet"), "no parquet");
    assertThat(problems()).isEmpty();
    window.open(broken);
    assertThat(window.showing("#empty")).isTrue();
    assertThat(problems()).singleElement(STRING).contains("broken.parquet");
    assertThat(
            FxThread.call(
                () ->
                    window.workbench().lookupAll(".empty-text").stream()
                        .map(node -> ((Labeled) node).getText())
                        .toList()))
        .anyMatch(text -> text.contains("broken.parquet"));
    window.push(KeyCode.ESCAPE);
    assertThat(window.showing("#empty")).isFalse();
    assertThat(problems()).isEmpty();
    assertThat(window.text("#count")).isEqualTo("30 of 30");

    window.open(broken);
    window.click("#back-to-rows");
    assertThat(window.showing("#empty")).isFalse();
    window.push(KeyCode.A);
    window.untilSelected(1);
  }

  @Test
  void anotherDatasetTakesTheFirstOnesPlace() throws Exception {
    window.open(SampleShards.jsonLines(temp.resolve("a.jsonl"), 5));
    window.untilText("#count", "5 of 5");
    assertThat(window.text("#dataset")).isEqualTo("a.jsonl");
    window.until(() -> window.models().browse().currentProperty().get() != null);
    window.push(KeyCode.X);
    window.untilSelected(1);
    assertThat(window.decision(0).orElseThrow().verdict()).isEqualTo(Verdict.REJECTED);
  }

  /** What the window tells of as a problem. */
  private List<String> problems() {
    return FxThread.call(() -> ProblemMark.seenIn(window.workbench()));
  }

  private PicturePane picture() {
    return (PicturePane) window.workbench().lookup(".picture-pane");
  }

  private TextInputControl editor() {
    return (TextInputControl) window.workbench().lookup("#editor");
  }

  private TextInputControl search() {
    return (TextInputControl) window.workbench().lookup("#search");
  }

  private String text(String query) {
    return ((Labeled) window.workbench().lookup(query)).getText();
  }

  /** The visible cell of a row, or null until it is drawn; FX thread only. */
  private Node row(long position) {
    String spoken = "Row " + position + ".";
    return window.workbench().lookupAll(".compare-row").stream()
        .filter(Node::isVisible)
        .filter(node -> String.valueOf(node.getAccessibleText()).startsWith(spoken))
        .findFirst()
        .orElse(null);
  }
}
