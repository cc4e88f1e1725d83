package io.capbench.viewer.ground;

import io.capbench.engine.text.SubCaption;
import io.capbench.viewer.picture.Picture;
import io.capbench.viewer.picture.PicturePane;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.TilePane;

/** Every sub-caption with its own small picture, all at once. FX thread only. */
final class Multiples extends ScrollPane {
  private static final double SMALLEST = 145;
  private static final double LARGEST = 420;
  private static final double GAP = 10;
  private static final double MARGIN = 12;

  private final GroundViewModel ground;
  private final HeatViewModel heat;
  private final HeatImage colours;
  private final PicturePane picture;
  private final Runnable onDone;
  private final TilePane tiles = new TilePane(GAP, GAP);
  private final List<Multiple> cells = new ArrayList<>();

  Multiples(
      GroundViewModel ground,
      HeatViewModel heat,
      HeatImage colours,
      PicturePane picture,
      Runnable onDone) {
    this.ground = ground;
    this.heat = heat;
    this.colours = colours;
    this.picture = picture;
    this.onDone = onDone;
    setId("multiples");
    getStyleClass().addAll("multiples", "edge-to-edge");
    tiles.getStyleClass().add("multiples-box");
    setContent(tiles);
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setFocusTraversable(false);
    OverlayViewModel overlay = ground.overlay();
    ground.stateProperty().addListener(o -> refresh());
    ground.lookedProperty().addListener(o -> refresh());
    picture.pictureProperty().addListener(o -> refresh());
    overlay.methodProperty().addListener(o -> refresh());
    overlay.sigmaProperty().addListener(o -> refresh());
    overlay.fromBlockProperty().addListener(o -> refresh());
    overlay.thresholdProperty().addListener(o -> refresh());
    overlay.contourProperty().addListener(o -> refresh());
    overlay.opacityProperty().addListener(o -> refresh());
    overlay.hiddenProperty().addListener(o -> refresh());
    ground.chosenProperty().addListener(o -> markChosen());
    viewportBoundsProperty().addListener(o -> measure());
    setShown(false);
  }

  void setShown(boolean shown) {
    setVisible(shown);
    refresh();
  }

  private void refresh() {
    LookedAt looked = ground.lookedProperty().get();
    if (!isVisible() || looked == null) {
      tiles.getChildren().clear();
      cells.clear();
      return;
    }
    List<SubCaption> all = looked.subCaptions();
    while (cells.size() > all.size()) {
      tiles.getChildren().remove(cells.remove(cells.size() - 1));
    }
    while (cells.size() < all.size()) {
      Multiple cell = new Multiple(cells.size(), colours, this::pick);
      cells.add(cell);
      tiles.getChildren().add(cell);
    }
    Picture.Shown shown = picture.getPicture() instanceof Picture.Shown is ? is : null;
    for (int i = 0; i < all.size(); i++) {
      cells.get(i).show(all.get(i), shown, heat.of(i), ground);
    }
    measure();
    markChosen();
  }

  private void pick(int number) {
    ground.choose(number);
    ground.overlay().gridProperty().set(false);
    onDone.run(); // what is hidden must not keep the keyboard
  }

  private void measure() {
    double width = getViewportBounds().getWidth() - 2 * MARGIN;
    double height = getViewportBounds().getHeight() - 2 * MARGIN;
    if (width <= 0 || cells.isEmpty()) {
      return;
    }
    int columns = columns(width, height);
    double each = Math.min(LARGEST, Math.floor((width - (columns - 1) * GAP) / columns));
    tiles.setPrefTileWidth(each);
    tiles.setPrefColumns(columns);
    cells.forEach(cell -> cell.setSide(each));
  }

  /** As few as let all be seen without scrolling; else as many as are large enough to see. */
  private int columns(double width, double height) {
    int most = Math.max(1, (int) ((width + GAP) / (SMALLEST + GAP)));
    for (int columns = 1; columns < most; columns++) {
      double each = Math.min(LARGEST, (width - (columns - 1) * GAP) / columns);
      int rows = (cells.size() + columns - 1) / columns;
      if (rows * (cells.get(0).heightOf(each) + GAP) - GAP <= height) {
        return columns;
      }
    }
    return most;
  }

  private void markChosen() {
    int chosen = ground.chosenProperty().get();
    for (int i = 0; i < cells.size(); i++) {
      cells.get(i).setChosen(i == chosen);
    }
    double hidden = tiles.getHeight() - getViewportBounds().getHeight();
    if (isVisible() && hidden > 0 && chosen >= 0 && chosen < cells.size()) {
      double top = cells.get(chosen).getBoundsInParent().getMinY();
      double bottom = cells.get(chosen).getBoundsInParent().getMaxY();
      double from = getVvalue() * hidden;
      if (top < from) {
        setVvalue(Math.max(0, (top - GAP) / hidden));
      } else if (bottom > from + getViewportBounds().getHeight()) {
        setVvalue(Math.min(1, (bottom + GAP - getViewportBounds().getHeight()) / hidden));
      }
    }
  }
}
