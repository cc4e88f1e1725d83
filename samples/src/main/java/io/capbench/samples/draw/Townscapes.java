package io.capbench.samples.draw;

import java.awt.Color;

/** Backdrops in town: street, market stall, harbour at night. */
final class Townscapes {
  private static final Color[] WALLS = {
    Tone.rgb(0xE8B89A),
    Tone.rgb(0xEFD9A7),
    Tone.rgb(0xB9CCD6),
    Tone.rgb(0xD9A5A0),
    Tone.rgb(0xC4CFAE),
    Tone.rgb(0xC9B8D6)
  };

  void street(Stage stage) {
    Brush brush = stage.brush();
    double u = stage.unit();
    double edge = stage.horizon();
    Color[] sky =
        stage.dice().chance(0.5)
            ? new Color[] {Tone.rgb(0x7DB9E4), Tone.rgb(0xC9E4EE), Tone.rgb(0xFBEFD8)}
            : new Color[] {Tone.rgb(0x8F9BD2), Tone.rgb(0xF2BFB4), Tone.rgb(0xFFE0AE)};
    brush.fade(stage.band(0, edge), sky);
    stage.cloud(stage.w() * 0.25, 40 * u, 46 * u, Tone.veil(Color.WHITE, 0.7));
    for (double x = -20 * u; x < stage.w(); ) {
      double wide = stage.dice().between(46.0, 80.0) * u;
      double top = edge * stage.dice().between(0.12, 0.42);
      brush.fade(
          Outline.rect(x, top, wide, edge - top),
          Tone.mix(Tone.rgb(0x8BA3C4), sky[2], 0.35),
          Tone.mix(Tone.rgb(0xA9B7CC), sky[2], 0.6));
      x += wide;
    }
    for (double x = -30 * u; x < stage.w(); ) {
      double wide = stage.dice().between(96.0, 138.0) * u;
      house(stage, x, edge * stage.dice().between(0.26, 0.48), wide, edge - 8 * u);
      x += wide;
    }
    brush.fade(stage.band(edge - 12 * u, edge + 8 * u), Tone.rgb(0xD9D4CC), Tone.rgb(0xBDB8B4));
    brush.flat(stage.band(edge + 8 * u, edge + 14 * u), Tone.rgb(0x8F8C90));
    brush.fade(stage.band(edge + 14 * u, stage.h()), Tone.rgb(0x6B6D7A), Tone.rgb(0x7E818E));
    double y = edge + 0.44 * (stage.h() - edge);
    for (double x = stage.dice().between(-80.0, 0.0) * u; x < stage.w(); x += 104 * u) {
      brush.flat(
          Outline.poly(x + 6 * u, y, x + 60 * u, y, x + 54 * u, y + 7 * u, x, y + 7 * u),
          Tone.veil(Tone.rgb(0xF7E9C0), 0.85));
    }
    lantern(stage, stage.w() * stage.dice().one(0.08, 0.9), edge, 190 * u);
  }

  private static void house(Stage stage, double x, double top, double wide, double base) {
    Brush brush = stage.brush();
    double u = stage.unit();
    Color wall = stage.dice().one(WALLS);
    brush.fade(
        Outline.rect(x, top, wide, base - top), Tone.light(wall, 0.12), Tone.dark(wall, 0.06));
    brush.across(
        Outline.rect(x + wide - 12 * u, top, 12 * u, base - top),
        Tone.veil(Tone.rgb(0x2A2350), 0),
        Tone.veil(Tone.rgb(0x2A2350), 0.16));
    brush.body(Outline.rect(x - 3 * u, top - 9 * u, wide + 6 * u, 11 * u), Tone.dark(wall, 0.28));
    int columns = wide > 116 * u ? 3 : 2;
    double cell = wide / columns;
    double shop = base - 74 * u;
    for (double y = top + 18 * u; y + 44 * u < shop; y += 54 * u) {
      for (int i = 0; i < columns; i++) {
        boolean lit = stage.dice().chance(0.35);
        double wx = x + i * cell + cell / 2 - 11 * u;
        brush.flat(
            Outline.round(wx - 3 * u, y - 3 * u, 28 * u, 42 * u, 3 * u), Tone.light(wall, 0.55));
        brush.fade(
            Outline.rect(wx, y, 22 * u, 36 * u),
            lit ? Tone.rgb(0xFFE9AE) : Tone.rgb(0x8DB3CC),
            lit ? Tone.rgb(0xF7BE6A) : Tone.rgb(0x5C7F9E));
        brush.flat(Outline.rect(wx + 10 * u, y, 2 * u, 36 * u), Tone.light(wall, 0.55));
        brush.flat(Outline.rect(wx - 5 * u, y + 38 * u, 32 * u, 4 * u), Tone.dark(wall, 0.2));
      }
    }
    shop(stage, x, shop, wide, base);
  }

  /** Window, door and awning on a ground floor that begins at {@code top}. */
  private static void shop(Stage stage, double x, double top, double wide, double base) {
    Brush brush = stage.brush();
    double u = stage.unit();
    Color awning =
        stage
            .dice()
            .one(Tone.rgb(0xD65A52), Tone.rgb(0x3F8F86), Tone.rgb(0x4E6FB5), Tone.rgb(0xE0A03C));
    brush.flat(
        Outline.rect(x + 8 * u, top + 10 * u, wide - 16 * u, base - top - 10 * u),
        Tone.rgb(0x57443F));
    brush.fade(
        Outline.rect(x + 14 * u, top + 18 * u, wide - 62 * u, base - top - 34 * u),
        Tone.rgb(0xFFE7B4),
        Tone.rgb(0xD79D5C));
    brush.fade(
        Outline.rect(x + wide - 42 * u, top + 18 * u, 26 * u, base - top - 18 * u),
        Tone.rgb(0x9FC2D2),
        Tone.rgb(0x5F8299));
    int stripes = 7;
    double stripe = (wide - 8 * u) / stripes;
    for (int i = 0; i < stripes; i++) {
      brush.fade(
          Outline.scallop(x + 4 * u + stripe * i, top - 4 * u, stripe, 22 * u, 9 * u),
          i % 2 == 0 ? Tone.light(awning, 0.12) : Tone.rgb(0xFDF8EC),
          i % 2 == 0 ? awning : Tone.rgb(0xE8DFCF));
    }
  }

  private static void lantern(Stage stage, double x, double base, double tall) {
    Brush brush = stage.brush();
    double u = stage.unit();
    Color iron = Tone.rgb(0x3B4150);
    brush.body(Outline.rect(x - 3 * u, base - tall, 6 * u, tall), iron);
    brush.body(Outline.round(x - 8 * u, base - 12 * u, 16 * u, 13 * u, 3 * u), iron);
    brush.glow(x, base - tall - 12 * u, 46 * u, 46 * u, Tone.veil(Tone.rgb(0xFFE6A0), 0.75));
    brush.flat(
        Outline.poly(
            x - 8 * u,
            base - tall,
            x - 12 * u,
            base - tall - 24 * u,
            x + 12 * u,
            base - tall - 24 * u,
            x + 8 * u,
            base - tall),
        Tone.rgb(0xFFF1C4));
    brush.body(
        Outline.poly(
            x - 15 * u,
            base - tall - 23 * u,
            x,
            base - tall - 36 * u,
            x + 15 * u,
            base - tall - 23 * u),
        iron);
  }

  void market(Stage stage) {
    Brush brush = stage.brush();
    double u = stage.unit();
    double counter = stage.horizon();
    Color back = stage.dice().one(Tone.rgb(0xF4E2C4), Tone.rgb(0xDCE8E4), Tone.rgb(0xF0D9D0));
    brush.fade(stage.band(0, counter), Tone.dark(back, 0.22), Tone.light(back, 0.1));
    for (double x = -10 * u; x < stage.w(); ) {
      double wide = stage.dice().between(70.0, 110.0) * u;
      double top = stage.h() * stage.dice().between(0.22, 0.36);
      Color far = Tone.mix(stage.dice().one(WALLS), back, 0.55);
      brush.fade(Outline.rect(x, top, wide, counter - top), far, Tone.light(far, 0.3));
      for (int i = 0; i < 6; i++) {
        brush.flat(
            Outline.round(
                x + wide * (i % 2 == 0 ? 0.2 : 0.6),
                top + (14 + i / 2 * 44) * u,
                14 * u,
                24 * u,
                2 * u),
            Tone.veil(Tone.rgb(0xFFF3CF), 0.7));
      }
      x += wide;
    }
    for (int i = 0; i < 9; i++) {
      brush.glow(
          stage.dice().between(0, stage.w()),
          stage.h() * stage.dice().between(0.26, 0.6),
          stage.dice().between(12.0, 26.0) * u,
          stage.dice().between(12.0, 26.0) * u,
          Tone.veil(Tone.rgb(0xFFE9B0), 0.55));
    }
    brush.body(Outline.rect(10 * u, 0, 13 * u, counter), Tone.rgb(0x9C6B41));
    brush.body(Outline.rect(stage.w() - 23 * u, 0, 13 * u, counter), Tone.rgb(0x9C6B41));
    Color cloth =
        stage
            .dice()
            .one(Tone.rgb(0xD9534F), Tone.rgb(0x2F9C8F), Tone.rgb(0x4571C4), Tone.rgb(0xE59B34));
    awning(stage, cloth);
    brush.fade(stage.band(counter, stage.h() * 0.81), Tone.rgb(0xD2A06A), Tone.rgb(0xE8C08C));
    brush.flat(stage.band(counter, counter + 3 * u), Tone.rgb(0xF2D8AE));
    double top = stage.h() * 0.81;
    brush.fade(stage.band(top, stage.h()), Tone.rgb(0xB4804E), Tone.rgb(0x8F6038));
    brush.flat(stage.band(top, top + 5 * u), Tone.rgb(0xF0CE9C));
    brush.fade(
        stage.band(top + 5 * u, top + 18 * u),
        Tone.veil(Tone.rgb(0x2A2350), 0.3),
        Tone.veil(Tone.rgb(0x2A2350), 0));
    for (double x = stage.dice().between(-60.0, 0.0) * u; x < stage.w(); x += 96 * u) {
      crate(stage, x, top + 26 * u);
    }
  }

  private static void crate(Stage stage, double x, double y) {
    Brush brush = stage.brush();
    double u = stage.unit();
    brush.flat(Outline.rect(x, y, 84 * u, stage.h() - y), Tone.rgb(0x6B4628));
    Color fruit =
        stage
            .dice()
            .one(
                Tone.rgb(0xE58C3B),
                Tone.rgb(0xC94A45),
                Tone.rgb(0x9DB84A),
                Tone.rgb(0xE9C14B),
                Tone.rgb(0x7A5AA0));
    for (int i = 0; i < 10; i++) {
      brush.body(
          Outline.circle(x + (10 + (i % 5) * 16) * u, y + (i < 5 ? 4 : 12) * u, 10 * u),
          Tone.mix(fruit, Color.WHITE, stage.dice().between(0.0, 0.16)));
    }
    for (double row = y + 16 * u; row < stage.h(); row += 20 * u) {
      brush.body(Outline.round(x - 3 * u, row, 90 * u, 16 * u, 2 * u), Tone.rgb(0xDDB27A));
    }
  }

  private static void awning(Stage stage, Color cloth) {
    Brush brush = stage.brush();
    double u = stage.unit();
    double low = 0.135 * stage.h();
    int stripes = 11;
    double stripe = stage.w() / stripes;
    for (int i = 0; i < stripes; i++) {
      Color colour = i % 2 == 0 ? cloth : Tone.rgb(0xFEF9EE);
      brush.fade(
          Outline.scallop(stripe * i, 0, stripe, low, 34 * u),
          Tone.dark(colour, 0.12),
          Tone.light(colour, 0.1));
    }
    brush.flat(stage.band(low - 4 * u, low), Tone.veil(Tone.rgb(0x2A2350), 0.18));
  }

  void harbour(Stage stage) {
    Brush brush = stage.brush();
    double u = stage.unit();
    double sea = stage.horizon();
    double quay = stage.h() * 0.80;
    Color night = stage.dice().one(Tone.rgb(0x141C46), Tone.rgb(0x1B1A44), Tone.rgb(0x10254A));
    brush.fade(stage.band(0, sea), night, Tone.rgb(0x38437F), Tone.rgb(0x8A6C9C));
    for (int i = 0; i < 60; i++) {
      brush.flat(
          Outline.circle(
              stage.dice().between(0, stage.w()),
              stage.dice().between(0, sea * 0.7),
              stage.dice().between(0.6, 1.7) * u),
          Tone.veil(Color.WHITE, stage.dice().between(0.4, 0.95)));
    }
    double mx = stage.w() * stage.dice().between(0.16, 0.4);
    double my = sea * stage.dice().between(0.2, 0.38);
    brush.glow(mx, my, 130 * u, 130 * u, Tone.veil(Tone.rgb(0xFFF1C9), 0.55));
    brush.body(Outline.circle(mx, my, 27 * u), Tone.rgb(0xFFF4D8));
    brush.flat(Outline.circle(mx - 8 * u, my - 5 * u, 5 * u), Tone.rgb(0xF0DDB4));
    brush.flat(Outline.circle(mx + 9 * u, my + 8 * u, 4 * u), Tone.rgb(0xF0DDB4));
    brush.fade(stage.band(sea, quay), Tone.rgb(0x6C5F98), Tone.rgb(0x2A3A78), Tone.rgb(0x17234F));
    skyline(stage, sea);
    for (int i = 0; i < 20; i++) {
      double y = sea + (quay - sea) * (i + 1) / 21.0;
      double half = (8 + 30 * (i / 20.0)) * u * stage.dice().between(0.5, 1.2);
      brush.flat(
          Outline.round(mx - half, y, 2 * half, 2.4 * u, 1.2 * u),
          Tone.veil(Tone.rgb(0xFFEFC2), 0.55));
    }
    Color stone = Tone.rgb(0x5D6486);
    brush.fade(stage.band(quay, stage.h()), Tone.light(stone, 0.14), Tone.dark(stone, 0.2));
    brush.flat(stage.band(quay, quay + 7 * u), Tone.light(stone, 0.35));
    for (int row = 0; row < 4; row++) {
      double y = quay + 7 * u + row * 30 * u;
      brush.flat(stage.band(y, y + 1.6 * u), Tone.veil(Tone.rgb(0x1B1A3A), 0.4));
      for (double x = (row % 2) * 40 * u; x < stage.w(); x += 80 * u) {
        brush.flat(Outline.rect(x, y, 1.6 * u, 30 * u), Tone.veil(Tone.rgb(0x1B1A3A), 0.4));
      }
    }
    brush.glow(
        stage.w() * 0.4,
        stage.h() * 0.9,
        stage.w() * 0.6,
        60 * u,
        Tone.veil(Tone.rgb(0xFFE3A6), 0.3));
  }

  private static void skyline(Stage stage, double sea) {
    Brush brush = stage.brush();
    double u = stage.unit();
    for (double x = -10 * u; x < stage.w(); ) {
      double wide = stage.dice().between(28.0, 60.0) * u;
      double tall = stage.dice().between(34.0, 112.0) * u;
      Color wall = Tone.mix(Tone.rgb(0x2A2B5C), Tone.rgb(0x4A4580), stage.dice().between(0.0, 1.0));
      brush.fade(Outline.rect(x, sea - tall, wide, tall), wall, Tone.light(wall, 0.12));
      if (stage.dice().chance(0.4)) {
        brush.flat(
            Outline.poly(x, sea - tall, x + wide / 2, sea - tall - 16 * u, x + wide, sea - tall),
            wall);
      }
      for (double wy = sea - tall + 8 * u; wy < sea - 10 * u; wy += 13 * u) {
        for (double wx = x + 6 * u; wx < x + wide - 8 * u; wx += 11 * u) {
          if (stage.dice().chance(0.52)) {
            brush.flat(
                Outline.rect(wx, wy, 5 * u, 7 * u),
                stage.dice().one(Tone.rgb(0xFFD98A), Tone.rgb(0xFFE9B8), Tone.rgb(0xF7B26A)));
          }
        }
      }
      if (stage.dice().chance(0.7)) {
        double gx = x + wide / 2;
        for (int i = 0; i < 6; i++) {
          double half = (7 - i * 0.6) * u;
          brush.flat(
              Outline.round(gx - half, sea + (5 + i * 8) * u, 2 * half, 2.4 * u, u),
              Tone.veil(Tone.rgb(0xFFC978), 0.6 - 0.08 * i));
        }
      }
      x += wide;
    }
  }
}
