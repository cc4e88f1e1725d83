package io.capbench.viewer.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.viewer.fixture.FxThread;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PicturePaneTest {
  private static final double WIDTH = 624;
  private static final double HEIGHT = 424;

  @Test
  void aLargePictureFitsIntoItsPlaceInItsProportions() {
    FxThread.run(
        () -> {
          Bounds bounds = bounds(pane(1200, 400));
          assertThat(bounds.getWidth()).isCloseTo(600, within(0.01));
          assertThat(bounds.getHeight()).isCloseTo(200, within(0.01));
          assertThat(bounds.getCenterX()).isCloseTo(WIDTH / 2, within(1.0));
          assertThat(bounds.getCenterY()).isCloseTo(HEIGHT / 2, within(1.0));
        });
  }

  @Test
  void aLayerHasThePlaceOfThePictureWhateverTheZoom() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 400);
          Region layer = new Region();
          pane.setLayer(layer);
          for (int step = 0; step < 3; step++) {
            pane.layout();
            Bounds picture = bounds(pane);
            Bounds place = layer.getParent().getBoundsInParent();
            assertThat(place.getMinX()).isCloseTo(picture.getMinX(), within(1.0));
            assertThat(place.getMinY()).isCloseTo(picture.getMinY(), within(1.0));
            assertThat(place.getWidth()).isCloseTo(picture.getWidth(), within(1.0));
            assertThat(place.getHeight()).isCloseTo(picture.getHeight(), within(1.0));
            pane.zoomIn();
          }
          pane.show(new Picture.Loading());
          pane.layout();
          assertThat(layer.getParent().isVisible()).isFalse();
        });
  }

  @Test
  void aTallPictureFitsByItsHeight() {
    FxThread.run(
        () -> {
          Bounds bounds = bounds(pane(100, 800));
          assertThat(bounds.getHeight()).isCloseTo(400, within(0.01));
          assertThat(bounds.getWidth()).isCloseTo(50, within(0.01));
        });
  }

  @Test
  void theWheelZoomsAroundThePointer() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 800);
          double x = 200;
          double y = 150;
          double[] before = pointUnder(pane, x, y);
          for (int i = 0; i < 5; i++) {
            wheel(pane, x, y, 40);
          }
          double[] after = pointUnder(pane, x, y);
          assertThat(pane.getZoom()).isCloseTo(Math.pow(1.25, 5), within(1e-9));
          assertThat(after[0]).isCloseTo(before[0], within(0.002));
          assertThat(after[1]).isCloseTo(before[1], within(0.003));
        });
  }

  @Test
  void theWheelBackwardsEndsAtTheWholePictureInTheMiddle() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 800);
          Bounds whole = bounds(pane);
          for (int i = 0; i < 4; i++) {
            wheel(pane, 100, 100, 40);
          }
          for (int i = 0; i < 20; i++) {
            wheel(pane, 500, 300, -40);
          }
          assertThat(pane.getZoom()).isEqualTo(1);
          assertThat(bounds(pane)).isEqualTo(whole);
        });
  }

  @Test
  void zoomHasAnEnd() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 800);
          for (int i = 0; i < 100; i++) {
            pane.zoomIn();
          }
          assertThat(pane.getZoom()).isEqualTo(32);
          pane.zoomOut();
          assertThat(pane.getZoom()).isEqualTo(32 / 1.25);
          pane.fit();
          assertThat(pane.getZoom()).isEqualTo(1);
        });
  }

  @Test
  void draggingMovesThePictureWithThePointer() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 800);
          for (int i = 0; i < 8; i++) {
            pane.zoomIn();
          }
          pane.layout();
          double[] before = pointUnder(pane, 300, 200);
          mouse(pane, MouseEvent.MOUSE_PRESSED, 300, 200, 1);
          mouse(pane, MouseEvent.MOUSE_DRAGGED, 340, 170, 0);
          double[] after = pointUnder(pane, 340, 170);
          assertThat(after[0]).isCloseTo(before[0], within(0.002));
          assertThat(after[1]).isCloseTo(before[1], within(0.002));
        });
  }

  @Test
  void aZoomedPictureCannotBeDraggedOutOfItsPlace() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 800);
          for (int i = 0; i < 8; i++) {
            pane.zoomIn();
          }
          mouse(pane, MouseEvent.MOUSE_PRESSED, 0, 0, 1);
          mouse(pane, MouseEvent.MOUSE_DRAGGED, 90_000, 90_000, 0);
          Bounds bounds = bounds(pane);
          assertThat(bounds.getMinX()).isBetween(-1.0, 1.0);
          assertThat(bounds.getMinY()).isBetween(-1.0, 1.0);
          mouse(pane, MouseEvent.MOUSE_PRESSED, 0, 0, 1);
          mouse(pane, MouseEvent.MOUSE_DRAGGED, -90_000, -90_000, 0);
          assertThat(bounds(pane).getMaxX()).isBetween(WIDTH - 1, WIDTH + 1);
          assertThat(bounds(pane).getMaxY()).isBetween(HEIGHT - 1, HEIGHT + 1);
        });
  }

  @Test
  void aWholePictureStaysInTheMiddleWhenDragged() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 800);
          Bounds whole = bounds(pane);
          mouse(pane, MouseEvent.MOUSE_PRESSED, 0, 0, 1);
          mouse(pane, MouseEvent.MOUSE_DRAGGED, 200, 100, 0);
          assertThat(bounds(pane)).isEqualTo(whole);
        });
  }

  @Test
  void aDoubleClickZoomsToOnePixelAPixelAndBack() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(6000, 4000);
          mouse(pane, MouseEvent.MOUSE_CLICKED, 300, 200, 2);
          assertThat(bounds(pane).getWidth()).isCloseTo(6000, within(0.01));
          mouse(pane, MouseEvent.MOUSE_CLICKED, 300, 200, 2);
          assertThat(pane.getZoom()).isEqualTo(1);
          mouse(pane, MouseEvent.MOUSE_CLICKED, 300, 200, 1);
          assertThat(pane.getZoom()).isEqualTo(1);
        });
  }

  @Test
  void anotherPictureIsShownWhole() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 800);
          pane.zoomIn();
          pane.show(picture(300, 300));
          pane.layout();
          assertThat(pane.getZoom()).isEqualTo(1);
          assertThat(bounds(pane).getHeight()).isCloseTo(400, within(0.01));
        });
  }

  @Test
  void theSizeAndTheScaleAreWritten() {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 800);
          assertThat(texts(pane)).contains("1200 × 800 · 50 %");
          pane.show(new Picture.Missing(Reason.NOT_FOUND, "gone"));
          pane.layout();
          assertThat(texts(pane)).doesNotContain("1200 × 800 · 50 %");
        });
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonIsSaidInWordsAndToScreenReaders(Reason reason) {
    FxThread.run(
        () -> {
          PicturePane pane = pane(1200, 800);
          pane.show(new Picture.Missing(reason, "because of " + reason));
          pane.layout();
          assertThat(texts(pane)).containsExactly("because of " + reason);
          assertThat(pane.getAccessibleText()).isEqualTo("because of " + reason);
          assertThat(((ImageView) pane.lookup("ImageView")).getImage()).isNull();
          pane.zoomIn();
          assertThat(pane.getZoom()).isEqualTo(1);
        });
  }

  @Test
  void beforeAnythingHasComeItSaysThatItReads() {
    FxThread.run(
        () -> {
          PicturePane pane = new PicturePane();
          assertThat(pane.getAccessibleText()).contains("Reading");
        });
  }

  private static Picture.Shown picture(int width, int height) {
    return new Picture.Shown(new WritableImage(8, 8), width, height);
  }

  private static PicturePane pane(int width, int height) {
    PicturePane pane = new PicturePane();
    new Scene(new Group(pane));
    pane.applyCss();
    pane.resize(WIDTH, HEIGHT);
    // The image itself is small: only the sizes matter here.
    pane.show(
        new Picture.Shown(
            new WritableImage(Math.max(1, width / 100), Math.max(1, height / 100)), width, height));
    pane.layout();
    return pane;
  }

  private static Bounds bounds(PicturePane pane) {
    pane.layout();
    return pane.lookup("ImageView").getBoundsInParent();
  }

  /** The point of the picture under a point of the pane, as shares of the picture's size. */
  private static double[] pointUnder(PicturePane pane, double x, double y) {
    Bounds bounds = bounds(pane);
    return new double[] {
      (x - bounds.getMinX()) / bounds.getWidth(), (y - bounds.getMinY()) / bounds.getHeight()
    };
  }

  private static Stream<String> texts(PicturePane pane) {
    return pane.lookupAll(".label").stream()
        .filter(PicturePaneTest::shown)
        .map(node -> ((Label) node).getText());
  }

  private static boolean shown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private static void mouse(
      PicturePane pane, EventType<MouseEvent> type, double x, double y, int clicks) {
    Event.fireEvent(
        pane,
        new MouseEvent(
            type,
            x,
            y,
            x,
            y,
            MouseButton.PRIMARY,
            clicks,
            false,
            false,
            false,
            false,
            true,
            false,
            false,
            false,
            false,
            true,
            new PickResult(pane, x, y)));
    pane.layout();
  }

  private static void wheel(PicturePane pane, double x, double y, double deltaY) {
    Event.fireEvent(
        pane,
        new ScrollEvent(
            ScrollEvent.SCROLL,
            x,
            y,
            x,
            y,
            false,
            false,
            false,
            false,
            false,
            false,
            0,
            deltaY,
            0,
            deltaY,
            ScrollEvent.HorizontalTextScrollUnits.NONE,
            0,
            ScrollEvent.VerticalTextScrollUnits.NONE,
            0,
            0,
            new PickResult(pane, x, y)));
    pane.layout();
  }
}
