package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.text.SubCaptionRule;
import java.util.List;
import javafx.beans.property.Property;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Under the picture while a person looks: how to look, and what the colours mean. Takes as many
 * lines as its width asks for, so that nothing is out of reach in a narrow window.
 */
final class GroundBar extends FlowPane {
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
  private final Label note = new Label();
  private final HeatLegend legend;

  GroundBar(GroundViewModel ground, HeatViewModel heat, HeatImage colours, Runnable onModels) {
    super(8, 4);
    this.ground = ground;
    this.overlay = ground.overlay();
    setId("ground-bar");
    getStyleClass().add("ground-bar");
    legend = new HeatLegend(colours);
    setRowValignment(VPos.CENTER);
    getChildren().addAll(methods(), legend);
    getChildren().addAll(sliders());
    getChildren().add(buttons(onModels));
    getChildren().add(note);
    note.setId("ground-note");
    note.getStyleClass().add("ground-words");
    note.managedProperty().bind(note.visibleProperty());
    ground.models().stateProperty().subscribe(this::showNote);
    heat.heatProperty().subscribe(now -> showLegend(heat));
    overlay.thresholdProperty().addListener(o -> showLegend(heat));
    overlay.methodProperty().subscribe(now -> showMethod());
    overlay.sigmaProperty().subscribe(now -> showMethod());
    overlay.fromBlockProperty().subscribe(now -> showMethod());
    ground.stateProperty().subscribe(now -> showBlocks());
  }

  private HBox methods() {
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
    hint.managedProperty().bind(hint.visibleProperty());
    return line(
        method, details(line(block, blockWords)), details(line(sigma, sigmaWords, share)), hint);
  }

  /** What takes no room while it is not shown. */
  private static HBox details(HBox line) {
    line.managedProperty().bind(line.visibleProperty());
    return line;
  }

  private HBox buttons(Runnable onModels) {
    ToggleButton contour =
        toggle("ground-contour", "Outline", Feather.CIRCLE, "A line round what is coloured");
    contour.selectedProperty().bindBidirectional(overlay.contourProperty());
    ToggleButton hide =
        toggle("ground-hide", "No colours", Feather.EYE_OFF, "The picture without colours (O)");
    hide.selectedProperty().bindBidirectional(overlay.hiddenProperty());
    ToggleButton grid =
        toggle("ground-grid", "All parts", Feather.GRID, "All sub-captions beside each other (P)");
    grid.selectedProperty().bindBidirectional(overlay.gridProperty());
    Button model = new Button("Model", new FontIcon(Feather.CPU));
    dress(model, "ground-models", "Models (Ctrl+M)");
    model.setOnAction(event -> onModels.run());
    Button close = new Button(null, new FontIcon(Feather.X));
    dress(close, "ground-close", "Look no more (L)");
    close.getStyleClass().add("button-icon");
    close.setOnAction(event -> ground.stop());
    HBox buttons = line(contour, hide, grid, ruleToggle(), model, close);
    buttons.setSpacing(0);
    return buttons;
  }

  private static ToggleButton toggle(String id, String text, Feather symbol, String tip) {
    ToggleButton toggle = new ToggleButton(text, new FontIcon(symbol));
    dress(toggle, id, tip);
    return toggle;
  }

  private ToggleButton ruleToggle() {
    ToggleButton dreamLip =
        toggle(
            "ground-rule",
            "Every full stop",
            Feather.SCISSORS,
            "Cut at every full stop and line break, as DreamLIP does");
    ground.ruleProperty().subscribe(now -> dreamLip.setSelected(now == SubCaptionRule.DREAMLIP));
    dreamLip.setOnAction(
        event ->
            ground
                .ruleProperty()
                .set(dreamLip.isSelected() ? SubCaptionRule.DREAMLIP : SubCaptionRule.SENTENCES));
    return dreamLip;
  }

  private List<HBox> sliders() {
    return List.of(
        line(
            name("threshold"),
            slider(
                "ground-threshold",
                "Colour only what is above this share of the range",
                overlay.thresholdProperty())),
        line(
            name("opacity"),
            slider("ground-opacity", "How much the colours cover", overlay.opacityProperty())));
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

  private static void dress(ButtonBase button, String id, String tip) {
    button.setId(id);
    button.getStyleClass().addAll("flat", "ground-toggle");
    button.setMinWidth(USE_PREF_SIZE);
    button.setTooltip(new Tooltip(tip));
    button.setAccessibleText(tip);
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
    boolean alike = new MethodWords().ofImage(now);
    hint.setText(alike ? "the same for every sub-caption" : "");
    hint.setVisible(alike);
    Float kept = overlay.sigmaProperty().get().value();
    share.setSelected(kept == null);
    if (kept != null) {
      sigma.setValue(kept);
    }
    sigmaWords.setText(kept == null ? "σ 1/P" : String.format("σ %.2f", kept));
    blockWords.setText("from block %d".formatted(overlay.fromBlockProperty().get()));
  }

  /** What its maker says of the model. */
  private void showNote(ModelState state) {
    String words = state instanceof ModelState.Ready ready ? ready.advice().note() : null;
    note.setText(words == null ? "" : words);
    note.setVisible(words != null);
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
