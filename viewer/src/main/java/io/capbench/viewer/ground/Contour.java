package io.capbench.viewer.ground;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines on which a field has one value, by marching squares (Lorensen and Cline 1987, in two
 * dimensions). The field ends at its edges, so an area that reaches an edge is closed there.
 */
final class Contour {
  private static final int STEPS_A_PATCH = 4;
  private static final int MOST_STEPS = 192;

  /**
   * A straight piece of a line, in shares of the field's width and height.
   *
   * @param x1 where it begins
   * @param y1 where it begins
   * @param x2 where it ends
   * @param y2 where it ends
   */
  record Piece(double x1, double y1, double x2, double y2) {}

  private final HeatField field;
  private final double level;
  private final int across;
  private final int down;

  private Contour(HeatField field, double level) {
    this.field = field;
    this.level = level;
    this.across = Math.min(MOST_STEPS, field.columns() * STEPS_A_PATCH);
    this.down = Math.min(MOST_STEPS, field.rows() * STEPS_A_PATCH);
  }

  /**
   * Finds the lines.
   *
   * @param level 0 to 1
   */
  static List<Piece> of(HeatField field, double level) {
    Contour contour = new Contour(field, level);
    List<Piece> pieces = new ArrayList<>();
    for (int row = -1; row <= contour.down; row++) {
      for (int column = -1; column <= contour.across; column++) {
        contour.square(column, row, pieces);
      }
    }
    return pieces;
  }

  /** A point of the lattice; those outside lie below every level. */
  private double value(int column, int row) {
    boolean inside = column >= 0 && row >= 0 && column <= across && row <= down;
    return inside ? field.at((double) column / across, (double) row / down) : -1;
  }

  private void square(int column, int row, List<Piece> out) {
    double[] corners = {
      value(column, row), value(column + 1, row), value(column + 1, row + 1), value(column, row + 1)
    };
    List<double[]> crossings = new ArrayList<>();
    for (int edge = 0; edge < 4; edge++) {
      double from = corners[edge];
      double to = corners[(edge + 1) % 4];
      if ((from >= level) != (to >= level)) {
        crossings.add(crossing(column, row, edge, (level - from) / (to - from)));
      }
    }
    if (crossings.size() == 2) {
      out.add(piece(crossings.get(0), crossings.get(1)));
    } else if (crossings.size() == 4) {
      // A saddle: the middle says which corners belong together.
      double middle = (corners[0] + corners[1] + corners[2] + corners[3]) / 4;
      boolean joined = (middle >= level) == (corners[0] >= level);
      out.add(piece(crossings.get(0), crossings.get(joined ? 1 : 3)));
      out.add(piece(crossings.get(2), crossings.get(joined ? 3 : 1)));
    }
  }

  private double[] crossing(int column, int row, int edge, double share) {
    double x =
        switch (edge) {
          case 0 -> column + share;
          case 1 -> column + 1;
          case 2 -> column + 1 - share;
          default -> column;
        };
    double y =
        switch (edge) {
          case 0 -> row;
          case 1 -> row + share;
          case 2 -> row + 1;
          default -> row + 1 - share;
        };
    return new double[] {within(x / across), within(y / down)};
  }

  private static double within(double share) {
    return Math.max(0, Math.min(1, share));
  }

  private static Piece piece(double[] from, double[] to) {
    return new Piece(from[0], from[1], to[0], to[1]);
  }
}
