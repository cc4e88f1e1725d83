package io.capbench.viewer.caption;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.TrackRole;
import io.capbench.viewer.fixture.FxThread;
import java.util.List;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import javafx.geometry.Bounds;
import javafx.scene.Group;
import javafx.scene.Scene;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptionTextTest {
  private static final double WIDTH = 220;
  private static final String LONG_ENOUGH =
      "The teaser showcases the production vehicle of the marque, featuring alloy wheels";

  @ParameterizedTest
  @EnumSource
  void everyKindDrawsATintAndALine(MarkKind kind) {
    FxThread.run(
        () -> {
          CaptionText text = laidOut(marked("red car", new Mark(0, 3, kind)), WIDTH);
          assertThat(path(text, "tint-" + kind.id()).getElements()).isNotEmpty();
          assertThat(path(text, "line-" + kind.id()).getElements()).isNotEmpty();
          for (MarkKind other : MarkKind.values()) {
            if (other != kind) {
              assertThat(path(text, "tint-" + other.id()).getElements()).isEmpty();
            }
          }
        });
  }

  @Test
  void aMarkOnTheSecondWordStandsBehindTheSecondWord() {
    FxThread.run(
        () -> {
          CaptionText text = laidOut(marked("red car", new Mark(4, 7, MarkKind.RAW)), WIDTH);
          Bounds tint = path(text, "tint-raw").getLayoutBounds();
          double red = width("red ", text);
          double all = width("red car", text);
          assertThat(tint.getMinX()).isBetween(red - 3, red + 1);
          assertThat(tint.getMaxX()).isBetween(all - 1, all + 3);
        });
  }

  @Test
  void aPlaceIsFoundByTheCharacterThatStandsThere() {
    FxThread.run(
        () -> {
          CaptionText text = laidOut(marked("red car", new Mark(4, 7, MarkKind.SPAN)), WIDTH);
          double inCar = width("red c", text) - 1;
          assertThat(text.nearest(inCar, 5)).isEqualTo(4);
          assertThat(text.nearest(-50, 5)).isZero();
          assertThat(text.nearest(WIDTH + 50, 500)).isEqualTo(6);
          assertThat(text.covers(4, 7, inCar, 5)).isTrue();
          assertThat(text.covers(0, 3, inCar, 5)).isFalse();
          assertThat(text.covers(4, 7, inCar, 500)).isFalse();
          assertThat(laidOut(MarkedCaption.plain(""), WIDTH).nearest(3, 3)).isZero();
        });
  }

  @Test
  void aMarkOverAWrappedLineHasABoxALineInsideTheWidth() {
    FxThread.run(
        () -> {
          Mark whole = new Mark(0, LONG_ENOUGH.length(), MarkKind.BOTH);
          CaptionText text = laidOut(marked(LONG_ENOUGH, whole), WIDTH);
          Path tint = path(text, "tint-both");
          assertThat(boxes(tint)).isGreaterThanOrEqualTo(3);
          assertThat(tint.getLayoutBounds().getMinX()).isGreaterThanOrEqualTo(-3);
          assertThat(tint.getLayoutBounds().getMaxX()).isLessThanOrEqualTo(WIDTH + 3);
          assertThat(tint.getLayoutBounds().getMaxY()).isLessThanOrEqualTo(text.prefHeight(WIDTH));
        });
  }

  @Test
  void everyWordOfAWrappedCaptionIsBoxedInsideTheWidth() {
    FxThread.run(
        () -> {
          List<Mark> words = words(LONG_ENOUGH, MarkKind.NEITHER);
          CaptionText text = laidOut(new MarkedCaption(LONG_ENOUGH, words), WIDTH);
          assertThat(boxes(path(text, "tint-neither"))).isEqualTo(words.size());
          Bounds waves = path(text, "line-neither").getLayoutBounds();
          assertThat(waves.getMaxX()).isLessThanOrEqualTo(WIDTH + 5);
        });
  }

  @Test
  void rightToLeftWordsAreMarkedWhereTheyStand() {
    FxThread.run(
        () -> {
          String hebrew = "שלום עולם";
          CaptionText text = laidOut(marked(hebrew, new Mark(0, 4, MarkKind.RAW)), WIDTH);
          Bounds first = path(text, "tint-raw").getLayoutBounds();
          text.setCaption(marked(hebrew, new Mark(5, 9, MarkKind.RAW)));
          layOut(text, WIDTH);
          Bounds second = path(text, "tint-raw").getLayoutBounds();
          // The first word stands to the right of the second.
          assertThat(first.getMinX()).isGreaterThan(second.getMinX());
          assertThat(first.getMaxX()).isLessThanOrEqualTo(WIDTH + 3);
          assertThat(second.getMinX()).isGreaterThanOrEqualTo(-3);
        });
  }

  @Test
  void aMarkAcrossDirectionsHasABoxEachDirection() {
    FxThread.run(
        () -> {
          String mixed = "abc שלום def";
          CaptionText text = laidOut(marked(mixed, new Mark(0, 6, MarkKind.RAW)), WIDTH);
          assertThat(boxes(path(text, "tint-raw"))).isGreaterThanOrEqualTo(2);
        });
  }

  @Test
  void theSameCaptionAgainDrawsNothing() {
    FxThread.run(
        () -> {
          CaptionText text = laidOut(marked("red car", new Mark(0, 3, MarkKind.RAW)), WIDTH);
          int[] changes = {0};
          path(text, "tint-raw")
              .getElements()
              .addListener((ListChangeListener<PathElement>) change -> changes[0]++);
          text.setCaption(marked("red car", new Mark(0, 3, MarkKind.RAW)));
          assertThat(text.isNeedsLayout()).isFalse();
          layOut(text, WIDTH);
          assertThat(changes[0]).isZero();

          text.setCaption(marked("red car", new Mark(4, 7, MarkKind.RAW)));
          layOut(text, WIDTH);
          assertThat(changes[0]).isPositive();
        });
  }

  @Test
  void anotherWidthMovesTheMarks() {
    FxThread.run(
        () -> {
          CaptionText text = laidOut(marked(LONG_ENOUGH, new Mark(73, 81, MarkKind.RAW)), 1000);
          assertThat(path(text, "tint-raw").getLayoutBounds().getMinX()).isGreaterThan(200);
          layOut(text, 200);
          assertThat(path(text, "tint-raw").getLayoutBounds().getMaxX()).isLessThan(203);
        });
  }

  @Test
  void aLargerFontMovesTheMarks() {
    FxThread.run(
        () -> {
          CaptionText text = laidOut(marked("red car", new Mark(4, 7, MarkKind.RAW)), WIDTH);
          double before = path(text, "tint-raw").getLayoutBounds().getMinX();
          words(text).setFont(Font.font(30));
          layOut(text, WIDTH);
          assertThat(path(text, "tint-raw").getLayoutBounds().getMinX())
              .isGreaterThan(before * 1.5);
        });
  }

  @Test
  void aClippedCaptionDrawsNoMarksBelowItsEndUntilItGrows() {
    FxThread.run(
        () -> {
          CaptionText text = CaptionText.clipped();
          text.setCaption(new MarkedCaption(LONG_ENOUGH, words(LONG_ENOUGH, MarkKind.RAW)));
          new Scene(new Group(text));
          text.applyCss();
          text.resize(80, 40);
          text.layout();
          int some = boxes(path(text, "tint-raw"));
          text.resize(80, 400);
          text.layout();
          int all = boxes(path(text, "tint-raw"));
          assertThat(some).isPositive().isLessThan(words(LONG_ENOUGH, MarkKind.RAW).size());
          assertThat(all).isGreaterThanOrEqualTo(words(LONG_ENOUGH, MarkKind.RAW).size());
        });
  }

  @Test
  void theHeadOfAHundredThousandCharactersIsLaidOut() {
    FxThread.run(
        () -> {
          StringBuilder book = new StringBuilder();
          while (book.length() < 100_000) {
            book.append("word ");
          }
          MarkedCaption caption =
              new MarkedCaption(book.toString(), words(book.toString(), MarkKind.RAW)).head(400);
          CaptionText text = laidOut(caption, WIDTH);
          assertThat(words(text).getText()).hasSize(401).endsWith("…");
          assertThat(boxes(path(text, "tint-raw"))).isEqualTo(80);
        });
  }

  @Test
  void theHeightFollowsTheWidth() {
    FxThread.run(
        () -> {
          CaptionText text = laidOut(MarkedCaption.plain(LONG_ENOUGH), WIDTH);
          assertThat(text.prefHeight(100)).isGreaterThan(text.prefHeight(1000) * 3);
        });
  }

  @Test
  void theRoleIsAStyleClassAndOnlyTheLastOne() {
    FxThread.run(
        () -> {
          CaptionText text = new CaptionText();
          text.setRole(TrackRole.RAW);
          text.setRole(TrackRole.FUSED);
          text.setRole(TrackRole.FUSED);
          assertThat(text.getStyleClass())
              .containsOnlyOnce("role-fused")
              .doesNotContain("role-raw");
        });
  }

  @Test
  void screenReadersHearTheCaption() {
    FxThread.run(
        () -> {
          CaptionText text = laidOut(MarkedCaption.plain("red car"), WIDTH);
          assertThat(text.getAccessibleText()).isEqualTo("red car");
        });
  }

  private static MarkedCaption marked(String text, Mark... marks) {
    return new MarkedCaption(text, List.of(marks));
  }

  private static List<Mark> words(String text, MarkKind kind) {
    List<Integer> starts =
        IntStream.range(0, text.length())
            .filter(i -> text.charAt(i) != ' ' && (i == 0 || text.charAt(i - 1) == ' '))
            .boxed()
            .toList();
    return starts.stream()
        .map(
            start -> {
              int space = text.indexOf(' ', start);
              return new Mark(start, space < 0 ? text.length() : space, kind);
            })
        .toList();
  }

  private static CaptionText laidOut(MarkedCaption caption, double width) {
    CaptionText text = new CaptionText();
    text.setCaption(caption);
    new Scene(new Group(text));
    text.applyCss();
    layOut(text, width);
    return text;
  }

  private static void layOut(CaptionText text, double width) {
    text.resize(width, text.prefHeight(width));
    text.layout();
  }

  private static Path path(CaptionText text, String styleClass) {
    return (Path) text.lookup("." + styleClass);
  }

  private static Text words(CaptionText text) {
    return (Text) text.lookup(".caption-words");
  }

  private static double width(String words, CaptionText like) {
    Text measure = new Text(words);
    measure.setFont(words(like).getFont());
    return measure.getLayoutBounds().getWidth();
  }

  /** Every box of a tint is five elements. */
  private static int boxes(Path tint) {
    return tint.getElements().size() / 5;
  }
}
