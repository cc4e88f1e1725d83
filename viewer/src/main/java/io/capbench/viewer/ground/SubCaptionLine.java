package io.capbench.viewer.ground;

import io.capbench.engine.text.SubCaption;
import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.caption.MarkedCaption;
import io.capbench.viewer.caption.Words;
import java.util.OptionalInt;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** A sub-caption in its card: number, words, similarity. FX thread only. */
final class SubCaptionLine extends HBox {
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final GroundViewModel ground;
  private final int number;
  private final CaptionText text = new CaptionText();
  private final SimilarityBar similarity = new SimilarityBar();
  private SubCaption part = new SubCaption("", 0, 0);
  private Words words = new Words("");

  SubCaptionLine(GroundViewModel ground, int number) {
    super(8);
    this.ground = ground;
    this.number = number;
    setId("sub-caption-" + number);
    getStyleClass().add("sub-caption");
    setAlignment(Pos.TOP_LEFT);
    Label badge = new Label(String.valueOf(number + 1));
    badge.getStyleClass().add("sub-number");
    badge.setMinWidth(USE_PREF_SIZE);
    HBox.setHgrow(text, Priority.ALWAYS);
    similarity.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(badge, text, similarity);
    setOnMouseClicked(this::click);
    text.setOnMouseMoved(this::point);
    text.setOnMouseExited(event -> leave());
  }

  private void click(MouseEvent event) {
    if (event.getButton() == MouseButton.PRIMARY) {
      ground.choose(number);
    }
  }

  private void point(MouseEvent event) {
    int at = text.nearest(event.getX(), event.getY());
    OptionalInt word = words.from(at);
    if (word.isPresent()
        && text.covers(
            words.start(word.getAsInt()), words.end(word.getAsInt()), event.getX(), event.getY())) {
      WordRange range =
          new WordRange(
              part.start() + words.start(word.getAsInt()),
              part.start() + words.end(word.getAsInt()));
      if (!range.equals(ground.wordProperty().get())) {
        ground.wordProperty().set(range);
      }
    } else {
      leave();
    }
  }

  private void leave() {
    WordRange range = ground.wordProperty().get();
    if (range != null && range.start() >= part.start() && range.end() <= part.end()) {
      ground.wordProperty().set(null);
    }
  }

  /** Shows a sub-caption of that caption. */
  void show(SubCaption shown, MarkedCaption caption) {
    if (!shown.equals(part)) {
      part = shown;
      words = new Words(shown.text());
    }
    int end = Math.min(shown.end(), caption.text().length());
    int start = Math.min(shown.start(), end);
    text.setCaption(caption.part(start, end));
    setAccessibleText("Sentence " + (number + 1) + ": " + shown.text());
  }

  /** Shows how it was found; null while that is not known. */
  void showFound(io.capbench.engine.explain.@Nullable Grounding found) {
    similarity.show(found, number);
  }

  void setChosen(boolean chosen) {
    pseudoClassStateChanged(CHOSEN, chosen);
  }
}
