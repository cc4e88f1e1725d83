package io.capbench.samples.draw;

import java.awt.Color;
import java.awt.Shape;

/** Backdrops indoors: kitchen, desk, playroom, studio. */
final class Rooms {

  void kitchen(Stage stage) {
    Brush brush = stage.brush();
    double u = stage.unit();
    double edge = stage.horizon();
    Color wall =
        stage
            .dice()
            .one(Tone.rgb(0xDDEBE6), Tone.rgb(0xF3E4CF), Tone.rgb(0xDCE6F2), Tone.rgb(0xF4DDD6));
    brush.fade(stage.band(0, edge), Tone.light(wall, 0.12), Tone.dark(wall, 0.07));
    double side = 46 * u;
    for (double y = edge - side; y > edge - 3.2 * side; y -= side) {
      for (double x = -side / 2; x < stage.w(); x += side) {
        Color tile = Tone.mix(Color.WHITE, wall, stage.dice().between(0.15, 0.6));
        brush.fade(
            Outline.round(x + u, y + u, side - 2 * u, side - 2 * u, 4 * u),
            tile,
            Tone.dark(tile, 0.05));
        brush.flat(
            Outline.round(x + 6 * u, y + 5 * u, side * 0.4, 2.4 * u, u),
            Tone.veil(Color.WHITE, 0.7));
      }
    }
    double left = stage.w() * stage.dice().between(0.12, 0.5);
    window(
        stage,
        left,
        -0.05 * stage.h(),
        0.36 * stage.w(),
        edge - 3.2 * side + 0.02 * stage.h(),
        false);
    double hook = stage.w() * (left > 0.3 * stage.w() ? 0.12 : 0.84);
    pendant(stage, hook, 0.26 * stage.h());
    planks(
        stage, edge, stage.dice().one(Tone.rgb(0xC99563), Tone.rgb(0xB97F52), Tone.rgb(0xD9AE7C)));
    light(stage, edge);
  }

  void desk(Stage stage) {
    Brush brush = stage.brush();
    double edge = stage.horizon();
    Color wall =
        stage
            .dice()
            .one(Tone.rgb(0xC9D9DC), Tone.rgb(0xE7D7C6), Tone.rgb(0xCFCBE4), Tone.rgb(0xC8DCC8));
    brush.fade(stage.band(0, edge), Tone.light(wall, 0.3), Tone.dark(wall, 0.08));
    boolean windowLeft = stage.dice().chance(0.5);
    double wx = stage.w() * (windowLeft ? 0.07 : 0.53);
    window(stage, wx, 0.07 * stage.h(), 0.40 * stage.w(), 0.42 * stage.h(), true);
    shelf(stage, stage.w() * (windowLeft ? 0.58 : 0.06), wall);
    planks(
        stage, edge, stage.dice().one(Tone.rgb(0xA9744A), Tone.rgb(0xCDA274), Tone.rgb(0x8F6248)));
    light(stage, edge);
  }

  /** Books and a plant on the wall. */
  private static void shelf(Stage stage, double sx, Color wall) {
    Brush brush = stage.brush();
    double u = stage.unit();
    double sy = 0.30 * stage.h();
    double wide = 0.36 * stage.w();
    brush.flat(
        Outline.rect(sx + 4 * u, sy + 10 * u, wide, 8 * u), Tone.veil(Tone.rgb(0x2A2350), 0.12));
    double x = sx + 12 * u;
    Color[] spines = {
      Tone.rgb(0xD98F73),
      Tone.rgb(0x86A7B8),
      Tone.rgb(0xE3C179),
      Tone.rgb(0x9BB392),
      Tone.rgb(0xB99BBE)
    };
    while (x < sx + wide * 0.66) {
      double thick = stage.dice().between(9.0, 17.0) * u;
      double tall = stage.dice().between(42.0, 70.0) * u;
      Color spine = Tone.mix(stage.dice().one(spines), wall, 0.25);
      brush.body(Outline.round(x, sy - tall, thick, tall, 1.5 * u), spine);
      brush.flat(Outline.rect(x, sy - tall * 0.8, thick, 3 * u), Tone.veil(Color.WHITE, 0.5));
      x += thick + u;
    }
    brush.body(
        Outline.poly(
            sx + wide - 44 * u,
            sy - 30 * u,
            sx + wide - 14 * u,
            sy - 30 * u,
            sx + wide - 19 * u,
            sy,
            sx + wide - 39 * u,
            sy),
        Tone.mix(Tone.rgb(0xD58A66), wall, 0.2));
    for (int i = -2; i <= 2; i++) {
      double cx = sx + wide - 29 * u;
      brush
          .turned(i * 26, cx, sy - 30 * u)
          .body(
              Outline.oval(cx - 5 * u, sy - 66 * u, 10 * u, 38 * u),
              Tone.mix(Tone.rgb(0x5E9E6A), wall, 0.15));
    }
    brush.body(Outline.round(sx, sy, wide, 8 * u, 2 * u), Tone.rgb(0xB98A5E));
  }

  void playroom(Stage stage) {
    Brush brush = stage.brush();
    double u = stage.unit();
    double edge = stage.horizon();
    Color wall =
        stage
            .dice()
            .one(Tone.rgb(0xF7DFC8), Tone.rgb(0xD3E6EE), Tone.rgb(0xE6DDF1), Tone.rgb(0xDDEBD3));
    brush.fade(stage.band(0, edge), Tone.light(wall, 0.15), Tone.dark(wall, 0.03));
    Color dot = Tone.mix(wall, Color.WHITE, 0.55);
    for (int row = 0; row * 54 * u < edge; row++) {
      for (int i = -1; i * 54 * u < stage.w(); i++) {
        brush.flat(
            Outline.circle((i + (row % 2) * 0.5) * 54 * u + 27 * u, row * 54 * u + 24 * u, 5 * u),
            dot);
      }
    }
    Color[] flags = {
      Tone.rgb(0xE88F85),
      Tone.rgb(0xF3CE7A),
      Tone.rgb(0x8CC3B4),
      Tone.rgb(0x8FB2DE),
      Tone.rgb(0xC8A3D4)
    };
    brush.line(
        "M0 " + 24 * u + " Q" + stage.w() / 2 + " " + 96 * u + " " + stage.w() + " " + 24 * u,
        Tone.rgb(0xB7A58F),
        2 * u);
    int count = (int) (stage.w() / (46 * u));
    for (int i = 0; i < count; i++) {
      double t = (i + 0.5) / count;
      double x = t * stage.w();
      double y = 24 * u + 2 * t * (1 - t) * 72 * u;
      brush.body(
          Outline.poly(x - 16 * u, y - u, x + 16 * u, y - u, x, y + 30 * u),
          flags[i % flags.length]);
    }
    floorboards(stage, edge);
    Color rug = stage.dice().one(flags);
    Shape floorArea = stage.band(edge, stage.h());
    double cx = stage.w() / 2;
    double cy = stage.h() * 0.90;
    for (int i = 0; i < 4; i++) {
      double rx = stage.w() * (0.58 - 0.11 * i);
      double ry = stage.h() * (0.135 - 0.026 * i);
      Color ring = i % 2 == 0 ? Tone.light(rug, 0.25) : Tone.rgb(0xFBF3E4);
      brush.fade(
          Brush.within(floorArea, Outline.oval(cx - rx, cy - ry, 2 * rx, 2 * ry)),
          Tone.dark(ring, 0.06),
          ring);
    }
    light(stage, edge);
  }

  private static void floorboards(Stage stage, double edge) {
    Brush brush = stage.brush();
    double u = stage.unit();
    brush.body(stage.band(edge - 14 * u, edge), Tone.rgb(0xFBF6EC));
    Color floor = Tone.rgb(0xDDB98C);
    brush.fade(stage.band(edge, stage.h()), Tone.dark(floor, 0.10), Tone.light(floor, 0.12));
    for (int i = -6; i <= 18; i++) {
      double mid = stage.w() / 2;
      double x = mid + (i - 6) * stage.w() * 0.10;
      brush.line(
          "M" + x + " " + edge + " L" + (mid + (x - mid) * 1.9) + " " + stage.h(),
          Tone.veil(Tone.dark(floor, 0.5), 0.28),
          1.2 * u);
    }
  }

  void studio(Stage stage) {
    Brush brush = stage.brush();
    Color[] papers = {
      Tone.rgb(0xF1EFEA),
      Tone.rgb(0xE7EEF2),
      Tone.rgb(0xF6E7DC),
      Tone.rgb(0xE6EDE2),
      Tone.rgb(0xEDE6F2)
    };
    Color paper = stage.dice().one(papers);
    double edge = stage.horizon();
    brush.fade(
        stage.band(0, stage.h()),
        Tone.dark(paper, 0.07),
        paper,
        Tone.dark(paper, 0.03),
        Tone.light(paper, 0.6));
    brush.fade(
        stage.band(edge - 0.05 * stage.h(), edge + 0.1 * stage.h()),
        Tone.veil(Tone.dark(paper, 0.2), 0.0),
        Tone.veil(Tone.dark(paper, 0.2), 0.22),
        Tone.veil(Tone.dark(paper, 0.2), 0.0));
    brush.glow(
        stage.w() * 0.42,
        stage.h() * 0.36,
        stage.w() * 0.6,
        stage.h() * 0.5,
        Tone.veil(Color.WHITE, 0.75));
  }

  /** Sun from the upper left on wall and table, and a soft corner shade. */
  private static void light(Stage stage, double edge) {
    Brush brush = stage.brush();
    brush.glow(
        stage.w() * 0.2,
        stage.h() * 0.1,
        stage.w() * 0.8,
        stage.h() * 0.7,
        Tone.veil(Tone.rgb(0xFFF3D6), 0.22));
    brush.fade(
        stage.band(edge, edge + 0.06 * stage.h()),
        Tone.veil(Tone.rgb(0x2A2350), 0.16),
        Tone.veil(Tone.rgb(0x2A2350), 0));
  }

  private static void planks(Stage stage, double edge, Color wood) {
    Brush brush = stage.brush();
    double u = stage.unit();
    double y = edge;
    double high = 24 * u;
    while (y < stage.h()) {
      Color plank = Tone.mix(wood, Tone.rgb(0xE8C79B), stage.dice().between(0.0, 0.28));
      brush.fade(stage.band(y, y + high), Tone.light(plank, 0.12), Tone.dark(plank, 0.06));
      for (int i = 0; i < 3; i++) {
        double gx = stage.dice().between(-0.1, 0.8) * stage.w();
        double gy = y + high * stage.dice().between(0.2, 0.8);
        double run = stage.dice().between(0.2, 0.5) * stage.w();
        brush.line(
            "M"
                + gx
                + " "
                + gy
                + " Q"
                + (gx + run / 2)
                + " "
                + (gy + stage.dice().between(-4.0, 4.0) * u)
                + " "
                + (gx + run)
                + " "
                + gy,
            Tone.veil(Tone.dark(plank, 0.5), 0.22),
            1.3 * u);
      }
      brush.flat(stage.band(y, y + 1.6 * u), Tone.veil(Tone.dark(plank, 0.8), 0.3));
      y += high;
      high *= 1.32;
    }
    brush.fade(
        stage.band(edge - 2 * u, edge + 4 * u), Tone.light(wood, 0.45), Tone.light(wood, 0.2));
  }

  private static void pendant(Stage stage, double x, double y) {
    Brush brush = stage.brush();
    double u = stage.unit();
    brush.line("M" + x + " 0 L" + x + " " + y, Tone.rgb(0x4B4E5C), 2 * u);
    brush.glow(x, y + 30 * u, 90 * u, 70 * u, Tone.veil(Tone.rgb(0xFFE7A6), 0.5));
    brush.flat(Outline.oval(x - 30 * u, y + 18 * u, 60 * u, 16 * u), Tone.rgb(0xFFF2C6));
    brush
        .at(x, y, u)
        .body(
            Outline.path("M-8 -12 L8 -12 Q32 2 32 26 L-32 26 Q-32 2 -8 -12 Z"), Tone.rgb(0x6F8C8A));
  }

  private static void window(
      Stage stage, double x, double y, double w, double h, boolean curtains) {
    Brush brush = stage.brush();
    double u = stage.unit();
    brush.flat(
        Outline.round(x - 6 * u, y + 2 * u, w + 18 * u, h + 14 * u, 5 * u),
        Tone.veil(Tone.rgb(0x2A2350), 0.10));
    brush.body(
        Outline.round(x - 8 * u, y - 8 * u, w + 16 * u, h + 16 * u, 5 * u), Tone.rgb(0xFBF8F1));
    Shape glass = Outline.rect(x, y, w, h);
    brush.fade(glass, Tone.rgb(0xA9D8F0), Tone.rgb(0xE9F6F5));
    brush.flat(
        Brush.within(glass, Outline.oval(x - 0.3 * w, y + 0.66 * h, w, h)), Tone.rgb(0xA8CFA0));
    brush.flat(
        Brush.within(glass, Outline.oval(x + 0.3 * w, y + 0.74 * h, w, h)), Tone.rgb(0x8CBF8E));
    brush.flat(
        Brush.within(glass, Outline.circle(x + 0.72 * w, y + 0.46 * h, 0.12 * w)),
        Tone.veil(Color.WHITE, 0.6));
    brush.flat(
        Brush.within(glass, Outline.round(x + 0.5 * w, y + 0.46 * h, 0.44 * w, 0.12 * w, 0.06 * w)),
        Tone.veil(Color.WHITE, 0.6));
    brush.flat(
        Brush.within(
            glass,
            Outline.poly(x + 0.1 * w, y + h, x + 0.4 * w, y, x + 0.62 * w, y, x + 0.32 * w, y + h)),
        Tone.veil(Color.WHITE, 0.22));
    brush.flat(Outline.rect(x + w / 2 - 3 * u, y, 6 * u, h), Tone.rgb(0xFBF8F1));
    brush.flat(Outline.rect(x, y + h * 0.45, w, 5 * u), Tone.rgb(0xFBF8F1));
    if (curtains) {
      Color cloth = stage.dice().one(Tone.rgb(0xE9A48F), Tone.rgb(0xF0CF8E), Tone.rgb(0x9FB9CF));
      for (int i = 0; i < 2; i++) {
        double cx = i == 0 ? x - 12 * u : x + w - 26 * u;
        for (int k = 0; k < 3; k++) {
          brush.across(
              Outline.round(cx + k * 13 * u, y - 12 * u, 13.5 * u, h + 30 * u, 3 * u),
              Tone.light(cloth, 0.15),
              Tone.dark(cloth, 0.14));
        }
      }
      brush.body(
          Outline.round(x - 24 * u, y - 18 * u, w + 48 * u, 8 * u, 4 * u), Tone.rgb(0x9C6E48));
    }
    brush.body(
        Outline.round(x - 16 * u, y + h + 4 * u, w + 32 * u, 9 * u, 3 * u), Tone.rgb(0xF4EEE2));
  }
}
