package io.capbench.samples.draw;

import java.awt.Color;

/** Backdrops in the open: beach, park, garden, snow. */
final class Landscapes {
  private static final Color[][] SKIES = {
    {Tone.rgb(0x6FB7E6), Tone.rgb(0xA9D8F0), Tone.rgb(0xEFF6EC)},
    {Tone.rgb(0x86A9E0), Tone.rgb(0xF5CFC0), Tone.rgb(0xFFE3B4)},
    {Tone.rgb(0x6C8FD0), Tone.rgb(0xC9B4DC), Tone.rgb(0xFAD9D0)},
    {Tone.rgb(0x58A9D8), Tone.rgb(0x9FDCE6), Tone.rgb(0xFDF3D7)}
  };

  private static Color sky(Stage stage) {
    Color[] sky = stage.dice().one(SKIES);
    stage.brush().fade(stage.band(0, stage.horizon() + 2), sky[0], sky[1], sky[2]);
    double x = stage.w() * stage.dice().between(0.1, 0.35);
    double y = stage.horizon() * stage.dice().between(0.16, 0.36);
    double u = stage.unit();
    stage.brush().glow(x, y, 150 * u, 150 * u, Tone.veil(Tone.rgb(0xFFF6D0), 0.8));
    stage.brush().flat(Outline.circle(x, y, 26 * u), Tone.rgb(0xFFF8E0));
    for (int i = 0; i < 3; i++) {
      stage.cloud(
          stage.w() * (0.2 + 0.32 * i + stage.dice().between(-0.1, 0.1)),
          stage.horizon() * stage.dice().between(0.2, 0.62),
          stage.dice().between(34.0, 62.0) * u,
          Tone.veil(Color.WHITE, 0.82));
    }
    return sky[2];
  }

  void beach(Stage stage) {
    Brush brush = stage.brush();
    double u = stage.unit();
    Color haze = sky(stage);
    double sea = stage.horizon();
    double shore = stage.h() * 0.66;
    brush.flat(
        stage.hills(sea - 16 * u, sea + 2, 9 * u, 3.2), Tone.mix(Tone.rgb(0x6E9FB4), haze, 0.35));
    brush.fade(
        stage.band(sea, shore + 24 * u),
        Tone.rgb(0x3D8FBE),
        Tone.rgb(0x46B3C6),
        Tone.rgb(0x9BE0D8));
    for (int i = 0; i < 26; i++) {
      double t = stage.dice().between(0.0, 1.0);
      double y = sea + 4 * u + t * (shore - sea - 6 * u);
      double run = (14 + 46 * t) * u;
      double x = stage.dice().between(-0.05, 1.0) * stage.w();
      brush.line(
          "M" + x + " " + y + " Q" + (x + run / 2) + " " + (y - 3 * u) + " " + (x + run) + " " + y,
          Tone.veil(Color.WHITE, 0.25 + 0.35 * t),
          (1 + 1.4 * t) * u);
    }
    Color sand = stage.dice().one(Tone.rgb(0xF3DDAB), Tone.rgb(0xEFD3A0), Tone.rgb(0xF5E2BC));
    brush.flat(stage.hills(shore - 3 * u, stage.h(), 7 * u, 5), Tone.veil(Color.WHITE, 0.75));
    brush.fade(
        stage.hills(shore + 9 * u, stage.h(), 6 * u, 4.4),
        Tone.dark(sand, 0.12),
        sand,
        Tone.light(sand, 0.2));
    for (int i = 0; i < 90; i++) {
      brush.flat(
          Outline.circle(
              stage.dice().between(0, stage.w()),
              stage.dice().between(shore + 28 * u, stage.h()),
              u),
          Tone.veil(Tone.dark(sand, 0.5), 0.28));
    }
    shell(stage, sand);
  }

  private static void shell(Stage stage, Color sand) {
    double u = stage.unit();
    for (int i = 0; i < 3; i++) {
      double x = stage.dice().between(0.06, 0.94) * stage.w();
      double y = stage.h() * stage.dice().between(0.955, 0.985);
      Color shell = stage.dice().one(Tone.rgb(0xF6B7A5), Tone.rgb(0xFFF3E4), Tone.rgb(0xE8C9DA));
      stage.brush().glow(x + 2 * u, y + 3 * u, 10 * u, 4 * u, Tone.veil(Tone.dark(sand, 0.7), 0.4));
      stage.brush().body(Outline.oval(x - 7 * u, y - 5 * u, 14 * u, 9 * u), shell);
    }
  }

  void park(Stage stage) {
    Brush brush = stage.brush();
    double u = stage.unit();
    Color haze = sky(stage);
    double edge = stage.horizon();
    brush.flat(
        stage.hills(edge - 54 * u, edge + 30 * u, 16 * u, 4),
        Tone.mix(Tone.rgb(0x7FB3A0), haze, 0.45));
    brush.flat(
        stage.hills(edge - 26 * u, edge + 30 * u, 12 * u, 5),
        Tone.mix(Tone.rgb(0x6BAA78), haze, 0.2));
    for (int i = 0; i < 7; i++) {
      double x = stage.w() * (i + stage.dice().between(0.1, 0.9)) / 7;
      Color leaves = stage.dice().one(Tone.rgb(0x5FA266), Tone.rgb(0x7BB661), Tone.rgb(0x4C9270));
      stage.tree(
          x, edge + 8 * u, stage.dice().between(64.0, 128.0) * u, Tone.mix(leaves, haze, 0.12));
    }
    Color lawn = stage.dice().one(Tone.rgb(0x86C46A), Tone.rgb(0x7CBD6E), Tone.rgb(0x94C865));
    brush.fade(
        stage.hills(edge + 4 * u, stage.h(), 4 * u, 4),
        Tone.dark(lawn, 0.1),
        lawn,
        Tone.light(lawn, 0.12));
    double px = stage.w() * stage.dice().between(0.3, 0.7);
    brush
        .at(px, edge, u)
        .fade(
            Outline.path("M-8 6 C60 60 -190 90 -150 300 L40 300 C-70 110 120 60 6 6 Z"),
            Tone.rgb(0xE2D3A6),
            Tone.rgb(0xF2E5C2));
    stage.grass(edge + 30 * u, Tone.veil(Tone.dark(lawn, 0.32), 0.55), 70);
    for (int i = 0; i < 16; i++) {
      double y = stage.dice().between(edge + 30 * u, stage.h());
      Color petal = stage.dice().one(Color.WHITE, Tone.rgb(0xFCE38A), Tone.rgb(0xF7C4D4));
      brush.flat(Outline.circle(stage.dice().between(0, stage.w()), y, 2.6 * u), petal);
    }
  }

  void garden(Stage stage) {
    Brush brush = stage.brush();
    double u = stage.unit();
    Color haze = sky(stage);
    double edge = stage.horizon();
    for (int i = 0; i < 5; i++) {
      double x = stage.w() * (i + stage.dice().between(0.0, 1.0)) / 5;
      stage.tree(
          x,
          edge - 20 * u,
          stage.dice().between(130.0, 190.0) * u,
          Tone.mix(Tone.rgb(0x6FAE74), haze, 0.3));
    }
    Color bush = Tone.rgb(0x5E9F63);
    for (int i = -1; i < 9; i++) {
      double r = stage.dice().between(34.0, 50.0) * u;
      brush.body(
          Outline.circle(stage.w() * (i + 0.5) / 8, edge - 24 * u, r),
          Tone.mix(bush, Tone.rgb(0x8EC27E), stage.dice().between(0.0, 0.6)));
    }
    Color paint = stage.dice().one(Tone.rgb(0xFBF8F0), Tone.rgb(0xFBF8F0), Tone.rgb(0xD5E4EA));
    brush.body(stage.band(edge - 62 * u, edge - 54 * u), Tone.dark(paint, 0.08));
    brush.body(stage.band(edge - 22 * u, edge - 14 * u), Tone.dark(paint, 0.08));
    for (double x = 6 * u; x < stage.w(); x += 36 * u) {
      brush.body(
          Outline.poly(
              x,
              edge + 6 * u,
              x,
              edge - 80 * u,
              x + 11 * u,
              edge - 94 * u,
              x + 22 * u,
              edge - 80 * u,
              x + 22 * u,
              edge + 6 * u),
          paint);
    }
    Color lawn = stage.dice().one(Tone.rgb(0x8CC56B), Tone.rgb(0x7DBB68));
    brush.fade(stage.band(edge, stage.h()), Tone.dark(lawn, 0.14), lawn, Tone.light(lawn, 0.14));
    stage.grass(edge + 4 * u, Tone.veil(Tone.dark(lawn, 0.34), 0.5), 60);
    flowers(stage, edge);
  }

  /** A bed along the fence. */
  private static void flowers(Stage stage, double edge) {
    Brush brush = stage.brush();
    double u = stage.unit();
    Color[] petals = {
      Tone.rgb(0xF4A6B8),
      Tone.rgb(0xF7D774),
      Tone.rgb(0xC9A6E4),
      Tone.rgb(0xFFFFFF),
      Tone.rgb(0xF29E7E)
    };
    for (int i = 0; i < 22; i++) {
      double x = stage.w() * (i + stage.dice().between(0.0, 0.9)) / 22;
      double y = edge + stage.dice().between(-6.0, 14.0) * u;
      double tall = stage.dice().between(16.0, 34.0) * u;
      brush.line("M" + x + " " + y + " L" + x + " " + (y - tall), Tone.rgb(0x3F8A4B), 2 * u);
      Color petal = stage.dice().one(petals);
      for (int k = 0; k < 5; k++) {
        brush
            .turned(k * 72, x, y - tall)
            .flat(Outline.circle(x, y - tall - 4.4 * u, 3.6 * u), petal);
      }
      brush.flat(Outline.circle(x, y - tall, 2.6 * u), Tone.rgb(0xF0B23C));
    }
  }

  void snow(Stage stage) {
    Brush brush = stage.brush();
    double u = stage.unit();
    double edge = stage.horizon();
    Color[] sky =
        stage.dice().chance(0.5)
            ? new Color[] {Tone.rgb(0x8FB3DC), Tone.rgb(0xC5D9EC), Tone.rgb(0xF2EBEA)}
            : new Color[] {Tone.rgb(0x8A93C9), Tone.rgb(0xDDB9CC), Tone.rgb(0xFBE1CE)};
    brush.fade(stage.band(0, edge + 2), sky);
    brush.glow(stage.w() * 0.24, edge * 0.5, 170 * u, 150 * u, Tone.veil(Tone.rgb(0xFFF7E6), 0.75));
    double x = -0.15 * stage.w();
    while (x < stage.w()) {
      double wide = stage.dice().between(0.32, 0.55) * stage.w();
      double peak = edge - stage.dice().between(0.34, 0.60) * edge;
      mountain(stage, x, wide, peak, Tone.mix(Tone.rgb(0x7D93B8), sky[2], 0.3));
      x += wide * 0.62;
    }
    brush.fade(
        stage.hills(edge - 16 * u, stage.h(), 8 * u, 4), Tone.rgb(0xDCE8F4), Tone.rgb(0xC9DBEE));
    for (int i = 0; i < 9; i++) {
      double fx = stage.w() * (i + stage.dice().between(0.0, 1.0)) / 9;
      stage.fir(
          fx,
          edge + stage.dice().between(0.0, 14.0) * u,
          stage.dice().between(60.0, 120.0) * u,
          Tone.mix(Tone.rgb(0x3F7A68), sky[2], 0.15),
          true);
    }
    brush.fade(
        stage.hills(edge + 18 * u, stage.h(), 7 * u, 5),
        Tone.rgb(0xE6EFF8),
        Tone.rgb(0xF6F9FC),
        Tone.rgb(0xDFEAF5));
    brush.fade(
        stage.hills(stage.h() * 0.80, stage.h(), 6 * u, 3.6),
        Tone.rgb(0xFCFDFE),
        Tone.rgb(0xE9F0F8));
    for (int i = 0; i < 80; i++) {
      brush.flat(
          Outline.circle(
              stage.dice().between(0, stage.w()),
              stage.dice().between(0, stage.h()),
              stage.dice().between(1.0, 3.0) * u),
          Tone.veil(Color.WHITE, 0.85));
    }
  }

  private static void mountain(Stage stage, double x, double wide, double peak, Color rock) {
    Brush brush = stage.brush();
    double edge = stage.horizon();
    double mid = x + wide * stage.dice().between(0.44, 0.56);
    brush.fade(
        Outline.poly(x, edge, mid, peak, x + wide, edge),
        Tone.light(rock, 0.1),
        Tone.light(rock, 0.5));
    brush.flat(
        Outline.poly(mid, peak, x + wide, edge, mid + 0.08 * wide, edge),
        Tone.veil(Tone.dark(rock, 0.3), 0.28));
    double snow = 0.34;
    double left = mid + (x - mid) * snow;
    double right = mid + (x + wide - mid) * snow;
    double low = peak + (edge - peak) * snow;
    brush.flat(
        Outline.poly(
            mid,
            peak,
            right,
            low,
            mid + (right - mid) * 0.4,
            low - (low - peak) * 0.22,
            mid,
            low + (low - peak) * 0.1,
            mid + (left - mid) * 0.5,
            low - (low - peak) * 0.2,
            left,
            low),
        Tone.veil(Color.WHITE, 0.92));
  }
}
