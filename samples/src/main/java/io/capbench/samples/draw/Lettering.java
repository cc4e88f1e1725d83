package io.capbench.samples.draw;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Words as outlines of the bundled font, so that no font of the machine plays a part. */
final class Lettering {
  private static final String FONT = "/io/capbench/resources/fonts/Inter-SemiBold.otf";

  private final FontRenderContext exact = new FontRenderContext(null, true, true);
  private final Font font;

  Lettering() {
    try (InputStream in = Lettering.class.getResourceAsStream(FONT)) {
      if (in == null) {
        throw new FileNotFoundException(FONT + " is not on the class path");
      }
      font = Font.createFont(Font.TRUETYPE_FONT, in).deriveFont(100f);
    } catch (FontFormatException e) {
      throw new IllegalStateException(FONT + " is not a font", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text as large as it fits into the rectangle, in its middle. */
  Shape fit(String text, double x, double y, double w, double h) {
    Shape outline = font.createGlyphVector(exact, text).getOutline();
    Rectangle2D bounds = outline.getBounds2D();
    double scale = Math.min(w / bounds.getWidth(), h / bounds.getHeight());
    AffineTransform place = AffineTransform.getTranslateInstance(x + w / 2, y + h / 2);
    place.scale(scale, scale);
    place.translate(-bounds.getCenterX(), -bounds.getCenterY());
    return place.createTransformedShape(outline);
  }
}
