package io.capbench.viewer.shell;

import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** A sheet in the middle of the window; a click beside it closes it. FX thread only. */
final class Overlay extends StackPane {
  private final Runnable onClosed;

  Overlay(Runnable onClosed) {
    this.onClosed = onClosed;
    setId("overlay");
    getStyleClass().add("overlay");
    setVisible(false);
    addEventHandler(
        MouseEvent.MOUSE_PRESSED,
        event -> {
          if (event.getTarget() == this) {
            close();
          }
        });
  }

  /** Shows a sheet of that width in pixels, as high as its content. */
  void show(Region sheet, double width) {
    sheet.setPrefWidth(width);
    sheet.setMaxSize(width, USE_PREF_SIZE);
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
