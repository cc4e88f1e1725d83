package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.text.SubCaption;
import io.capbench.viewer.picture.Picture;
import java.util.function.IntConsumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One sub-caption with its own small picture. FX thread only. */
final class Multiple extends Button {
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
  private static final double BORDER = 6;
  private static final double GAP = 4;

  /** Height by width of a picture that is not here yet, and at most. */
  private static final double USUAL = 0.75;

  private static final double HIGHEST = 1.2;

  /** Two lines. */
  private static final double WORDS = 38;

  private final int number;
  private final ImageView view = new ImageView();
  private final HeatLayer layer;
  private final StackPane place;
  private final Label words = new Label();
  private final SimilarityBar similarity = new SimilarityBar();
  private Picture.@Nullable Shown picture;

  Multiple(int number, HeatImage colours, IntConsumer onPick) {
    this.number = number;
    layer = new HeatLayer(colours);
    place = new StackPane(view, layer);
    place.getStyleClass().add("multiple-picture");
    setId("multiple-" + number);
    getStyleClass().addAll("flat", "multiple");
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    Label badge = new Label(String.valueOf(number + 1));
    badge.getStyleClass().add("sub-number");
    words.setWrapText(true);
    words.setMaxWidth(Double.MAX_VALUE);
    words.setAlignment(Pos.TOP_LEFT);
    words.getStyleClass().add("multiple-words");
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox line = new HBox(6, badge, words);
    line.setAlignment(Pos.TOP_LEFT);
    setGraphic(new VBox(GAP, place, line, similarity));
    setOnAction(event -> onPick.accept(number));
  }

  void show(
      SubCaption text,
      Picture.@Nullable Shown shown,
      HeatViewModel.@Nullable Heat heat,
      GroundViewModel ground) {
    picture = shown;
    view.setImage(shown == null ? null : shown.image());
    OverlayViewModel overlay = ground.overlay();
    layer.show(heat, overlay.thresholdProperty().get(), overlay.contourProperty().get());
    layer.setCover(overlay.opacityProperty().get());
    layer.setVisible(!overlay.hiddenProperty().get());
    words.setText(text.text());
    setAccessibleText("Sub-caption " + (number + 1) + ": " + text.text());
    Grounding found = ground.found();
    similarity.show(found, number, ground.advice().weakMargin());
  }

  void setChosen(boolean chosen) {
    pseudoClassStateChanged(CHOSEN, chosen);
  }

  /** How high it is if it is so many pixels wide. */
  double heightOf(double width) {
    return (width - 2 * BORDER) * ratio()
        + 2 * BORDER
        + WORDS
        + similarity.prefHeight(-1)
        + 2 * GAP;
  }

  private double ratio() {
    Picture.Shown shown = picture;
    return shown == null
        ? USUAL
        : Math.min(HIGHEST, (double) shown.height() / Math.max(1, shown.width()));
  }

  /** Makes it so many pixels wide. */
  void setSide(double width) {
    double inner = Math.max(1, width - 2 * BORDER);
    double height = inner * ratio();
    Picture.Shown shown = picture;
    double w = shown == null ? inner : Math.min(inner, height * shown.width() / shown.height());
    view.setFitWidth(w);
    view.setFitHeight(height);
    layer.setMaxSize(w, height);
    layer.setPrefSize(w, height);
    place.setMinSize(inner, height);
    place.setPrefSize(inner, height);
    place.setMaxSize(inner, height);
    words.setMinHeight(WORDS);
    words.setPrefHeight(WORDS);
    words.setMaxHeight(WORDS);
    setPrefSize(width, heightOf(width));
    setMaxSize(width, heightOf(width));
  }
}
