package io.capbench.samples.draw;

import static io.capbench.samples.draw.Outline.circle;
import static io.capbench.samples.draw.Outline.oval;
import static io.capbench.samples.draw.Outline.path;
import static io.capbench.samples.draw.Outline.rect;
import static io.capbench.samples.draw.Outline.round;

import java.awt.Color;
import java.awt.Shape;
import org.jspecify.annotations.Nullable;

/** What people wear and carry: backpacks, sneakers, hats, umbrellas, suitcases. */
final class Wearables {
  private static final Color RUBBER = Tone.rgb(0xFBF7EE);
  private static final Color STEEL = Tone.rgb(0xC3C8D2);

  void backpack(Brush brush, Color colour, @Nullable String lettering) {
    Color deep = Tone.dark(colour, 0.22);
    brush.line("M34 14 C34 -2 54 -2 54 14", deep, 5);
    brush.body(round(1, 56, 20, 42, 9), deep);
    brush.body(round(67, 56, 20, 42, 9), deep);
    Shape body =
        path(
            "M44 8 C70 8 78 26 79 48 L80 94 Q80 107 68 107 L20 107 Q8 107 8 94 L9 48 C10 26 18 8 44 8 Z");
    brush.body(body, colour);
    brush.line("M14 52 C16 24 26 16 44 16 C62 16 72 24 74 52", Tone.veil(deep, 0.8), 2);
    brush.body(round(18, 62, 52, 38, 10), Tone.light(colour, 0.1));
    brush.line("M22 72 L66 72", deep, 2.4);
    brush.line("M60 72 L60 80", STEEL, 2.6);
    brush.line("M71.5 38 L74 46", STEEL, 2.6);
    if (lettering == null) {
      brush.flat(round(33, 34, 22, 12, 3), Tone.veil(Tone.ink(colour), 0.75));
    } else {
      brush.words(lettering, Tone.ink(colour), 22, 33, 44, 16);
    }
  }

  void sneaker(Brush brush, Color colour) {
    Shape upper =
        path(
            "M7 16 C14 22 26 20 34 8 L46 5 C54 22 74 33 98 36 C116 38 124 46 124 58 L5 58"
                + " C2 42 3 28 7 16 Z");
    brush.body(upper, colour);
    brush.flat(path("M8 17 C15 23 27 21 35 8.5 L40 7 C36 24 20 32 6 28 Z"), Tone.dark(colour, 0.3));
    brush.flat(
        Brush.within(upper, path("M98 36 C92 44 92 52 96 60 L128 60 L128 36 Z")),
        Tone.veil(RUBBER, 0.92));
    brush.flat(
        path("M40 56 C50 42 58 38 70 36 L78 38 C66 42 58 48 54 56 Z"),
        Tone.veil(Tone.ink(colour), 0.8));
    brush.flat(
        path("M20 56 C22 46 20 38 14 32 L24 30 C32 38 34 48 32 56 Z"),
        Tone.veil(Tone.dark(colour, 0.5), 0.35));
    for (int i = 0; i < 4; i++) {
      double x = 50 + 9 * i;
      double y = 14 + 5.6 * i;
      brush.line("M" + x + " " + y + " L" + (x - 8) + " " + (y + 9), RUBBER, 3.2);
    }
    brush.body(path("M3 54 L126 54 Q128 68 116 68 L12 68 Q2 68 3 54 Z"), RUBBER);
    brush.flat(rect(5, 60, 119, 2), Tone.veil(colour, 0.7));
    brush.flat(path("M4 65 L123 65 Q121 69 114 69 L14 69 Q6 69 4 65 Z"), Tone.rgb(0xC9BFAA));
  }

  void hat(Brush brush, Color colour) {
    brush.body(path("M1 50 C14 36 38 40 59 40 C80 40 104 36 117 50 C104 64 14 64 1 50 Z"), colour);
    brush.flat(oval(26, 42, 66, 13), Tone.veil(Tone.dark(colour, 0.8), 0.35));
    Shape crown =
        path("M27 46 C26 14 34 2 46 4 C54 6 64 6 72 4 C84 2 92 14 91 46 C76 55 42 55 27 46 Z");
    brush.body(crown, Tone.light(colour, 0.05));
    Shape band = path("M24 33 C42 43 76 43 94 33 L94 46 C76 56 42 56 24 46 Z");
    Color ribbon = Tone.ink(colour).getRed() > 128 ? Tone.rgb(0xFBEFD2) : Tone.rgb(0x494E66);
    brush.body(Brush.within(crown, band), ribbon);
    brush.line("M52 8 C56 16 62 16 66 8", Tone.veil(Tone.dark(colour, 0.7), 0.4), 2);
    brush.line("M36 14 C34 20 33 24 33 30", Tone.veil(Color.WHITE, 0.4), 3);
  }

  void umbrella(Brush brush, Color colour) {
    brush.line("M70 10 L70 112 C70 128 54 127 55 115", Tone.rgb(0x7A4F30), 5);
    brush.line("M69 60 L69 112", Tone.veil(Color.WHITE, 0.35), 1.4);
    Shape canopy =
        path(
            "M3 66 C4 28 34 8 70 8 C106 8 136 28 137 66 Q124 55 110 66 Q97 55 84 66"
                + " Q70 56 56 66 Q43 55 30 66 Q16 55 3 66 Z");
    brush.body(canopy, colour);
    Color pale = Tone.veil(Tone.light(colour, 0.62), 0.92);
    Color faint = Tone.veil(Tone.light(colour, 0.5), 0.75);
    brush.flat(path("M70 8 C58 24 54 46 56 66 Q70 56 84 66 C86 46 82 24 70 8 Z"), pale);
    brush.flat(path("M70 8 C30 14 8 34 3 66 Q16 55 30 66 C32 42 46 20 70 8 Z"), faint);
    brush.flat(path("M70 8 C110 14 132 34 137 66 Q124 55 110 66 C108 42 94 20 70 8 Z"), faint);
    brush.flat(Brush.within(canopy, oval(64, -10, 130, 150)), Tone.veil(Tone.rgb(0x2A2350), 0.10));
    brush.line("M70 9 L70 2", Tone.rgb(0x7A4F30), 4);
    brush.glow(44, 28, 24, 16, Tone.veil(Color.WHITE, 0.35));
  }

  void suitcase(Brush brush, Color colour, @Nullable String lettering) {
    Color deep = Tone.dark(colour, 0.25);
    brush.line("M32 24 L32 5 Q32 2 36 2 L60 2 Q64 2 64 5 L64 24", Tone.rgb(0x7D8290), 4.4);
    brush.body(circle(20, 110, 6), Tone.rgb(0x2C2E38));
    brush.body(circle(76, 110, 6), Tone.rgb(0x2C2E38));
    brush.body(round(4, 20, 88, 90, 12), colour);
    for (int i = 0; i < 4; i++) {
      double x = 20 + 18.7 * i;
      brush.flat(round(x - 2, 28, 4, 74, 2), Tone.veil(deep, 0.75));
      brush.flat(round(x + 2, 28, 1.6, 74, 0.8), Tone.veil(Color.WHITE, 0.28));
    }
    brush.body(round(38, 16, 20, 7, 3), deep);
    for (int i = 0; i < 4; i++) {
      brush.flat(circle(i % 2 == 0 ? 12 : 84, i < 2 ? 28 : 102, 3), Tone.veil(STEEL, 0.9));
    }
    if (lettering != null) {
      brush.turned(-6, 48, 66).body(round(20, 54, 56, 24, 4), RUBBER);
      brush.turned(-6, 48, 66).words(lettering, Tone.rgb(0xC93B42), 25, 59, 46, 14);
    }
  }
}
