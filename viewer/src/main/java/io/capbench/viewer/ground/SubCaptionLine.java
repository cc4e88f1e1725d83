package io.capbench.viewer.ground;

import io.capbench.engine.text.SubCaption;
import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.caption.Mark;
import io.capbench.viewer.caption.MarkKind;
import io.capbench.viewer.caption.MarkedCaption;
import io.capbench.viewer.caption.Words;
import java.util.List;
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
  private MarkedCaption plain = MarkedCaption.plain("");

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
      ground.words().point(range);
    } else {
      leave();
    }
  }

  private void leave() {
    ground.words().point(null);
  }

  /** Shows a sub-caption of that caption. */
  void show(SubCaption shown, MarkedCaption caption) {
    if (!shown.equals(part)) {
      part = shown;
      words = new Words(shown.text());
    }
    int end = Math.min(shown.end(), caption.text().length());
    int start = Math.min(shown.start(), end);
    plain = caption.part(start, end);
    showWord(ground.words().wordsProperty().get());
    setAccessibleText("Sub-caption " + (number + 1) + ": " + shown.text());
  }

  /** Shows how it was found; null while that is not known. */
  void showFound(io.capbench.engine.explain.@Nullable Grounding found) {
    similarity.show(found, number, ground.advice().weakMargin());
  }

  /** Marks the words that are shown on the picture, if they are here. */
  void showWord(@Nullable WordRange word) {
    if (word == null || word.start() >= part.end() || word.end() <= part.start()) {
      text.setCaption(plain);
      return;
    }
    int from = Math.max(0, word.start() - part.start());
    int to = Math.min(plain.text().length(), word.end() - part.start());
    text.setCaption(plain.with(List.of(new Mark(from, to, MarkKind.SELECTED))));
  }

  void setChosen(boolean chosen) {
    pseudoClassStateChanged(CHOSEN, chosen);
  }
}
