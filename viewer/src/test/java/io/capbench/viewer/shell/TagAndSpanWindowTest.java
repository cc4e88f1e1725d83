package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.Verdict;
import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.SampleShards;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags rows and marks words in the real window, then looks into the workspace. */
class TagAndSpanWindowTest {
  @TempDir java.nio.file.Path temp;
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
  void aRowIsTaggedInAFieldAndUntaggedByItsChip() {
    window.push(KeyCode.T);
    window.untilFocused("#tag-field");
    assertThat(field()).as("the key that opened the field").isEmpty();
    window.write("blurred");
    window.push(KeyCode.ENTER);
    window.until(() -> tags(0).equals(List.of("blurred")));
    window.until(() -> field().isEmpty());
    window.write("axe");
    window.push(KeyCode.ENTER);
    window.until(() -> tags(0).equals(List.of("axe", "blurred")));
    window.push(KeyCode.ESCAPE);
    window.untilFocused("#rows");
    assertThat(window.showing("#overlay")).isFalse();
    assertThat(window.decision(0).orElseThrow().verdict()).as("letters decide nothing").isNull();
    assertThat(chips("#tags")).containsExactly("axe", "blurred");

    window.push(KeyCode.CONTROL, KeyCode.Z);
    window.untilText("#message", "Undid: tag \"axe\"");
    assertThat(chips("#tags")).containsExactly("blurred");
    window.click("#tags .note-remove");
    window.until(() -> tags(0).isEmpty());
    assertThat(window.showing("#tags")).isFalse();

    window.push(KeyCode.A);
    window.untilSelected(1);
    window.untilText("#progress", "1 of 30 decided");
  }

  @Test
  void aTagOfTheWorkspaceIsCompletedWithArrowAndEnter() {
    window.push(KeyCode.T);
    window.write("blurred");
    window.type(KeyCode.ENTER, KeyCode.ESCAPE, KeyCode.DOWN);
    window.untilSelected(1);
    window.push(KeyCode.T);
    window.write("blu");
    window.until(() -> window.workbench().lookup(".tag-suggestion") != null);
    window.type(KeyCode.DOWN, KeyCode.ENTER);
    window.until(() -> tags(1).equals(List.of("blurred")));
    window.push(KeyCode.ENTER);
    assertThat(window.showing("#overlay")).as("an empty field closes").isFalse();
  }

  @Test
  void wordsAreMarkedWithoutAMouse() {
    window.type(KeyCode.H);
    window.until(() -> text("#message").startsWith("Select words"));
    window.type(KeyCode.RIGHT, KeyCode.RIGHT);
    window.push(KeyCode.SHIFT, KeyCode.RIGHT);
    window.push(KeyCode.H);
    assertThat(window.showing("#span-menu")).isTrue();
    window.push(KeyCode.A);
    window.until(() -> !spans(0).isEmpty());
    // "The red car number 0 on a street, for sale."
    assertThat(spans(0)).containsExactly(new CaptionSpan("capsfusion", 4, 11, "attribute", "ann"));
    window.untilFocused("#rows");
    assertThat(window.decision(0).orElseThrow().verdict()).isNull();
    window.untilText("#message", "Marked \"red car\" as Attribute");
    assertThat(chips(".caption-card.role-fused")).contains("Attribute: red car");
    assertThat(drawn("span")).isTrue();
    assertThat(drawn("selected")).isFalse();

    window.push(KeyCode.CONTROL, KeyCode.Z);
    window.until(() -> spans(0).isEmpty());
    assertThat(drawn("span")).isFalse();
  }

  @Test
  void wordsAreMarkedWithTheMouseAndUnmarkedByTheirChip() {
    CaptionText caption = fused();
    window.hand().drag(at(caption, "The re"), at(caption, "The red ca"));
    assertThat(selection()).isEqualTo("red car");
    assertThat(drawn("selected")).isTrue();
    window.push(KeyCode.ESCAPE);
    assertThat(drawn("selected")).isFalse();

    window.hand().doubleClick(at(caption, "The red ca"));
    assertThat(selection()).isEqualTo("car");
    window.push(KeyCode.H);
    window.click("#span-object");
    window.until(() -> !spans(0).isEmpty());
    assertThat(spans(0)).containsExactly(new CaptionSpan("capsfusion", 8, 11, "object", "ann"));

    window.click(".caption-card .note-remove");
    window.until(() -> spans(0).isEmpty());
    window.push(KeyCode.X);
    window.untilSelected(1);
    assertThat(window.decision(0).orElseThrow().verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void aMarkGoesToItsWordsThoughTheRowChangesUnderTheMenu() {
    window.push(KeyCode.W);
    window.push(KeyCode.H);
    FxThread.run(() -> window.models().browse().select(5));
    window.untilSelected(5);
    window.push(KeyCode.O);
    window.until(() -> !spans(0).isEmpty());
    assertThat(spans(0)).containsExactly(new CaptionSpan("capsfusion", 0, 3, "object", "ann"));
    assertThat(spans(5)).isEmpty();
    assertThat(window.selected()).isEqualTo(5);
  }

  private String field() {
    return ((TextInputControl) window.workbench().lookup("#tag-field")).getText();
  }

  private String text(String query) {
    return ((Labeled) window.workbench().lookup(query)).getText();
  }

  private List<String> tags(long row) {
    return window.decision(row).map(Decision::tags).orElse(List.of());
  }

  private List<CaptionSpan> spans(long row) {
    return window.decision(row).map(Decision::spans).orElse(List.of());
  }

  private String selection() {
    return FxThread.call(() -> window.models().review().spans().selectionProperty().get().text());
  }

  private List<String> chips(String inside) {
    return FxThread.call(
        () ->
            window.workbench().lookup(inside).lookupAll(".note-chip > .label").stream()
                .map(label -> ((Labeled) label).getText())
                .toList());
  }

  private CaptionText fused() {
    return (CaptionText)
        FxThread.call(() -> window.workbench().lookup(".caption-card.role-fused .caption-text"));
  }

  private boolean drawn(String kind) {
    CaptionText caption = fused();
    return FxThread.call(
        () -> {
          caption.layout();
          return !((Path) caption.lookup(".line-" + kind)).getElements().isEmpty();
        });
  }

  /** Where on the screen the last character of these words of the fused caption stands. */
  private Point2D at(CaptionText caption, String upTo) {
    return FxThread.call(
        () -> {
          Bounds place = caption.localToScreen(caption.getBoundsInLocal());
          for (double x = 0; x < caption.getWidth(); x++) {
            if (caption.nearest(x, 8) == upTo.length() - 1) {
              return new Point2D(place.getMinX() + x + 2, place.getMinY() + 8);
            }
          }
          throw new AssertionError("Not in the first line: " + upTo);
        });
  }
}
