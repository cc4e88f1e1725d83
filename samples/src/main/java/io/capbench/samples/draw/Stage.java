package io.capbench.samples.draw;

import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Path2D;

/**
 * Where a backdrop is painted: a brush in pixels, the scene, and what is left to chance.
 *
 * @param dice the backdrop's own
 */
record Stage(Brush brush, Scene scene, Dice dice) {
  double w() {
    return scene.width();
  }

  double h() {
    return scene.height();
  }

  /** The y where the sky ends or the wall meets the floor. */
  double horizon() {
    return h() * scene.place().horizon();
  }

  /** A length that grows with the picture: 1 is a pixel of a picture whose shorter side is 512. */
  double unit() {
    return Math.min(w(), h()) / 512;
  }

  /** The picture's full width between two heights. */
  Shape band(double top, double bottom) {
    return Outline.rect(0, top, w(), bottom - top);
  }

  /** A cloud of three discs on a flat base, thinner below. */
  void cloud(double x, double y, double size, Color colour) {
    Area cloud =
        new Area(Outline.round(x - size, y - 0.22 * size, 2 * size, 0.44 * size, 0.22 * size));
    cloud.add(new Area(Outline.circle(x - 0.42 * size, y - 0.20 * size, 0.36 * size)));
    cloud.add(new Area(Outline.circle(x + 0.08 * size, y - 0.38 * size, 0.48 * size)));
    cloud.add(new Area(Outline.circle(x + 0.52 * size, y - 0.18 * size, 0.32 * size)));
    brush.fade(cloud, colour, Tone.veil(colour, 0.4 * colour.getAlpha() / 255));
  }

  /** A line of hills that ends at the lower height. */
  Shape hills(double top, double bottom, double swing, double waves) {
    Path2D path = new Path2D.Double();
    double phase = dice.between(0, 6.28);
    path.moveTo(0, bottom);
    for (int i = 0; i <= 64; i++) {
      double t = i / 64.0;
      double rise =
          StrictMath.sin(phase + t * waves) + 0.4 * StrictMath.sin(2.3 * phase + t * waves * 2.1);
      path.lineTo(t * w(), top + swing * rise);
    }
    path.lineTo(w(), bottom);
    path.closePath();
    return path;
  }

  /** A round tree that stands at the point. */
  void tree(double x, double base, double size, Color leaves) {
    brush.body(
        Outline.poly(
            x - 0.06 * size,
            base,
            x - 0.035 * size,
            base - 0.5 * size,
            x + 0.035 * size,
            base - 0.5 * size,
            x + 0.06 * size,
            base),
        Tone.rgb(0x7A5638));
    double[][] crowns = {{-0.2, -0.56, 0.24}, {0.2, -0.54, 0.23}, {0, -0.76, 0.27}};
    for (double[] crown : crowns) {
      brush.body(
          Outline.circle(x + crown[0] * size, base + crown[1] * size, crown[2] * size), leaves);
    }
    brush.glow(
        x - 0.1 * size, base - 0.8 * size, 0.3 * size, 0.26 * size, Tone.veil(Color.WHITE, 0.2));
  }

  /** A fir, with snow on it if wanted. */
  void fir(double x, double base, double size, Color needles, boolean snow) {
    brush.flat(
        Outline.rect(x - 0.04 * size, base - 0.16 * size, 0.08 * size, 0.16 * size),
        Tone.rgb(0x6B4C35));
    for (int i = 0; i < 3; i++) {
      double half = size * (0.30 - 0.06 * i);
      double low = base - size * (0.12 + 0.24 * i);
      double high = low - size * 0.40;
      brush.body(Outline.poly(x, high, x + half, low, x - half, low), needles);
      if (snow) {
        brush.flat(
            Outline.poly(
                x,
                high,
                x + half * 0.52,
                low - size * 0.19,
                x + half * 0.1,
                low - size * 0.15,
                x - half * 0.24,
                low - size * 0.2,
                x - half * 0.55,
                low - size * 0.16),
            Tone.veil(Color.WHITE, 0.92));
      }
    }
  }

  /** Tufts of grass, larger towards the viewer. */
  void grass(double top, Color blade, int count) {
    for (int i = 0; i < count; i++) {
      double y = dice.between(top, h());
      double x = dice.between(0, w());
      double size = (4 + 9 * (y - top) / (h() - top)) * unit();
      for (int k = -1; k <= 1; k++) {
        brush.line(
            "M" + (x + k * size * 0.3) + " " + y + " L" + (x + k * size * 0.8) + " " + (y - size),
            blade,
            1.3 * unit());
      }
    }
  }
}
