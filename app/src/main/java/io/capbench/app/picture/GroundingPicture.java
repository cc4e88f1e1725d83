package io.capbench.app.picture;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.Grouping;
import io.capbench.engine.explain.HeatColours;
import io.capbench.engine.explain.MapChoice;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.resources.Resource;
import io.capbench.storage.image.Pixels;
import io.capbench.storage.model.CapbenchException;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;

/**
 * The image and, beside it, the image under the map of every sub-caption, with the sub-caption and
 * its similarity beneath.
 */
public final class GroundingPicture {
  /** Pixels that the longer side of the image should have to be drawn. */
  public static final int LONGEST_SIDE = 448;

  private static final int GAP = 16;
  private static final int LINES = 4;
  private static final int SMALLEST_TILE = 200;
  private static final int LEGEND = 22;
  private static final float TEXT_SIZE = 15;
  private static final Color INK = new Color(0x1f2328);
  private static final Color FAINT = new Color(0x59636e);

  private final Grounding grounding;
  private final MapChoice choice;
  private final List<Boolean> weak;
  private final Font font;

  /**
   * A picture.
   *
   * @param choice which map is drawn
   * @param weak which sub-captions are marked as hardly shown by the image
   */
  public GroundingPicture(Grounding grounding, MapChoice choice, List<Boolean> weak) {
    this.grounding = grounding;
    this.choice = choice;
    this.weak = List.copyOf(weak);
    this.font = font();
  }

  private static Font font() {
    try (InputStream in = Resource.url("fonts/Inter-Regular.otf").openStream()) {
      return Font.createFont(Font.TRUETYPE_FONT, in).deriveFont(TEXT_SIZE);
    } catch (IOException | FontFormatException e) {
      throw new CapbenchException(
          "No text can be drawn on this machine: " + e.getMessage() + ". Install fontconfig.", e);
    }
  }

  /**
   * Draws it and writes it as a PNG, in place of any file of that name.
   *
   * @param image the upright image
   * @param maps the map of each sub-caption by its number, raw
   * @throws CapbenchException if the file cannot be written
   */
  public void write(Pixels image, IntFunction<PatchMap> maps, Path file) {
    BufferedImage picture = draw(image, maps);
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      try {
        try (OutputStream out = Files.newOutputStream(part)) { // of a File, ImageIO prints traces
          ImageIO.write(picture, "png", out);
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new CapbenchException(
          "The picture " + file + " cannot be written: " + e + ". Name another file.", e);
    }
  }

  /** Draws it. */
  BufferedImage draw(Pixels image, IntFunction<PatchMap> maps) {
    HeatOverlay overlay = new HeatOverlay(image, grounding.grid());
    List<BufferedImage> tiles = new ArrayList<>(List.of(overlay.plain()));
    for (int i = 0; i < grounding.subCaptions().size(); i++) {
      tiles.add(overlay.under(shown(maps.apply(i))));
    }
    int columns = (int) Math.ceil(Math.sqrt(tiles.size()));
    int rows = (tiles.size() + columns - 1) / columns;
    int tileWidth = Math.max(SMALLEST_TILE, image.width());
    int lineHeight = Math.round(TEXT_SIZE * 1.35f);
    int tileHeight = image.height() + (1 + lines(tileWidth)) * lineHeight;
    BufferedImage picture =
        new BufferedImage(
            GAP + columns * (tileWidth + GAP),
            GAP + rows * (tileHeight + GAP) + LEGEND,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setFont(font);
      for (int i = 0; i < tiles.size(); i++) {
        int x = GAP + i % columns * (tileWidth + GAP);
        int y = GAP + i / columns * (tileHeight + GAP);
        graphics.drawImage(tiles.get(i), x, y, null);
        text(graphics, i - 1, x, y + image.height() + lineHeight, tileWidth);
      }
      legend(graphics, GAP, picture.getHeight() - LEGEND - GAP / 2);
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  /** How many lines the longest sub-caption takes. */
  private int lines(int width) {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      FontMetrics metrics = graphics.getFontMetrics(font);
      return grounding.subCaptions().stream()
          .mapToInt(part -> wrapped(part.subCaption().text(), metrics, width).size())
          .max()
          .orElse(0);
    } finally {
      graphics.dispose();
    }
  }

  /** Weights are shares of a whole; everything else is shown from its least to its most. */
  private PatchMap shown(PatchMap map) {
    if (choice.method() != GroundingMethod.GROUPING) {
      return Grouping.stretch(map);
    }
    float[] values = map.toArray();
    float most = 0;
    for (float value : values) {
      most = Math.max(most, value);
    }
    for (int p = 0; p < values.length && most > 0; p++) {
      values[p] /= most;
    }
    return PatchMap.of(values);
  }

  private void text(Graphics2D graphics, int subCaption, int x, int y, int width) {
    int lineHeight = Math.round(TEXT_SIZE * 1.35f);
    graphics.setColor(FAINT);
    if (subCaption < 0) {
      graphics.drawString(choice.method().id(), x, y);
      return;
    }
    SubCaptionGrounding found = grounding.subCaptions().get(subCaption);
    String head = String.format(Locale.ROOT, "%.3f", found.similarity());
    graphics.drawString(weak.get(subCaption) ? head + "  weakly grounded" : head, x, y);
    graphics.setColor(INK);
    int line = 1;
    for (String text : wrapped(found.subCaption().text(), graphics.getFontMetrics(), width)) {
      graphics.drawString(text, x, y + line++ * lineHeight);
    }
  }

  /** As many lines as there is room for; the last one says if there is more. */
  static List<String> wrapped(String text, FontMetrics metrics, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text.strip().replaceAll("\\s+", " ");
    while (!rest.isEmpty()) {
      int end = fitting(rest, metrics, width);
      if (end < rest.length() && lines.size() == LINES - 1) {
        int cut = fitting(rest, metrics, width - metrics.stringWidth("…"));
        lines.add(rest.substring(0, cut).strip() + "…");
        return lines;
      }
      lines.add(rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    return lines;
  }

  /**
   * How much of the text fits, up to the end of a word where there is one; at least a character.
   */
  private static int fitting(String text, FontMetrics metrics, int width) {
    int end = text.length();
    while (end > 1 && metrics.stringWidth(text.substring(0, end)) > width) {
      int space = text.lastIndexOf(' ', end - 1);
      end = space > 0 ? space : text.offsetByCodePoints(end, -1);
    }
    return Math.max(end, text.offsetByCodePoints(0, 1));
  }

  private void legend(Graphics2D graphics, int x, int y) {
    HeatColours colours = new HeatColours();
    int width = 160;
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.setColor(FAINT);
    graphics.drawString("least", x, y + metrics.getAscent());
    int left = x + metrics.stringWidth("least ") + 4;
    for (int i = 0; i < width; i++) {
      graphics.setColor(new Color(colours.rgb(i / (width - 1.0))));
      graphics.fillRect(left + i, y + 2, 1, metrics.getAscent());
    }
    graphics.setColor(FAINT);
    graphics.drawString("most", left + width + 6, y + metrics.getAscent());
  }
}
