package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.text.SubCaptionRule;
import javafx.beans.property.Property;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Under the picture while a person looks: how to look, and what the colours mean. */
final class GroundBar extends VBox {
  private static final double STEP = 0.05;

  private final GroundViewModel ground;
  private final OverlayViewModel overlay;
  private final ChoiceBox<GroundingMethod> method = new ChoiceBox<>();
  private final Slider block = new Slider();
  private final Label blockWords = new Label();
  private final Slider sigma = new Slider(0, 0.9, 0);
  private final ToggleButton share = new ToggleButton("1/P");
  private final Label sigmaWords = new Label();
  private final Label hint = new Label();
  private final HeatLegend legend;

  GroundBar(GroundViewModel ground, HeatViewModel heat, HeatImage colours, Runnable onModels) {
    super(6);
    this.ground = ground;
    this.overlay = ground.overlay();
    setId("ground-bar");
    getStyleClass().add("ground-bar");
    legend = new HeatLegend(colours);
    getChildren().addAll(methodLine(onModels), overlayLine());
    heat.heatProperty().subscribe(now -> showLegend(heat));
    overlay.thresholdProperty().addListener(o -> showLegend(heat));
    overlay.methodProperty().subscribe(now -> showMethod());
    overlay.sigmaProperty().subscribe(now -> showMethod());
    overlay.fromBlockProperty().subscribe(now -> showMethod());
    ground.stateProperty().subscribe(now -> showBlocks());
  }

  private HBox methodLine(Runnable onModels) {
    method.setId("ground-method");
    method.getItems().setAll(GroundingMethod.values());
    method.setConverter(converter());
    method.valueProperty().bindBidirectional(overlay.methodProperty());
    method.setAccessibleText("Method");
    Tooltip about = new Tooltip();
    overlay
        .methodProperty()
        .subscribe(now -> about.setText(new MethodWords().explanation(now) + " (V: next)"));
    method.setTooltip(about);
    method.setMinWidth(USE_PREF_SIZE);
    block.setId("ground-block");
    block.setMajorTickUnit(1);
    block.setMinorTickCount(0);
    block.setSnapToTicks(true);
    block.setBlockIncrement(1);
    block.setAccessibleText("From block");
    block.valueProperty().bindBidirectional(overlay.fromBlockProperty());
    sigma.setId("ground-sigma");
    sigma.setBlockIncrement(STEP);
    sigma.setAccessibleText("Threshold sigma");
    sigma
        .valueProperty()
        .addListener((o, was, now) -> overlay.sigmaProperty().set(sigma(now.doubleValue())));
    share.setId("ground-share");
    share.getStyleClass().addAll("flat", "ground-toggle");
    share.setMinWidth(USE_PREF_SIZE);
    small(sigma);
    small(block);
    for (Label each : new Label[] {sigmaWords, blockWords, hint}) {
      each.setMinWidth(USE_PREF_SIZE);
    }
    share.setTooltip(new Tooltip("One over the number of patches, as DreamLIP may choose"));
    share.setOnAction(
        event ->
            overlay
                .sigmaProperty()
                .set(share.isSelected() ? Sigma.ONE_OF_PATCHES : sigma(sigma.getValue())));
    hint.getStyleClass().add("ground-words");
    StackPane detail =
        new StackPane(line(block, blockWords), line(sigma, sigmaWords, share), new HBox(hint));
    detail.getChildren().forEach(each -> ((HBox) each).setAlignment(Pos.CENTER_LEFT));
    HBox.setHgrow(detail, Priority.ALWAYS);
    HBox line =
        line(
            method,
            detail,
            ruleMenu(),
            toggle("ground-grid", Feather.GRID, "All sub-captions beside each other (P)", overlay),
            icon("ground-models", Feather.CPU, "Models (Ctrl+M)", onModels),
            icon("ground-close", Feather.X, "Look no more (L)", ground::stop));
    return line;
  }

  private static ToggleButton toggle(
      String id, Feather symbol, String tip, OverlayViewModel overlay) {
    ToggleButton toggle = new ToggleButton(null, new FontIcon(symbol));
    dress(toggle, id, tip);
    toggle.selectedProperty().bindBidirectional(overlay.gridProperty());
    return toggle;
  }

  private ToggleButton ruleMenu() {
    ToggleButton dreamLip = new ToggleButton(null, new FontIcon(Feather.SCISSORS));
    dress(dreamLip, "ground-rule", "Cut at every full stop and line break, as DreamLIP does");
    dreamLip.setSelected(ground.ruleProperty().get() == SubCaptionRule.DREAMLIP);
    ground.ruleProperty().subscribe(now -> dreamLip.setSelected(now == SubCaptionRule.DREAMLIP));
    dreamLip.setOnAction(
        event ->
            ground
                .ruleProperty()
                .set(dreamLip.isSelected() ? SubCaptionRule.DREAMLIP : SubCaptionRule.SENTENCES));
    return dreamLip;
  }

  private HBox overlayLine() {
    ToggleButton contour = new ToggleButton(null, new FontIcon(Feather.CIRCLE));
    dress(contour, "ground-contour", "A line round what is coloured");
    contour.selectedProperty().bindBidirectional(overlay.contourProperty());
    ToggleButton hide = new ToggleButton(null, new FontIcon(Feather.EYE_OFF));
    dress(hide, "ground-hide", "The picture without colours (O)");
    hide.selectedProperty().bindBidirectional(overlay.hiddenProperty());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    return line(
        legend,
        space,
        name("from"),
        slider(
            "ground-threshold",
            "Colour from this share of the range on",
            overlay.thresholdProperty()),
        name("opacity"),
        slider("ground-opacity", "How much the colours cover", overlay.opacityProperty()),
        contour,
        hide);
  }

  private static Slider slider(String id, String tip, Property<Number> value) {
    Slider slider = new Slider(0, 1, 0);
    slider.setId(id);
    slider.setBlockIncrement(STEP);
    slider.valueProperty().bindBidirectional(value);
    slider.setTooltip(new Tooltip(tip));
    slider.setAccessibleText(tip);
    small(slider);
    return slider;
  }

  private static void small(Slider slider) {
    slider.getStyleClass().add("small");
    slider.setPrefWidth(60);
    slider.setMinWidth(40);
  }

  private static Label name(String text) {
    Label label = new Label(text);
    label.setMinWidth(USE_PREF_SIZE);
    return label;
  }

  private static HBox line(Node... nodes) {
    HBox line = new HBox(6, nodes);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }

  private static void dress(javafx.scene.control.ButtonBase button, String id, String tip) {
    button.setId(id);
    button.getStyleClass().addAll("button-icon", "flat", "ground-toggle");
    button.setTooltip(new Tooltip(tip));
    button.setAccessibleText(tip);
  }

  private static Button icon(String id, Feather symbol, String tip, Runnable action) {
    Button button = new Button(null, new FontIcon(symbol));
    dress(button, id, tip);
    button.setOnAction(event -> action.run());
    return button;
  }

  private static Sigma sigma(double value) {
    return new Sigma(Math.round(value * 100) / 100f);
  }

  private static StringConverter<GroundingMethod> converter() {
    MethodWords words = new MethodWords();
    return new StringConverter<>() {
      @Override
      public String toString(GroundingMethod method) {
        return method == null ? "" : words.name(method);
      }

      @Override
      public GroundingMethod fromString(String text) {
        throw new UnsupportedOperationException("Methods are chosen, not written");
      }
    };
  }

  private void showMethod() {
    GroundingMethod now = overlay.methodProperty().get();
    boolean grouping = now == GroundingMethod.GROUPING;
    boolean blocks = now == GroundingMethod.RELEVANCE_ALL;
    block.getParent().setVisible(blocks);
    sigma.getParent().setVisible(grouping);
    hint.setText(new MethodWords().ofImage(now) ? "the same for every sub-caption" : "");
    Float kept = overlay.sigmaProperty().get().value();
    share.setSelected(kept == null);
    if (kept != null) {
      sigma.setValue(kept);
    }
    sigmaWords.setText(kept == null ? "σ 1/P" : String.format("σ %.2f", kept));
    blockWords.setText("from block %d".formatted(overlay.fromBlockProperty().get()));
  }

  private void showBlocks() {
    Grounding found = ground.found();
    if (found != null && !found.subCaptions().isEmpty()) {
      block.setMax(Math.max(0, found.subCaptions().get(0).relevance().size() - 1));
    }
  }

  private void showLegend(HeatViewModel heat) {
    legend.show(heat.heatProperty().get(), overlay.thresholdProperty().get());
  }
}
