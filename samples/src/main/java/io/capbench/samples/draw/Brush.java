package io.capbench.samples.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.MultipleGradientPaint.ColorSpaceType;
import java.awt.MultipleGradientPaint.CycleMethod;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/** Paints shapes in one style: soft gradients, the light from the upper left. */
final class Brush {
  private final Graphics2D graphics;
  private final Lettering lettering;

  Brush(Graphics2D graphics, Lettering lettering) {
    this.graphics = graphics;
    this.lettering = lettering;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** A brush whose unit square is the rectangle's. */
  Brush at(AffineTransform transform) {
    Graphics2D moved = (Graphics2D) graphics.create();
    moved.transform(transform);
    return new Brush(moved, lettering);
  }

  /** A brush whose origin is there, with everything that much larger. */
  Brush at(double x, double y, double scale) {
    return at(new AffineTransform(scale, 0, 0, scale, x, y));
  }

  /** A brush that is turned clockwise by that many degrees around the point. */
  Brush turned(double degrees, double x, double y) {
    return at(AffineTransform.getRotateInstance(Math.toRadians(degrees), x, y));
  }

  /** One even colour. */
  void flat(Shape shape, Color colour) {
    graphics.setPaint(colour);
    graphics.fill(shape);
  }

  /** From one colour at the top to another at the bottom. */
  void fade(Shape shape, Color top, Color bottom) {
    Rectangle2D b = shape.getBounds2D();
    graphics.setPaint(
        new GradientPaint(0f, (float) b.getMinY(), top, 0f, (float) b.getMaxY(), bottom));
    graphics.fill(shape);
  }

  /** Even steps through the colours from top to bottom. */
  void fade(Shape shape, Color... colours) {
    Rectangle2D b = shape.getBounds2D();
    float[] stops = new float[colours.length];
    for (int i = 0; i < stops.length; i++) {
      stops[i] = (float) i / (stops.length - 1);
    }
    graphics.setPaint(
        new LinearGradientPaint(0f, (float) b.getMinY(), 0f, (float) b.getMaxY(), stops, colours));
    graphics.fill(shape);
  }

  /** From one colour at the left to another at the right. */
  void across(Shape shape, Color left, Color right) {
    Rectangle2D b = shape.getBounds2D();
    graphics.setPaint(
        new GradientPaint((float) b.getMinX(), 0f, left, (float) b.getMaxX(), 0f, right));
    graphics.fill(shape);
  }

  /** A solid thing: lit from the upper left, with a shaded lower right rim. */
  void body(Shape shape, Color colour) {
    Rectangle2D b = shape.getBounds2D();
    graphics.setPaint(
        new GradientPaint(
            (float) b.getMinX(),
            (float) b.getMinY(),
            Tone.light(colour, 0.16),
            (float) (b.getMinX() + 0.7 * b.getWidth()),
            (float) b.getMaxY(),
            Tone.dark(colour, 0.14)));
    graphics.fill(shape);
    double d = Math.min(b.getWidth(), b.getHeight()) * 0.10;
    rim(shape, -d, -0.6 * d, Tone.veil(Tone.rgb(0x2A2350), 0.16));
    rim(shape, 0.45 * d, 0.5 * d, Tone.veil(Color.WHITE, 0.22));
  }

  private void rim(Shape shape, double dx, double dy, Color colour) {
    Area area = new Area(shape);
    area.subtract(area.createTransformedArea(AffineTransform.getTranslateInstance(dx, dy)));
    flat(area, colour);
  }

  /** What of the second shape lies within the first. */
  static Shape within(Shape frame, Shape shape) {
    Area area = new Area(shape);
    area.intersect(new Area(frame));
    return area;
  }

  /** A line with round ends. */
  void line(Shape shape, Color colour, double width) {
    graphics.setPaint(colour);
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
  }

  /** A line by an SVG path. */
  void line(String path, Color colour, double width) {
    line(Outline.path(path), colour, width);
  }

  /** A round spot of light or shade that fades to nothing. */
  void glow(double x, double y, double rx, double ry, Color colour) {
    AffineTransform squeeze = AffineTransform.getTranslateInstance(x, y);
    squeeze.scale(rx, ry);
    Point2D centre = new Point2D.Double(0, 0);
    graphics.setPaint(
        new RadialGradientPaint(
            centre,
            1f,
            centre,
            new float[] {0f, 0.45f, 1f},
            new Color[] {
              colour, Tone.veil(colour, colour.getAlpha() / 255.0 * 0.52), Tone.veil(colour, 0)
            },
            CycleMethod.NO_CYCLE,
            ColorSpaceType.SRGB,
            squeeze));
    graphics.fill(Outline.oval(x - rx, y - ry, 2 * rx, 2 * ry));
  }

  /** Words as large as they fit into the rectangle. */
  void words(String text, Color colour, double x, double y, double w, double h) {
    flat(lettering.fit(text, x, y, w, h), colour);
  }
}
