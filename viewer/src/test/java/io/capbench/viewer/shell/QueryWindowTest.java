package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.SampleShards;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters, sorts, names and jumps in the whole window. */
class QueryWindowTest {
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
  void linesBecomeSqlAndSqlBecomesLines() {
    window.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
    window.untilFocused("#builder-add");
    choose("#builder-add", "add-contains");
    window.push(KeyCode.END); // as a typed letter is told from the key before it
    window.write("red");
    window.untilText("#count", "15 of 30");
    assertThat(sql()).contains("ILIKE '%red%'");

    FxThread.run(() -> field("#builder-where").setText("laion_2b ILIKE '%no. 1%'"));
    FxThread.run(() -> field("#builder-where").requestFocus());
    window.push(KeyCode.ENTER);
    window.untilText("#count", "11 of 30");
    assertThat(window.models().workbench().filter().conditions())
        .containsExactly(new RowFilter.Contains("laion_2b", "no. 1"));
    assertThat(window.workbench().lookupAll(".condition-line")).hasSize(1);

    window.push(KeyCode.ESCAPE);
    assertThat(window.showing("#builder")).isFalse();
    assertThat(window.text("#chip-condition")).isEqualTo("laion_2b contains “no. 1”");
    window.click("#chip-condition");
    window.untilText("#count", "30 of 30");
  }

  @Test
  void whatMustNotHoldStaysOneLineAndStaysNegated() {
    RowFilter notRed = new RowFilter.Not(new RowFilter.Contains("laion_2b", "red"));
    window.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
    FxThread.run(() -> field("#builder-where").setText("(laion_2b ILIKE '%red%') IS NOT TRUE"));
    FxThread.run(() -> field("#builder-where").requestFocus());
    window.push(KeyCode.ENTER);
    window.untilText("#count", "15 of 30");
    assertThat(window.models().workbench().filter().conditions()).containsExactly(notRed);
    assertThat(window.workbench().lookupAll(".condition-line")).hasSize(1);
    assertThat(((ToggleButton) window.workbench().lookup(".condition-not")).isSelected()).isTrue();
  }

  @Test
  void linesForTagsAndMarkedWordsFindTheirRows() {
    window.push(KeyCode.T);
    window.untilFocused("#tag-field");
    window.push(KeyCode.END); // as a typed letter is told from the key before it
    window.write("odd");
    window.push(KeyCode.ENTER);
    window.push(KeyCode.ESCAPE);
    window.until(
        () -> window.models().review().tags().knownProperty().get().equals(List.of("odd")));
    window.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
    choose("#builder-add", "add-tagged");
    window.untilText("#count", "1 of 30");
    choose("#builder-add", "add-marked");
    window.untilText("#count", "0 of 30");
    assertThat(window.models().workbench().filter().conditions())
        .containsExactly(new RowFilter.Tagged("odd"), new RowFilter.SpanOf("object"));
  }

  @Test
  void aMistakeIsNamedBesideTheLineWhileItIsWritten() {
    window.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
    choose("#builder-add", "add-matches");
    window.push(KeyCode.END); // as a typed letter is told from the key before it
    window.write("(red");
    window.untilShowing(".condition-problem", true);
    assertThat(window.text(".condition-problem")).contains("Not a regular expression");
    window.write(")");
    window.untilText("#count", "15 of 30");
    assertThat(window.showing(".condition-problem")).isFalse();
  }

  @Test
  void aColumnsNameSortsAndTheChipTakesItBack() {
    window.click(".column-name");
    window.until(
        () ->
            new RowOrder.ByWords("laion_2b", true)
                .equals(window.models().workbench().query().shownProperty().get().order()));
    assertThat(window.text("#chip-order")).isEqualTo("↓ words of laion_2b");
    assertThat(window.text(".column-name:sorted")).isEqualTo("laion_2b  ↓ words");
    window.click("#chip-order");
    window.untilShowing("#chip-order", false);
    assertThat(window.models().workbench().filter().orderProperty().get()).isNull();
  }

  @Test
  void theSortMenuOrdersByAColumn() {
    choose("#sort", "sort-shuffle");
    window.until(
        () ->
            window.models().workbench().query().shownProperty().get().order()
                instanceof RowOrder.Shuffled);
    assertThat(window.text("#chip-order")).startsWith("shuffled (seed ");
  }

  @Test
  void keysDecideNothingWhileAMenuIsOpen() {
    window.push(KeyCode.S);
    window.until(() -> ((MenuButton) window.workbench().lookup("#sort")).isShowing());
    window.type(KeyCode.A, KeyCode.X);
    window.push(KeyCode.ESCAPE);
    window.until(() -> !((MenuButton) window.workbench().lookup("#sort")).isShowing());
    assertThat(window.selected()).isZero();
    assertThat(window.models().review().countsProperty().get().accepted()).isZero();
  }

  @Test
  void aFilterGetsANameAndIsChosenByIt() {
    FxThread.run(
        () -> {
          window.models().workbench().filter().add(new RowFilter.Contains("laion_2b", "red"));
          window.models().workbench().query().apply();
        });
    window.untilText("#count", "15 of 30");
    window.push(KeyCode.CONTROL, KeyCode.S);
    window.untilFocused("#saved-name");
    window.push(KeyCode.END); // as a typed letter is told from the key before it
    window.write("reds");
    window.push(KeyCode.ENTER);
    window.until(() -> window.models().workbench().saved().all().size() == 1);
    FxThread.run(
        () -> {
          window.models().workbench().filter().clear();
          window.models().workbench().query().apply();
        });
    window.untilText("#count", "30 of 30");

    FxThread.run(
        () -> {
          MenuButton saved = (MenuButton) window.workbench().lookup("#saved");
          saved.show();
          saved.getItems().get(0).fire();
          saved.hide();
        });
    window.untilText("#count", "15 of 30");
  }

  @Test
  void aBarOfTheFacetsFiltersAndTheClearedFilterComesBack() {
    window.push(KeyCode.I);
    window.untilShowing("#facets", true);
    window.until(() -> window.workbench().lookup(".bucket") != null);
    window.until(() -> !window.models().facets().runningProperty().get());
    FxThread.run(() -> ((ToggleButton) window.workbench().lookup(".bucket")).fire());
    window.untilShowing("#chip-condition", true);
    FxThread.run(
        () -> {
          window.models().workbench().filter().clear();
          window.models().workbench().query().apply();
        });
    window.untilShowing("#bring-back", true);
    window.click("#bring-back");
    window.untilShowing("#chip-condition", true);
  }

  @Test
  void aJumpGoesToARowAndSaysWhenThereIsNone() {
    window.push(KeyCode.G);
    window.untilFocused("#jump-to");
    window.push(KeyCode.END); // as a typed letter is told from the key before it
    window.write("99");
    window.push(KeyCode.ENTER);
    window.untilText("#jump-problem", "The list has the positions 1 to 30");
    window.push(KeyCode.CONTROL, KeyCode.A);
    window.write("12");
    window.push(KeyCode.ENTER);
    window.untilSelected(11);
    window.untilShowing("#jump", false);
  }

  @Test
  void theLetterThatOpensASheetIsNotWrittenIntoIt() {
    window.push(KeyCode.G);
    window.untilFocused("#jump-to");
    assertThat(FxThread.call(() -> field("#jump-to").getText())).isEmpty();
  }

  @Test
  void escapeStopsTheSearchAndWhatWasThereStays() {
    FxThread.run(
        () -> {
          window
              .models()
              .workbench()
              .filter()
              .add(new RowFilter.Words("capsfusion", Comparison.AT_LEAST, 1));
          window.models().workbench().query().apply();
          assertThat(window.models().workbench().query().runningProperty().get()).isTrue();
          assertThat(window.workbench().lookup("#stop").isVisible()).isTrue();
        });
    window.push(KeyCode.ESCAPE);
    window.until(() -> !window.models().workbench().query().runningProperty().get());
    assertThat(window.text("#count")).isIn("30, stopped", "30 of 30");
    assertThat(window.showing("#rows")).isTrue();
  }

  private void choose(String menu, String item) {
    FxThread.run(
        () -> {
          MenuButton button = (MenuButton) window.workbench().lookup(menu);
          button.show();
          button.getItems().stream()
              .filter(one -> item.equals(one.getId()))
              .findFirst()
              .ifPresent(MenuItem::fire);
          button.hide();
        });
  }

  private TextField field(String id) {
    return (TextField) window.workbench().lookup(id);
  }

  private String sql() {
    return FxThread.call(() -> field("#builder-where").getText());
  }
}
