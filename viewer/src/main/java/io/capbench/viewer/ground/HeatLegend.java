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
  private static final double SMALL = 1e-3;

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
    least.setText(heat == null ? "" : number(heat.field().least(), heat.field().most()));
    most.setText(heat == null ? "" : number(heat.field().most(), 0));
    String meaning =
        heat == null
            ? "From the least to the most"
            : "%s from %s to %s".formatted(heat.meaning(), least.getText(), most.getText());
    tooltip.setText(meaning);
    setAccessibleText(meaning);
  }

  /** A number next to the largest: what is a thousandth of it is nothing. */
  private static String number(float value, float largest) {
    if (Math.abs(value) <= SMALL * Math.abs(largest)) {
      return "0";
    }
    return Math.abs(value) < SMALL ? String.format("%.0e", value) : String.format("%.3f", value);
  }
}
