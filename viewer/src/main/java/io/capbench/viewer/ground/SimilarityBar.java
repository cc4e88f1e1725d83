package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.SubCaptionGrounding;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** How similar a sub-caption and the image are, as a bar, a number and a word. FX thread only. */
final class SimilarityBar extends HBox {
  /** Similarities of trained models seldom get further. */
  private static final double FULL = 0.4;

  private static final double WIDTH = 56;

  private final Region bar = new Region();
  private final Label number = new Label();
  private final Label weak = new Label("weak", new FontIcon(Feather.ALERT_CIRCLE));
  private final Tooltip tooltip = new Tooltip();

  SimilarityBar() {
    super(6);
    getStyleClass().add("similarity");
    setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("similarity-bar");
    StackPane ground = new StackPane(bar);
    ground.getStyleClass().add("similarity-ground");
    ground.setAlignment(Pos.CENTER_LEFT);
    ground.setMinSize(WIDTH, USE_PREF_SIZE);
    ground.setMaxSize(WIDTH, USE_PREF_SIZE);
    number.getStyleClass().add("similarity-number");
    number.setMinWidth(36);
    weak.getStyleClass().add("similarity-weak");
    weak.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(ground, number, weak);
    Tooltip.install(this, tooltip);
    show(null, 0, 0);
  }

  /**
   * Shows the similarity of a sub-caption.
   *
   * @param found null while it is not known
   * @param index of the sub-caption
   * @param weakMargin of the model, in logits
   */
  void show(@Nullable Grounding found, int index, double weakMargin) {
    SubCaptionGrounding one =
        found == null || index >= found.subCaptions().size()
            ? null
            : found.subCaptions().get(index);
    double full = FULL;
    if (found != null) {
      for (SubCaptionGrounding each : found.subCaptions()) {
        full = Math.max(full, each.similarity());
      }
    }
    double share = one == null ? 0 : Math.max(0, Math.min(1, one.similarity() / full));
    bar.setMinWidth(WIDTH * share);
    bar.setMaxWidth(WIDTH * share);
    number.setText(one == null ? "" : String.format("%.3f", one.similarity()));
    WeakWords weakWords = new WeakWords(weakMargin);
    boolean weakly = found != null && one != null && weakWords.weak(found, index);
    weak.setVisible(weakly);
    String words = found == null || one == null ? "Not known yet" : weakWords.explain(found, index);
    tooltip.setText(words);
    setAccessibleText(words);
  }
}
