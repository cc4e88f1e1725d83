package io.capbench.viewer.ground;

import io.capbench.engine.explain.PatchGrid;
import java.util.List;
import java.util.Objects;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.shape.FillRule;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * The colours over a picture; has the picture's place and size. What the model does not see of the
 * picture lies under a veil. FX thread only.
 */
final class HeatLayer extends Region {
  private static final double WHOLE = 1e-3;

  private final HeatImage colours;
  private final ImageView view = new ImageView();
  private final Path veil = new Path();
  private final Rectangle frame = new Rectangle();
  private final Path halo = path("heat-halo");
  private final Path line = path("heat-line");
  private HeatViewModel.@Nullable Heat heat;
  private List<Contour.Piece> pieces = List.of();
  private double threshold = -1;
  private boolean contour;

  HeatLayer(HeatImage colours) {
    this.colours = colours;
    getStyleClass().add("heat-layer");
    setMouseTransparent(true);
    view.setManaged(false);
    view.setSmooth(true);
    veil.setManaged(false);
    veil.setFillRule(FillRule.EVEN_ODD);
    veil.getStyleClass().setAll("heat-veil");
    frame.setManaged(false);
    frame.getStyleClass().setAll("heat-frame");
    getChildren().addAll(view, veil, frame, halo, line);
    show(null, 0, false);
  }

  private static Path path(String style) {
    Path path = new Path();
    path.setManaged(false);
    path.getStyleClass().setAll(style);
    return path;
  }

  /**
   * Shows colours.
   *
   * @param next null for none
   * @param from what is below has no colour, 0 to 1
   * @param lines whether a line goes round what has colour
   */
  void show(HeatViewModel.@Nullable Heat next, double from, boolean lines) {
    boolean same = Objects.equals(next, heat);
    if (same && from == threshold && lines == contour) {
      return;
    }
    boolean repaint = !same || from != threshold;
    heat = next;
    threshold = from;
    contour = lines;
    HeatField field = next == null || next.field().flat() ? null : next.field();
    view.setVisible(field != null);
    pieces = List.of();
    if (field != null) {
      if (repaint) {
        paint(field);
      }
      if (lines && from > 0) {
        pieces = Contour.of(field, from);
      }
    }
    boolean part = next != null && !whole(next.grid());
    veil.setVisible(part);
    frame.setVisible(part);
    requestLayout();
  }

  /** How much the colours cover, 0 to 1. */
  void setCover(double share) {
    view.setOpacity(share);
  }

  private void paint(HeatField field) {
    int width = colours.width(field);
    int height = colours.height(field);
    WritableImage image =
        view.getImage() instanceof WritableImage old
                && old.getWidth() == width
                && old.getHeight() == height
            ? old
            : new WritableImage(width, height);
    image
        .getPixelWriter()
        .setPixels(
            0,
            0,
            width,
            height,
            PixelFormat.getIntArgbInstance(),
            colours.argb(field, threshold),
            0,
            width);
    view.setImage(image);
  }

  private static boolean whole(PatchGrid grid) {
    return grid.left() < WHOLE
        && grid.top() < WHOLE
        && grid.left() + grid.width() > 1 - WHOLE
        && grid.top() + grid.height() > 1 - WHOLE;
  }

  @Override
  protected void layoutChildren() {
    HeatViewModel.Heat shown = heat;
    halo.getElements().clear();
    line.getElements().clear();
    veil.getElements().clear();
    if (shown == null) {
      return;
    }
    PatchGrid grid = shown.grid();
    double left = grid.left() * getWidth();
    double top = grid.top() * getHeight();
    double width = grid.width() * getWidth();
    double height = grid.height() * getHeight();
    view.setFitWidth(width);
    view.setFitHeight(height);
    view.relocate(left, top);
    if (veil.isVisible()) {
      rectangle(0, 0, getWidth(), getHeight());
      rectangle(left, top, width, height);
      frame.setX(left);
      frame.setY(top);
      frame.setWidth(width);
      frame.setHeight(height);
    }
    for (Contour.Piece piece : pieces) {
      PathElement from = new MoveTo(left + piece.x1() * width, top + piece.y1() * height);
      PathElement to = new LineTo(left + piece.x2() * width, top + piece.y2() * height);
      line.getElements().addAll(from, to);
    }
    halo.getElements().setAll(line.getElements());
  }

  private void rectangle(double x, double y, double width, double height) {
    veil.getElements()
        .addAll(
            new MoveTo(x, y),
            new LineTo(x + width, y),
            new LineTo(x + width, y + height),
            new LineTo(x, y + height),
            new LineTo(x, y));
  }
}
