package io.capbench.viewer.review;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Asks what is wrong with words that were selected when it opened. FX thread only. */
public final class SpanMenu extends VBox {
  private final SpanViewModel spans;
  private final WordSelection marked;
  private final Runnable onClose;

  /**
   * Makes a menu.
   *
   * @param marked the words
   * @param onClose closes the menu
   */
  public SpanMenu(SpanViewModel spans, WordSelection marked, Runnable onClose) {
    super(2);
    this.spans = spans;
    this.marked = marked;
    this.onClose = onClose;
    setId("span-menu");
    getStyleClass().addAll("sheet", "small-sheet");
    Label title = new Label("What is wrong here?");
    title.getStyleClass().add("sheet-title");
    Label words = new Label("“" + marked.text() + "”");
    words.getStyleClass().add("span-words");
    words.setWrapText(true);
    words.setMaxHeight(60);
    getChildren().addAll(title, words);
    spans.types().all().forEach(type -> getChildren().add(entry(type)));
    addEventFilter(KeyEvent.KEY_PRESSED, this::key);
  }

  private Button entry(SpanType type) {
    Label key = new Label(type.key().toUpperCase(Locale.ROOT));
    key.getStyleClass().add("key-badge");
    key.setMinWidth(USE_PREF_SIZE);
    Label name = new Label(type.name());
    name.setMinWidth(USE_PREF_SIZE);
    Label explanation = new Label(type.explanation());
    explanation.getStyleClass().add("sheet-hint");
    HBox content = new HBox(8, key, name, explanation);
    content.setAlignment(Pos.CENTER_LEFT);
    Button button = new Button(null, content);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    button.setId("span-" + type.id());
    button.setAccessibleText(type.name() + ": " + type.explanation());
    button.getStyleClass().addAll("flat", "span-entry");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setOnAction(event -> choose(type));
    return button;
  }

  private void key(KeyEvent event) {
    boolean plain = !event.isShortcutDown() && !event.isAltDown();
    if (plain && !event.getText().isBlank()) {
      spans.types().ofKey(event.getText()).ifPresent(this::choose);
      event.consume();
    }
  }

  private void choose(SpanType type) {
    onClose.run();
    spans.mark(marked, type);
  }
}
