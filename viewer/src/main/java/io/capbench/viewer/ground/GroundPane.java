package io.capbench.viewer.ground;

import io.capbench.viewer.picture.PicturePane;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/**
 * The picture, and while a person looks, the colours over it, or all sub-captions beside each
 * other, and the bar under it. FX thread only.
 */
public final class GroundPane extends BorderPane {
  private final GroundViewModel ground;
  private final HeatViewModel heat;
  private final HeatLayer layer;
  private final PicturePane picture;
  private final Multiples multiples;
  private final GroundBar bar;

  /**
   * Makes the pane.
   *
   * @param onModels opens the place where a model is chosen
   * @param onDone gives the keyboard back to the rows
   */
  public GroundPane(
      PicturePane picture, GroundViewModel ground, Runnable onModels, Runnable onDone) {
    this.ground = ground;
    this.picture = picture;
    heat = new HeatViewModel(ground);
    HeatImage colours = new HeatImage();
    layer = new HeatLayer(colours);
    picture.setLayer(layer);
    multiples = new Multiples(ground, heat, colours, picture, onDone);
    bar = new GroundBar(ground, heat, colours, onModels);
    GroundNotice notice = new GroundNotice(ground, onModels, onDone);
    StackPane.setAlignment(notice, Pos.BOTTOM_CENTER);
    StackPane.setMargin(notice, new Insets(12));
    setCenter(new StackPane(picture, multiples, notice));
    // What lies in it wants to be as high as the picture; the divider decides.
    setMinSize(0, 0);
    OverlayViewModel overlay = ground.overlay();
    heat.heatProperty().subscribe(now -> show());
    overlay.thresholdProperty().subscribe(now -> show());
    overlay.contourProperty().subscribe(now -> show());
    overlay.opacityProperty().subscribe(now -> layer.setCover(now.doubleValue()));
    overlay.hiddenProperty().subscribe(layerHidden -> layer.setVisible(!layerHidden));
    overlay.gridProperty().subscribe(now -> showPlaces());
    ground.lookingProperty().subscribe(now -> showPlaces());
  }

  private void show() {
    OverlayViewModel overlay = ground.overlay();
    layer.show(
        heat.heatProperty().get(),
        overlay.thresholdProperty().get(),
        overlay.contourProperty().get());
  }

  private void showPlaces() {
    boolean looking = ground.lookingProperty().get();
    boolean grid = looking && ground.overlay().gridProperty().get();
    setBottom(looking ? bar : null);
    multiples.setShown(grid);
    picture.setVisible(!grid);
  }
}
