package io.capbench.viewer.caption;

import io.capbench.storage.model.TrackRole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.QuadCurveTo;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/**
 * A caption with tints behind its words and lines under them. The whole text is one node, so that
 * every script is shaped and ordered as it should be; the marks are one path a kind, whose colours
 * come from the stylesheet. FX thread only.
 */
public final class CaptionText extends Region {
  private static final double WAVE = 2;
  private static final double DOUBLE_GAP = 2;

  /** Room beside the text for the stylesheet's borders. */
  private static final double GUTTER = 8;

  private static final double LINE_SPACING = 3.5;

  private final Text text = new Text();

  /** Measures a line; a label's height is rounded, and ten roundings make half a line. */
  private final Text ruler = new Text("X");

  private final TextFlow flow = new TextFlow(text);
  private final Map<MarkKind, Path> tints = new EnumMap<>(MarkKind.class);
  private final Map<MarkKind, Path> lines = new EnumMap<>(MarkKind.class);
  private MarkedCaption caption = MarkedCaption.plain("");
  private @Nullable Label more;
  private TrackRole role = TrackRole.OTHER;
  private double markedWidth = -1;
  private double markedBottom = -1;

  /** Makes an empty caption that takes the height its text needs. */
  public CaptionText() {
    getStyleClass().add("caption-text");
    text.getStyleClass().add("caption-words");
    flow.setLineSpacing(LINE_SPACING);
    flow.setManaged(false);
    for (MarkKind kind : MarkKind.values()) {
      tints.put(kind, path("tint", kind));
      lines.put(kind, path("line", kind));
    }
    getChildren().addAll(tints.values());
    getChildren().add(flow);
    getChildren().addAll(lines.values());
    ruler.fontProperty().bind(text.fontProperty());
    text.fontProperty().addListener(o -> forgetMarks());
  }

  /** Makes an empty caption of a fixed size that cuts off what does not fit. */
  public static CaptionText clipped() {
    CaptionText caption = new CaptionText();
    Rectangle clip = new Rectangle();
    clip.setX(-GUTTER);
    clip.widthProperty().bind(caption.widthProperty().add(2 * GUTTER));
    caption.setClip(clip);
    Label more = new Label("…");
    more.getStyleClass().add("caption-more");
    more.setManaged(false);
    caption.more = more;
    caption.getChildren().add(more);
    return caption;
  }

  private static Path path(String part, MarkKind kind) {
    Path path = new Path();
    path.setManaged(false);
    path.setMouseTransparent(true);
    path.getStyleClass().setAll("mark-" + part, part + "-" + kind.id());
    return path;
  }

  /** Shows another caption. The same one again costs nothing. */
  public void setCaption(MarkedCaption next) {
    if (next.equals(caption)) {
      return;
    }
    caption = next;
    text.setText(next.text());
    setAccessibleText(next.text());
    forgetMarks();
  }

  /** Says what the caption's track is, which colours what was dropped. */
  public void setRole(TrackRole next) {
    if (next != role) {
      getStyleClass().remove("role-" + role.id());
      getStyleClass().add("role-" + next.id());
      role = next;
    }
  }

  /** The caption that is shown. */
  public MarkedCaption getCaption() {
    return caption;
  }

  /**
   * The character nearest to a place.
   *
   * @param x in this node's coordinates
   * @param y in this node's coordinates
   * @return UTF-16 position, 0 if there is no text
   */
  public int nearest(double x, double y) {
    int index = flow.hitTest(new Point2D(x, y)).getCharIndex();
    return Math.max(0, Math.min(index, caption.text().length() - 1));
  }

  /** Whether a place lies on the text from one position to another. */
  public boolean covers(int start, int end, double x, double y) {
    return boxes(flow.rangeShape(start, end)).stream().anyMatch(box -> box.contains(x, y));
  }

  private void forgetMarks() {
    markedWidth = -1;
    requestLayout();
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computePrefHeight(double width) {
    return snapSizeY(flow.prefHeight(width < 0 ? prefWidth(-1) : width)) + WAVE;
  }

  @Override
  protected double computePrefWidth(double height) {
    return Math.ceil(flow.prefWidth(-1)) + 1;
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = flow.prefHeight(width);
    flow.resizeRelocate(0, 0, width, height);
    double bottom = cutOff(width, height);
    if (width > 0 && (width != markedWidth || bottom != markedBottom)) {
      flow.layout();
      drawMarks(bottom);
      markedWidth = width;
      markedBottom = bottom;
    }
  }

  /** Cuts what does not fit after the last whole line; gives where. */
  private double cutOff(double width, double height) {
    if (!(getClip() instanceof Rectangle clip) || more == null) {
      return Double.MAX_VALUE;
    }
    boolean fits = height <= getHeight() + LINE_SPACING;
    double line = ruler.getLayoutBounds().getHeight() + LINE_SPACING;
    double bottom = fits ? getHeight() : Math.floor(getHeight() / line) * line;
    clip.setHeight(bottom);
    more.setVisible(!fits);
    more.autosize();
    more.relocate(width - more.getWidth(), bottom - line);
    return bottom;
  }

  private void drawMarks(double bottom) {
    tints.values().forEach(path -> path.getElements().clear());
    lines.values().forEach(path -> path.getElements().clear());
    for (Mark mark : caption.marks()) {
      for (Bounds box : boxes(flow.rangeShape(mark.start(), mark.end()))) {
        if (box.getMaxY() > bottom + LINE_SPACING) {
          return;
        }
        tint(box, path(tints, mark.kind()).getElements());
        underline(box, mark.kind(), path(lines, mark.kind()).getElements());
      }
    }
  }

  private static Path path(Map<MarkKind, Path> paths, MarkKind kind) {
    return java.util.Objects.requireNonNull(paths.get(kind));
  }

  private static void tint(Bounds box, List<PathElement> out) {
    out.add(new MoveTo(box.getMinX(), box.getMinY() + 1));
    out.add(new LineTo(box.getMaxX(), box.getMinY() + 1));
    out.add(new LineTo(box.getMaxX(), box.getMaxY() - 1));
    out.add(new LineTo(box.getMinX(), box.getMaxY() - 1));
    out.add(new LineTo(box.getMinX(), box.getMinY() + 1));
  }

  private static void underline(Bounds box, MarkKind kind, List<PathElement> out) {
    double y = Math.round(box.getMaxY()) - 0.5;
    switch (kind) {
      case RAW, SYNTHETIC -> line(box, y, out);
      case BOTH -> {
        line(box, y, out);
        line(box, y + DOUBLE_GAP, out);
      }
      case NEITHER -> wave(box, y, out);
      case HIT, SELECTED -> tint(box, out); // as an outline
      case SPAN -> bracket(box, out);
      case DROPPED -> line(box, Math.round((box.getMinY() + box.getMaxY()) / 2) + 0.5, out);
    }
  }

  private static void line(Bounds box, double y, List<PathElement> out) {
    out.add(new MoveTo(box.getMinX(), y));
    out.add(new LineTo(box.getMaxX(), y));
  }

  /** Over the words, as all that says where a word is from stands behind or under it. */
  private static void bracket(Bounds box, List<PathElement> out) {
    double top = Math.round(box.getMinY()) - 0.5;
    double foot = Math.round(box.getMaxY()) - 1.5;
    double left = Math.round(box.getMinX()) - 1;
    double right = Math.round(box.getMaxX()) + 1;
    out.add(new MoveTo(left, foot));
    out.add(new LineTo(left, top));
    out.add(new LineTo(right, top));
    out.add(new LineTo(right, foot));
  }

  private static void wave(Bounds box, double y, List<PathElement> out) {
    out.add(new MoveTo(box.getMinX(), y));
    double up = -WAVE;
    for (double x = box.getMinX(); x < box.getMaxX(); x += 2 * WAVE) {
      out.add(new QuadCurveTo(x + WAVE, y + up, x + 2 * WAVE, y));
      up = -up;
    }
  }

  /** The rectangles of a range: one a line, more where directions mix. */
  private static List<Bounds> boxes(PathElement[] shape) {
    List<Bounds> boxes = new ArrayList<>();
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    boolean open = false;
    for (PathElement element : shape) {
      if (element instanceof MoveTo move) {
        if (open) {
          boxes.add(new BoundingBox(left, top, right - left, bottom - top));
        }
        left = right = move.getX();
        top = bottom = move.getY();
        open = true;
      } else if (element instanceof LineTo line) {
        left = Math.min(left, line.getX());
        right = Math.max(right, line.getX());
        top = Math.min(top, line.getY());
        bottom = Math.max(bottom, line.getY());
      }
    }
    if (open) {
      boxes.add(new BoundingBox(left, top, right - left, bottom - top));
    }
    return boxes;
  }
}
