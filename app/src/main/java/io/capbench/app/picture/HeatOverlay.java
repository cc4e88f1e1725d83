package io.capbench.app.picture;

import io.capbench.engine.explain.HeatColours;
import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import io.capbench.storage.image.Pixels;
import java.awt.image.BufferedImage;

/** Lays a map of patches over an image: the warmer and denser, the more. */
final class HeatOverlay {
  private static final int BACKGROUND = 0xff;
  private static final double LEAST_COVER = 0.1;
  private static final double MOST_COVER = 0.75;

  /** How much is left of what the model did not see. */
  private static final double UNSEEN = 0.35;

  private final Pixels image;
  private final PatchGrid grid;
  private final HeatColours colours = new HeatColours();

  HeatOverlay(Pixels image, PatchGrid grid) {
    this.image = image;
    this.grid = grid;
  }

  /** The image alone. */
  BufferedImage plain() {
    BufferedImage picture = picture();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        picture.setRGB(x, y, opaque(x, y));
      }
    }
    return picture;
  }

  /**
   * The image under a map.
   *
   * @param map [P] from 0 to 1
   */
  BufferedImage under(PatchMap map) {
    BufferedImage picture = picture();
    for (int y = 0; y < image.height(); y++) {
      double row = ((y + 0.5) / image.height() - grid.top()) / grid.height() * grid.rows();
      for (int x = 0; x < image.width(); x++) {
        double column = ((x + 0.5) / image.width() - grid.left()) / grid.width() * grid.columns();
        int colour = opaque(x, y);
        if (row < 0 || row > grid.rows() || column < 0 || column > grid.columns()) {
          picture.setRGB(x, y, mixed(colour, 0, 1 - UNSEEN));
        } else {
          double value = between(map, row - 0.5, column - 0.5);
          double cover = LEAST_COVER + (MOST_COVER - LEAST_COVER) * value;
          picture.setRGB(x, y, mixed(colour, colours.rgb(value), cover));
        }
      }
    }
    return picture;
  }

  private BufferedImage picture() {
    return new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
  }

  /** The image's colour on white where one sees through it. */
  private int opaque(int x, int y) {
    int argb = image.argb()[y * image.width() + x];
    return mixed(argb & 0xffffff, 0xffffff, 1 - (argb >>> 24) / (double) BACKGROUND);
  }

  /** Linear between the centres of patches; beyond the outer ones as there. */
  private double between(PatchMap map, double row, double column) {
    int top = clamp((int) Math.floor(row), grid.rows());
    int left = clamp((int) Math.floor(column), grid.columns());
    int bottom = clamp((int) Math.floor(row) + 1, grid.rows());
    int right = clamp((int) Math.floor(column) + 1, grid.columns());
    double down = row - Math.floor(row);
    double across = column - Math.floor(column);
    double upper = mixed(at(map, top, left), at(map, top, right), across);
    double lower = mixed(at(map, bottom, left), at(map, bottom, right), across);
    return mixed(upper, lower, down);
  }

  private double at(PatchMap map, int row, int column) {
    return map.get(row * grid.columns() + column);
  }

  private static int clamp(int index, int size) {
    return Math.max(0, Math.min(size - 1, index));
  }

  private static double mixed(double one, double other, double share) {
    return one + (other - one) * share;
  }

  private static int mixed(int one, int other, double share) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      rgb |=
          (int) Math.round(mixed((double) (one >> shift & 0xff), other >> shift & 0xff, share))
              << shift;
    }
    return rgb;
  }
}
