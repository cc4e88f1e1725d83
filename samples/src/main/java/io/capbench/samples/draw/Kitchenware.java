package io.capbench.samples.draw;

import static io.capbench.samples.draw.Outline.circle;
import static io.capbench.samples.draw.Outline.oval;
import static io.capbench.samples.draw.Outline.path;
import static io.capbench.samples.draw.Outline.round;

import io.capbench.samples.world.Dice;
import java.awt.Color;
import java.awt.Shape;
import org.jspecify.annotations.Nullable;

/** Mugs, teapots, fruit, bottles, fish bowls, flower pots. */
final class Kitchenware {
  private static final Color LEAF = Tone.rgb(0x4FA45A);
  private static final Color CREAM = Tone.rgb(0xFBF5E6);

  void mug(Brush brush, Color colour, @Nullable String lettering) {
    brush.line("M68 26 C104 16 104 68 66 66", Tone.dark(colour, 0.22), 12);
    brush.line("M68 25 C101 16 101 65 66 64", Tone.light(colour, 0.04), 8);
    Shape body = path("M5 12 L75 12 L71 74 Q70 87 57 87 L23 87 Q10 87 9 74 Z");
    brush.body(body, colour);
    brush.flat(oval(5, 3, 70, 18), Tone.light(colour, 0.28));
    brush.flat(oval(9, 5.5, 62, 13), Tone.dark(colour, 0.38));
    brush.fade(oval(13, 9, 54, 9), Tone.rgb(0x7A4A2B), Tone.rgb(0x4C2B1B));
    brush.flat(round(15, 28, 5, 44, 2.5), Tone.veil(Color.WHITE, 0.35));
    if (lettering != null) {
      brush.words(lettering, Tone.ink(colour), 19, 38, 44, 22);
    }
  }

  void teapot(Brush brush, Color colour) {
    brush.line("M100 38 C136 22 134 80 98 76", Tone.dark(colour, 0.25), 11);
    brush.line("M100 37 C133 22 131 77 98 74", Tone.light(colour, 0.05), 7);
    brush.body(path("M40 78 C22 70 24 44 4 34 L14 24 C32 34 30 48 48 50 Z"), colour);
    brush.flat(oval(2.5, 23, 13, 12), Tone.dark(colour, 0.35));
    brush.body(path("M46 88 L90 88 L94 95 L42 95 Z"), Tone.dark(colour, 0.15));
    Shape belly =
        path(
            "M68 28 C98 28 114 44 112 62 C110 80 96 91 68 91 C40 91 26 80 24 62 C22 44 38 28 68 28 Z");
    brush.body(belly, colour);
    Shape band = path("M20 58 Q68 76 116 58 L116 68 Q68 86 20 68 Z");
    brush.flat(Brush.within(belly, band), Tone.veil(Color.WHITE, 0.55));
    for (int i = 0; i < 5; i++) {
      double x = 36 + 16 * i;
      brush.flat(circle(x, 67.5 + 4.5 - (x - 68) * (x - 68) / 260, 2.6), Tone.dark(colour, 0.1));
    }
    brush.body(path("M38 33 C42 14 94 14 98 33 Q68 42 38 33 Z"), Tone.light(colour, 0.08));
    brush.body(circle(68, 11, 8), Tone.dark(colour, 0.12));
    brush.turned(-32, 44, 46).flat(oval(34, 42, 22, 9), Tone.veil(Color.WHITE, 0.5));
  }

  void apple(Brush brush, Color colour, Dice dice) {
    Shape skin =
        path(
            "M36 20 C28 9 3 11 3 41 C3 62 19 78 30 76.5 C34 75 38 75 42 76.5 C53 78 69 62 69 41"
                + " C69 11 44 9 36 20 Z");
    brush.body(skin, colour);
    Color blush = colour.getGreen() > colour.getRed() ? Tone.rgb(0xE8D65A) : Tone.rgb(0xFFC24D);
    brush.glow(24, 46, 16, 22, Tone.veil(blush, 0.35));
    brush.glow(36, 21, 14, 6, Tone.veil(Tone.dark(colour, 0.6), 0.7));
    brush.line("M36 22 C35 14 37 8 41 3", Tone.rgb(0x6B4226), 4);
    brush
        .turned(dice.between(-8, 8), 38, 14)
        .body(path("M38 14 C42 2 56 0 66 5 C62 15 50 20 38 14 Z"), LEAF);
    brush.turned(24, 19, 32).flat(oval(13, 22, 10, 19), Tone.veil(Color.WHITE, 0.5));
  }

  void pear(Brush brush, Color colour, Dice dice) {
    Shape skin =
        path(
            "M32 14 C22 14 20 25 18 36 C15 49 3 54 3 70 C3 84 16 91 32 91 C48 91 61 84 61 70"
                + " C61 54 49 49 46 36 C44 25 42 14 32 14 Z");
    brush.body(skin, colour);
    brush.glow(42, 66, 16, 20, Tone.veil(Tone.rgb(0xF08A3C), 0.28));
    for (int i = 0; i < 14; i++) {
      double x = dice.between(14, 50);
      double y = dice.between(52, 84);
      brush.flat(circle(x, y, 0.8), Tone.veil(Tone.dark(colour, 0.5), 0.5));
    }
    brush.line("M32 16 C31 10 33 6 36 2", Tone.rgb(0x6B4226), 3.6);
    brush.body(path("M34 11 C38 2 50 2 56 6 C52 15 42 17 34 11 Z"), LEAF);
    brush.turned(16, 17, 62).flat(oval(12, 54, 8, 18), Tone.veil(Color.WHITE, 0.5));
  }

  void bottle(Brush brush, Color colour, @Nullable String lettering) {
    Shape glass =
        path(
            "M15 6 L27 6 L27 34 C27 45 40 46 40 62 L40 114 Q40 123 31 123 L11 123 Q2 123 2 114"
                + " L2 62 C2 46 15 45 15 34 Z");
    brush.body(glass, colour);
    brush.flat(round(7, 60, 4, 56, 2), Tone.veil(Color.WHITE, 0.4));
    brush.flat(round(17, 14, 2.5, 22, 1.2), Tone.veil(Color.WHITE, 0.45));
    brush.body(round(13, 0, 16, 11, 3), Tone.rgb(0xE7C584));
    Shape label = oval(-2, 66, 46, 38);
    brush.across(Brush.within(glass, Outline.rect(0, 68, 42, 32)), CREAM, Tone.dark(CREAM, 0.14));
    if (lettering == null) {
      brush.flat(circle(21, 84, 8), Tone.light(colour, 0.1));
      brush.flat(Brush.within(label, oval(18, 80, 4, 9)), Tone.veil(CREAM, 0.8));
    } else {
      brush.words(lettering, Tone.rgb(0x2B2D3A), 6, 76, 30, 14);
    }
  }

  void fish(Brush brush, Color colour) {
    Shape glass =
        path(
            "M26 6 L74 6 C72 16 98 28 98 56 C98 78 82 93 68 93 L32 93 C18 93 2 78 2 56"
                + " C2 28 28 16 26 6 Z");
    brush.flat(glass, Tone.veil(Tone.rgb(0xE9F7FB), 0.72));
    Shape water = Brush.within(glass, Outline.rect(0, 30, 100, 70));
    brush.fade(water, Tone.veil(Tone.rgb(0x9EDCEC), 0.85), Tone.veil(Tone.rgb(0x58B4D2), 0.9));
    brush.flat(oval(12, 25.5, 76, 9), Tone.veil(Tone.rgb(0xD4F1F8), 0.9));
    brush.flat(
        Brush.within(glass, path("M0 82 Q26 74 50 81 Q76 86 100 78 L100 100 L0 100 Z")),
        Tone.rgb(0xEBD39C));
    brush.line("M80 82 C74 72 84 64 78 52", Tone.rgb(0x4B9A5A), 3.4);
    brush.line("M74 83 C68 76 74 70 69 62", Tone.rgb(0x62B06C), 3.4);
    brush.body(
        path("M60 56 C74 44 80 44 82 46 C78 54 78 60 82 68 C78 70 72 68 60 58 Z"),
        Tone.dark(colour, 0.1));
    brush.body(path("M38 44 C44 34 54 34 58 42 Z"), Tone.dark(colour, 0.12));
    brush.body(path("M18 57 C26 42 52 38 66 57 C52 74 28 74 18 57 Z"), colour);
    brush.line("M36 47 Q42 57 36 67", Tone.veil(Color.WHITE, 0.55), 2.2);
    brush.flat(circle(27, 54, 3.8), Color.WHITE);
    brush.flat(circle(26.4, 54, 2), Tone.rgb(0x20222C));
    brush.line(circle(16, 44, 2), Tone.veil(Color.WHITE, 0.9), 1.1);
    brush.line(circle(20, 37, 1.4), Tone.veil(Color.WHITE, 0.9), 1);
    brush.line(glass, Tone.veil(Color.WHITE, 0.75), 2);
    brush.flat(oval(24, 3, 52, 7), Tone.veil(Color.WHITE, 0.55));
    brush.line("M12 48 C14 38 20 32 26 27", Tone.veil(Color.WHITE, 0.85), 3.4);
  }

  void flowerPot(Brush brush, Color colour, Dice dice) {
    double[][] heads = {{37, 18}, {17, 34}, {57, 36}, {38, 46}};
    for (double[] head : heads) {
      head[0] += dice.between(-3.0, 3.0);
      brush.line(
          "M37 82 Q" + (head[0] + 37) / 2 + " 62 " + head[0] + " " + head[1],
          Tone.rgb(0x3C8549),
          3);
    }
    brush.body(path("M37 80 C20 78 8 66 4 54 C20 54 34 64 37 80 Z"), LEAF);
    brush.body(path("M37 80 C54 78 66 68 70 57 C54 56 40 66 37 80 Z"), Tone.dark(LEAF, 0.1));
    for (double[] head : heads) {
      daisy(brush, head[0], head[1], 14);
    }
    brush.body(path("M10 84 L64 84 L57 114 Q56 119 50 119 L24 119 Q18 119 17 114 Z"), colour);
    brush.flat(path("M10 86 L64 86 L62 93 L12 93 Z"), Tone.veil(Tone.dark(colour, 0.8), 0.22));
    brush.body(round(5, 76, 64, 13, 4), Tone.light(colour, 0.06));
    brush.flat(round(18, 94, 4, 18, 2), Tone.veil(Color.WHITE, 0.35));
  }

  /** A daisy of that radius. */
  static void daisy(Brush brush, double x, double y, double radius) {
    for (int i = 0; i < 9; i++) {
      brush
          .turned(i * 40, x, y)
          .body(
              oval(x - radius * 0.24, y - radius, radius * 0.48, radius * 0.9), Tone.rgb(0xFCFAF4));
    }
    brush.body(circle(x, y, radius * 0.34), Tone.rgb(0xF5B935));
  }
}
