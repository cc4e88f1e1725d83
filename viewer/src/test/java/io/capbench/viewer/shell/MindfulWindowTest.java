package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.SampleShards;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys never decide what they were not meant for, and the columns stay under their names. */
class MindfulWindowTest {
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
  void lettersBesideAnOpenEditorDecideNothingAndEditReturnsToIt() {
    window.push(KeyCode.E);
    window.untilFocused("#editor");
    FxThread.run(() -> window.workbench().lookup("#rows").requestFocus());
    window.type(KeyCode.A, KeyCode.X, KeyCode.SPACE);
    assertThat(window.selected()).isZero();
    assertThat(window.decision(0)).isEmpty();

    window.click("#edit");
    window.untilFocused("#editor");
    FxThread.run(() -> window.workbench().lookup("#rows").requestFocus());
    window.push(KeyCode.ESCAPE);
    window.until(() -> window.models().review().draftProperty().get() == null);
    assertThat(window.decision(0)).isEmpty();
  }

  @Test
  void aFilterThatFailsKeepsTheKeyboardInTheField() {
    window.click("#sql");
    window.click("#search");
    window.paste("lenght(capsfusion) > 3");
    window.push(KeyCode.ENTER);
    window.until(() -> !window.models().workbench().filter().errorProperty().get().isEmpty());
    window.until(() -> !window.models().workbench().query().runningProperty().get());
    window.type(KeyCode.A, KeyCode.X);
    assertThat(window.decision(0)).isEmpty();
    window.untilFocused("#search");

    window.push(KeyCode.CONTROL, KeyCode.A);
    window.paste("length(capsfusion) > 3");
    window.push(KeyCode.ENTER);
    window.untilFocused("#rows");
    assertThat(window.text("#filter-error")).isEmpty();
  }

  @Test
  void escapeInTheSearchFirstEmptiesItAndThenLeavesIt() {
    window.push(KeyCode.CONTROL, KeyCode.F);
    window.untilFocused("#search");
    window.write("bus");
    window.until(() -> window.models().browse().rowCountProperty().get() < 30);
    window.push(KeyCode.ESCAPE);
    window.until(() -> window.models().browse().rowCountProperty().get() == 30);
    window.untilFocused("#search");
    window.push(KeyCode.ESCAPE);
    window.untilFocused("#rows");
  }

  @Test
  void columnNamesFollowTheirColumnsWhenTheListBecomesWider() {
    window.until(() -> names().equals(columns()));
    List<Double> before = FxThread.call(this::names);
    window.pressCharacter("[");
    window.until(() -> !names().equals(before));
    window.until(() -> names().equals(columns()));
    FxThread.run(() -> window.stage().setWidth(window.stage().getWidth() - 150));
    window.until(() -> names().equals(columns()));
    window.pressCharacter("]");
    window.until(() -> names().equals(columns()));
  }

  /** Left edges of the names above the list, in pixels of the scene. */
  private List<Double> names() {
    return window.workbench().lookupAll(".column-name").stream()
        .filter(Node::isVisible)
        .map(Label.class::cast)
        .map(MindfulWindowTest::left)
        .sorted()
        .toList();
  }

  /** Left edges of the captions of the first row. */
  private List<Double> columns() {
    Node row =
        window.workbench().lookupAll(".compare-row").stream()
            .filter(Node::isVisible)
            .min(Comparator.comparingDouble(node -> node.getLayoutY()))
            .orElseThrow();
    return row.lookupAll(".caption-text").stream()
        .map(CaptionText.class::cast)
        .filter(caption -> caption.isVisible() && caption.getWidth() > 0)
        .map(MindfulWindowTest::left)
        .sorted()
        .toList();
  }

  private static double left(Node node) {
    return node.localToScene(0, 0).getX();
  }
}
