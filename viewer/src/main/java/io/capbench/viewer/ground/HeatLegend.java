package io.capbench.viewer.ground;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** Which colour means how much. FX thread only. */
final class HeatLegend extends HBox {
  private static final int WIDTH = 72;
  private static final int HEIGHT = 10;
  private static final double END = 42;

  private final HeatImage colours;
  private final Label least = new Label();
  private final Label most = new Label();
  private final ImageView ramp = new ImageView();
  private final Tooltip tooltip = new Tooltip();

  HeatLegend(HeatImage colours) {
    super(6);
    this.colours = colours;
    setId("heat-legend");
    getStyleClass().add("heat-legend");
    setAlignment(Pos.CENTER_LEFT);
    least.setAlignment(Pos.CENTER_RIGHT);
    for (Label end : new Label[] {least, most}) {
      end.setMinWidth(END);
      end.setPrefWidth(END);
    }
    ramp.setFitWidth(WIDTH);
    ramp.setFitHeight(HEIGHT);
    StackPane ground = new StackPane(ramp);
    ground.getStyleClass().add("heat-ramp");
    ground.setMinSize(WIDTH + 2, HEIGHT + 2);
    ground.setMaxSize(WIDTH + 2, HEIGHT + 2);
    getChildren().addAll(least, ground, most);
    Tooltip.install(this, tooltip);
    show(null, 0);
  }

  /** Shows what the colours over the picture mean; what has no colour has none here. */
  void show(HeatViewModel.@Nullable Heat heat, double threshold) {
    WritableImage image = new WritableImage(WIDTH, HEIGHT);
    for (int x = 0; x < WIDTH; x++) {
      int colour = colours.argb((x + 0.5) / WIDTH, threshold);
      for (int y = 0; y < HEIGHT; y++) {
        image.getPixelWriter().setArgb(x, y, colour);
      }
    }
    ramp.setImage(image);
    String meaning = "From the least to the most";
    least.setText("");
    most.setText("");
    if (heat != null) {
      HeatNumbers numbers = new HeatNumbers(heat.field().least(), heat.field().most());
      least.setText(numbers.least());
      most.setText(numbers.most());
      meaning = heat.meaning() + " " + numbers.range();
    }
    tooltip.setText(meaning);
    setAccessibleText(meaning);
  }
}
