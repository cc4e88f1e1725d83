package io.capbench.viewer.review;

import io.capbench.storage.model.Decision;
import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.caption.MarkedCaption;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The caption that a person wrote or is writing for the selected row. FX thread only. */
public final class EditCard extends VBox {
  private final ReviewViewModel review;
  private final Label title = new Label("Edited caption");
  private final Label hint = new Label();
  private final CaptionText written = new CaptionText();
  private final TextArea editor = new TextArea();
  private final Button save = new Button("Save");
  private final Button cancel = new Button("Cancel");
  private final HBox buttons = new HBox(8, save, cancel);
  private @Nullable Draft draft;

  /** Makes a card that is invisible until there is something to show. */
  public EditCard(ReviewViewModel review) {
    this.review = review;
    getStyleClass().addAll("caption-card", "edit-card");
    title.getStyleClass().add("card-name");
    hint.getStyleClass().add("card-words");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox head = new HBox(8, title, space, hint);
    head.setAlignment(Pos.CENTER_LEFT);
    editor.setId("editor");
    editor.setWrapText(true);
    editor.setPrefRowCount(5);
    editor.setAccessibleText("Edited caption");
    editor.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    save.getStyleClass().add("accent");
    save.setOnAction(event -> review.saveEdit(editor.getText()));
    cancel.setOnAction(event -> review.cancelEdit());
    getChildren().addAll(head, written, editor, buttons);
    show(null, null, null);
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
      review.saveEdit(editor.getText());
      event.consume();
    } else if (event.getCode() == KeyCode.ESCAPE) {
      review.cancelEdit();
      event.consume();
    }
  }

  /** Gives the editor the keyboard, if it is open. */
  public void focusEditor() {
    if (editor.isVisible()) {
      editor.requestFocus();
    }
  }

  /** What is in the editor, to be kept when the person goes elsewhere. */
  public String editedText() {
    return editor.getText();
  }

  /**
   * Shows the state of a row.
   *
   * @param writing the draft, if the row's caption is being written
   * @param text the caption that was written, with marks, or null
   * @param decision what holds for the row, or null
   */
  public void show(
      @Nullable Draft writing, @Nullable MarkedCaption text, @Nullable Decision decision) {
    boolean begins = !Objects.equals(writing, draft);
    boolean ends = writing == null && draft != null;
    draft = writing;
    visible(this, writing != null || text != null);
    visible(editor, writing != null);
    visible(buttons, writing != null);
    visible(written, writing == null && text != null);
    if (text != null) {
      written.setCaption(text);
    }
    if (writing != null) {
      hint.setText("from " + writing.track() + " · Ctrl+Enter saves, Escape discards");
    } else if (decision != null && decision.editedTrack() != null) {
      hint.setText("from " + decision.editedTrack() + " · " + decision.annotator());
    }
    if (writing != null && begins) {
      editor.setText(writing.text());
      editor.requestFocus();
      editor.end();
    } else if (ends && editor.isFocused()) {
      getParent().requestFocus();
    }
  }

  private static void visible(javafx.scene.Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
