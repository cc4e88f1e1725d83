package io.capbench.viewer.review;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A short text with a button that takes it away. FX thread only. */
public final class Chip extends HBox {

  /**
   * Makes a chip.
   *
   * @param text what it says
   * @param explanation what it says when the mouse rests on it
   * @param onRemove runs when the button is pressed
   */
  public Chip(String text, String explanation, Runnable onRemove) {
    getStyleClass().add("note-chip");
    setAlignment(Pos.CENTER_LEFT);
    Label label = new Label(text);
    label.setTooltip(new Tooltip(explanation));
    Button remove = new Button(null, new FontIcon(Feather.X));
    remove.getStyleClass().addAll("flat", "note-remove");
    remove.setAccessibleText("Remove " + text);
    remove.setTooltip(new Tooltip("Remove"));
    remove.setFocusTraversable(false);
    remove.setOnAction(event -> onRemove.run());
    getChildren().addAll(label, remove);
  }
}
