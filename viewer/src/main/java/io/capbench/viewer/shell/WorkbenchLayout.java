package io.capbench.viewer.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * How the places of the window share it: dividers, folded sides, one row in the whole window; and
 * its theme and text size. FX thread only.
 */
final class WorkbenchLayout {
  private static final double FOCUSED_PICTURE = 0.55;
  private static final String FOCUS_MODE = "focus-mode";

  private final Region window;
  private final Places places;
  private final SplitPane details = new SplitPane();
  private final VBox right;
  private final SplitPane middle = new SplitPane();
  private DoubleConsumer onTextSize = pixels -> {};
  private Runnable onArranged = () -> {};
  private Look look;
  private boolean focused;
  private boolean pictures = true;

  /**
   * The places between header and status.
   *
   * @param sidebar on the left
   * @param rows in the middle
   * @param picture on the right, above the cards
   * @param reading on the right: legend and cards
   * @param decisions on the right, at the bottom
   */
  record Places(Node sidebar, Node rows, Node picture, Node reading, Node decisions) {}

  /**
   * Lays the places out.
   *
   * @param window gets the text size, and the style class {@code focus-mode} while one row has it
   * @param places what to lay out
   * @param look how the person likes it
   */
  WorkbenchLayout(Region window, Places places, Look look) {
    this.window = window;
    this.places = places;
    this.look = look;
    right = new VBox(details, places.decisions());
    right.getStyleClass().add("right-side");
    VBox.setVgrow(details, Priority.ALWAYS);
    SplitPane.setResizableWithParent(places.sidebar(), false);
    middle.setId("middle");
  }

  /** The node to put into the window. */
  SplitPane node() {
    return middle;
  }

  /** What to do with another text size, in pixels; runs now and after every change. */
  void setOnTextSize(DoubleConsumer action) {
    onTextSize = action;
    dress();
  }

  /** What to do when places have moved. */
  void setOnArranged(Runnable action) {
    onArranged = action;
  }

  /** Sets whether the rows have pictures; without, the cards get the picture's place. */
  void setPictures(boolean shown) {
    look = look();
    pictures = shown;
    arrange();
  }

  /** How the person likes the window now. */
  Look look() {
    if (focused || middle.getItems().size() < 3 || window.getScene() == null) {
      return look;
    }
    return new Look(
        look.theme(),
        look.textSize(),
        look.leftShown(),
        look.rightShown(),
        middle.getDividerPositions()[0],
        middle.getDividerPositions()[1],
        pictures ? details.getDividerPositions()[0] : look.pictureDivider());
  }

  /** Dresses the window in its theme, once it is in a scene. */
  void applyTheme() {
    if (window.getScene() != null) {
      look.theme().applyTo(window.getScene());
    }
  }

  void switchTheme() {
    look = look().withTheme(look.theme().other());
    applyTheme();
  }

  /** Changes the text size by so many pixels; 0 makes it as at first. */
  void changeTextSize(double by) {
    look = look().withTextSize(by == 0 ? Look.DEFAULT.textSize() : look.textSize() + by);
    dress();
  }

  /** Makes the window look as on the first start. */
  void reset() {
    focused = false;
    look = Look.DEFAULT;
    applyTheme();
    dress();
    arrange();
  }

  void toggleLeft() {
    look = look().withSides(!look.leftShown(), look.rightShown());
    arrange();
  }

  /** Unfolds the left side, out of one row in the whole window too. */
  void showLeft() {
    focus(false);
    if (!look.leftShown()) {
      toggleLeft();
    }
  }

  void toggleRight() {
    look = look().withSides(look.leftShown(), !look.rightShown());
    arrange();
  }

  /** Gives one row the whole window, or takes it back. */
  void focus(boolean on) {
    if (on != focused) {
      look = look();
      focused = on;
      arrange();
    }
  }

  boolean focused() {
    return focused;
  }

  /** Gives the keyboard to the right side, which is all there is while one row has the window. */
  void focusRight() {
    right.requestFocus();
  }

  private void dress() {
    window.setStyle("-fx-font-size: " + look.textSize() + "px;");
    onTextSize.accept(look.textSize());
  }

  private void arrange() {
    List<Node> shown = new ArrayList<>();
    if (look.leftShown() && !focused) {
      shown.add(places.sidebar());
    }
    if (!focused) {
      shown.add(places.rows());
    }
    if (look.rightShown() || focused) {
      shown.add(right);
    }
    window.getStyleClass().remove(FOCUS_MODE);
    if (focused) {
      window.getStyleClass().add(FOCUS_MODE);
    }
    show(middle, shown);
    if (shown.size() == 3) {
      middle.setDividerPositions(look.leftDivider(), look.rightDivider());
    } else if (shown.size() == 2) {
      boolean left = shown.get(0) == places.sidebar();
      middle.setDividerPosition(0, left ? look.leftDivider() : look.rightDivider());
    }
    details.setOrientation(focused ? Orientation.HORIZONTAL : Orientation.VERTICAL);
    show(
        details,
        pictures ? List.of(places.picture(), places.reading()) : List.of(places.reading()));
    if (pictures) {
      details.setDividerPosition(0, focused ? FOCUSED_PICTURE : look.pictureDivider());
    }
    onArranged.run();
  }

  // A split pane that gets the nodes again that it has gives some of them no room.
  private static void show(SplitPane pane, List<Node> nodes) {
    if (!pane.getItems().equals(nodes)) {
      pane.getItems().setAll(nodes);
    }
  }
}
