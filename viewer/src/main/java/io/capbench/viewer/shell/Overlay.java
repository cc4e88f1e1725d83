package io.capbench.viewer.shell;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** A sheet in the middle of the window; Escape or a click beside it closes it. FX thread only. */
final class Overlay extends StackPane {
  private final Runnable onClosed;

  Overlay(Runnable onClosed) {
    this.onClosed = onClosed;
    setId("overlay");
    getStyleClass().add("overlay");
    setVisible(false);
    addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume();
          }
        });
    addEventHandler(
        MouseEvent.MOUSE_PRESSED,
        event -> {
          if (event.getTarget() == this) {
            close();
          }
        });
  }

  /** Shows a sheet of at most that size, in pixels. */
  void show(Region sheet, double width, double height) {
    sheet.setMaxSize(width, height);
    getChildren().setAll(sheet);
    setVisible(true);
    sheet.requestFocus();
  }

  boolean showing() {
    return isVisible();
  }

  void close() {
    setVisible(false);
    getChildren().clear();
    onClosed.run();
  }
}
