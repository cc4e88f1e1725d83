package io.capbench.samples.draw;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.StringTokenizer;

/** Shapes by a few numbers. */
final class Outline {
  private Outline() {}

  /** An SVG path of the absolute commands M, L, Q, C and Z. */
  static Path2D path(String commands) {
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    StringTokenizer words = new StringTokenizer(commands, " ,MLQCZ", true);
    double[] n = new double[6];
    int have = 0;
    char command = 'M';
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      char first = word.charAt(0);
      if (first == ' ' || first == ',') {
        continue;
      }
      if (first == 'Z') {
        path.closePath();
      } else if (Character.isLetter(first)) {
        command = first;
        have = 0;
      } else {
        n[have++] = Double.parseDouble(word);
        have = draw(path, command, n, have);
      }
    }
    return path;
  }

  /** Draws when there are numbers enough, and says how many are left. */
  private static int draw(Path2D path, char command, double[] n, int have) {
    if (command == 'C' && have == 6) {
      path.curveTo(n[0], n[1], n[2], n[3], n[4], n[5]);
    } else if (command == 'Q' && have == 4) {
      path.quadTo(n[0], n[1], n[2], n[3]);
    } else if (command == 'L' && have == 2) {
      path.lineTo(n[0], n[1]);
    } else if (command == 'M' && have == 2) {
      path.moveTo(n[0], n[1]);
    } else {
      return have;
    }
    return 0;
  }

  static Shape oval(double x, double y, double w, double h) {
    return new Ellipse2D.Double(x, y, w, h);
  }

  static Shape circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  static Shape rect(double x, double y, double w, double h) {
    return new Rectangle2D.Double(x, y, w, h);
  }

  static Shape round(double x, double y, double w, double h, double radius) {
    return new RoundRectangle2D.Double(x, y, w, h, 2 * radius, 2 * radius);
  }

  /** A strip of an awning: a rectangle whose lower edge hangs down by that much more. */
  static Path2D scallop(double x, double y, double w, double h, double hang) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    path.lineTo(x + w, y);
    path.lineTo(x + w, y + h);
    path.quadTo(x + w / 2, y + h + hang, x, y + h);
    path.closePath();
    return path;
  }

  /** A closed polygon, x and y in turn. */
  static Path2D poly(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    path.closePath();
    return path;
  }
}
