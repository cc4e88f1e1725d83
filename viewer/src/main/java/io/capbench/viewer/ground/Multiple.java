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
  private static final double HIGHEST = 0.75;

  private final int number;
  private final ImageView view = new ImageView();
  private final HeatLayer layer;
  private final StackPane place;
  private final Label words = new Label();
  private final SimilarityBar similarity = new SimilarityBar();
  private Picture.@Nullable Shown picture;
  private double side;

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
    setGraphic(new VBox(4, place, line, similarity));
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
    setAccessibleText("Sentence " + (number + 1) + ": " + text.text());
    Grounding found = ground.found();
    similarity.show(found, number);
    setSide(side);
  }

  void setChosen(boolean chosen) {
    pseudoClassStateChanged(CHOSEN, chosen);
  }

  /** Makes it so many pixels wide. */
  void setSide(double width) {
    side = width;
    double inner = Math.max(1, width - 2 * BORDER);
    double ratio =
        picture == null ? HIGHEST : Math.min(1.2, (double) picture.height() / picture.width());
    double w =
        picture == null
            ? inner
            : Math.min(inner, inner * ratio * picture.width() / picture.height());
    double h = picture == null ? inner * ratio : w * picture.height() / picture.width();
    view.setFitWidth(w);
    view.setFitHeight(h);
    layer.setMaxSize(w, h);
    layer.setPrefSize(w, h);
    place.setMinSize(inner, inner * ratio);
    place.setPrefSize(inner, inner * ratio);
    place.setMaxSize(inner, inner * ratio);
    words.setPrefHeight(2.7 * 13 + 6);
    words.setMinHeight(2.7 * 13 + 6);
    setPrefWidth(width);
    setMaxWidth(width);
  }
}
