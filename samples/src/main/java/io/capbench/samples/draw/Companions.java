package io.capbench.samples.draw;

import static io.capbench.samples.draw.Outline.circle;
import static io.capbench.samples.draw.Outline.oval;
import static io.capbench.samples.draw.Outline.path;
import static io.capbench.samples.draw.Outline.rect;
import static io.capbench.samples.draw.Outline.round;

import io.capbench.samples.world.Dice;
import java.awt.Color;
import java.awt.Shape;
import org.jspecify.annotations.Nullable;

/** Cats, dogs and toys. */
final class Companions {
  private static final Color INK = Tone.rgb(0x23242D);
  private static final Color BLUSH = Tone.rgb(0xF2A0A8);
  private static final Color STEEL = Tone.rgb(0xC3C8D2);

  void cat(Brush brush, Color colour, Dice dice) {
    boolean pale = Tone.ink(colour).getRed() < 128;
    Color marks = pale ? Tone.dark(colour, 0.25) : Tone.dark(colour, 0.32);
    Color bib = pale ? Tone.light(colour, 0.7) : Tone.light(colour, 0.5);
    brush.line("M64 95 C86 96 85 70 78 58", Tone.dark(colour, 0.16), 10);
    brush.line("M80 64 L78 58", marks, 10);
    brush.body(
        path("M44 42 C24 44 14 72 14 94 Q14 103 26 103 L62 103 Q74 103 74 94 C74 72 64 44 44 42 Z"),
        colour);
    brush.flat(
        path("M44 50 C34 54 31 74 34 88 Q44 94 54 88 C57 74 54 54 44 50 Z"), Tone.veil(bib, 0.85));
    brush.line("M18 78 L26 80 M17 86 L25 87 M70 78 L62 80 M71 86 L63 87", marks, 3);
    brush.body(round(27, 90, 16, 13, 6), Tone.light(colour, 0.12));
    brush.body(round(45, 90, 16, 13, 6), Tone.light(colour, 0.12));
    brush.body(path("M18 30 L16 4 Q18 1 21 3 L40 14 Z"), colour);
    brush.body(path("M70 30 L72 4 Q70 1 67 3 L48 14 Z"), colour);
    brush.flat(path("M21 22 L20 9 L31 15 Z"), BLUSH);
    brush.flat(path("M67 22 L68 9 L57 15 Z"), BLUSH);
    brush.body(
        path("M44 9 C64 9 74 22 73 34 C72 48 60 55 44 55 C28 55 16 48 15 34 C14 22 24 9 44 9 Z"),
        colour);
    brush.line("M44 12 L44 20 M36 13 L38 20 M52 13 L50 20", marks, 3);
    brush.flat(oval(32, 36, 24, 16), Tone.veil(bib, 0.85));
    Color iris = dice.one(Tone.rgb(0x7CC36A), Tone.rgb(0xE9B83A), Tone.rgb(0x6BB7D8));
    for (double x : new double[] {31, 57}) {
      brush.flat(circle(x, 31, 6.4), Tone.rgb(0xFDFBF4));
      brush.flat(circle(x, 31, 5.6), iris);
      brush.flat(oval(x - 2.1, 26, 4.2, 10), INK);
      brush.flat(circle(x - 1.8, 28.6, 1.5), Color.WHITE);
    }
    brush.flat(path("M40 38.5 L48 38.5 L44 43 Z"), Tone.rgb(0xE77F8B));
    brush.line("M44 43 Q41 49 37 47 M44 43 Q47 49 51 47", INK, 1.3);
    Color whisker = pale ? Tone.rgb(0x8B8175) : Tone.rgb(0xF4EFE6);
    brush.line("M30 43 L10 40 M30 46 L11 48 M58 43 L78 40 M58 46 L77 48", whisker, 0.9);
  }

  void dog(Brush brush, Color colour) {
    boolean pale = Tone.ink(colour).getRed() < 128;
    Color ears = Tone.dark(colour, pale ? 0.38 : 0.28);
    Color muzzle = Tone.light(colour, pale ? 0.6 : 0.55);
    brush.line("M70 92 C88 92 90 78 84 66", Tone.dark(colour, 0.12), 9);
    brush.body(
        path("M46 46 C26 48 16 74 16 96 Q16 107 28 107 L64 107 Q76 107 76 96 C76 74 66 48 46 46 Z"),
        colour);
    brush.flat(
        path("M46 56 C36 60 34 82 37 94 Q46 99 55 94 C58 82 56 60 46 56 Z"),
        Tone.veil(muzzle, 0.85));
    brush.body(round(26, 93, 19, 14, 7), Tone.light(colour, 0.14));
    brush.body(round(47, 93, 19, 14, 7), Tone.light(colour, 0.14));
    brush.line("M30 58 Q46 68 62 58", Tone.rgb(0x3E4A66), 5.4);
    brush.body(circle(46, 66, 4.6), Tone.rgb(0xF0C04A));
    brush.body(
        path("M46 6 C66 6 72 18 72 34 C72 50 62 60 46 60 C30 60 20 50 20 34 C20 18 26 6 46 6 Z"),
        colour);
    brush.body(path("M28 10 C12 6 4 22 6 40 C7 52 16 54 20 46 C24 38 26 26 32 16 Z"), ears);
    brush.body(path("M64 10 C80 6 88 22 86 40 C85 52 76 54 72 46 C68 38 66 26 60 16 Z"), ears);
    brush.flat(path("M52 9 C66 12 68 28 62 36 C54 36 50 26 52 9 Z"), Tone.veil(ears, 0.55));
    brush.body(
        path(
            "M46 32 C58 32 64 42 62 50 C60 58 54 60 46 60 C38 60 32 58 30 50 C28 42 34 32 46 32 Z"),
        muzzle);
    brush.flat(path("M41 52 L51 52 L51 60 Q46 66 41 60 Z"), Tone.rgb(0xEE7D86));
    brush.line("M46 44 L46 51 M46 51 Q40 56 35 51 M46 51 Q52 56 57 51", INK, 1.6);
    brush.body(oval(39, 35, 14, 10), INK);
    brush.flat(oval(42, 36.6, 5, 2.4), Tone.veil(Color.WHITE, 0.6));
    for (double x : new double[] {33, 59}) {
      brush.flat(circle(x, 29, 4.4), INK);
      brush.flat(circle(x - 1.3, 27.6, 1.5), Color.WHITE);
    }
  }

  void duck(Brush brush, Color colour) {
    brush.body(
        path("M12 44 C8 70 26 83 50 83 C78 83 94 64 91 34 C84 44 72 48 62 46 C60 38 30 34 12 44 Z"),
        colour);
    brush.body(
        path("M44 54 C58 46 76 52 82 46 C82 64 68 72 56 70 C48 68 44 62 44 54 Z"),
        Tone.dark(colour, 0.08));
    brush.body(path("M14 26 C6 24 2 28 1 32 C6 36 10 36 16 34 Z"), Tone.rgb(0xF08A2C));
    brush.flat(path("M2 31 C8 32 12 32 15 30 L15 31.6 C11 33.6 6 33.6 2 31 Z"), Tone.rgb(0xB85F14));
    brush.body(circle(35, 26, 23), colour);
    brush.flat(circle(25, 22, 4.6), INK);
    brush.flat(circle(23.6, 20.4, 1.7), Color.WHITE);
    brush.glow(24, 34, 6, 5, Tone.veil(Tone.rgb(0xF08A6A), 0.55));
    brush.turned(24, 44, 14).flat(oval(36, 8, 14, 7), Tone.veil(Color.WHITE, 0.45));
    brush.turned(-14, 30, 62).flat(oval(20, 58, 14, 6), Tone.veil(Color.WHITE, 0.35));
  }

  void robot(Brush brush, Color colour, @Nullable String lettering) {
    Color deep = Tone.dark(colour, 0.28);
    brush.line("M42 16 L42 6", STEEL, 3);
    brush.body(circle(42, 5, 4.6), Tone.rgb(0xF25F4C));
    brush.line("M10 62 L7 84", STEEL, 7);
    brush.line("M74 62 L77 84", STEEL, 7);
    brush.body(circle(7, 87, 6.6), deep);
    brush.body(circle(77, 87, 6.6), deep);
    brush.body(rect(27, 92, 10, 14), STEEL);
    brush.body(rect(47, 92, 10, 14), STEEL);
    brush.body(path("M20 115 L20 110 Q20 103 28 103 L40 103 L40 115 Z"), deep);
    brush.body(path("M64 115 L64 110 Q64 103 56 103 L44 103 L44 115 Z"), deep);
    brush.body(rect(36, 46, 12, 10), STEEL);
    brush.body(round(9, 26, 8, 14, 3), deep);
    brush.body(round(67, 26, 8, 14, 3), deep);
    brush.body(round(14, 14, 56, 36, 11), colour);
    brush.fade(round(20, 20, 44, 23, 8), Tone.rgb(0x2A3350), Tone.rgb(0x151A2E));
    for (double x : new double[] {32, 52}) {
      brush.glow(x, 30, 9, 9, Tone.veil(Tone.rgb(0x72E6FF), 0.7));
      brush.flat(circle(x, 30, 4.4), Tone.rgb(0xC9F6FF));
    }
    brush.line("M36 38.5 Q42 42 48 38.5", Tone.rgb(0x8FEAFF), 1.8);
    brush.body(round(12, 53, 60, 41, 10), colour);
    brush.body(round(20, 59, 44, 28, 5), Tone.rgb(0xF4F1EA));
    if (lettering == null) {
      brush.flat(circle(31, 68, 4), Tone.rgb(0xE0434A));
      brush.flat(circle(42, 68, 4), Tone.rgb(0xF6C633));
      brush.flat(circle(53, 68, 4), Tone.rgb(0x3E9E57));
      brush.flat(round(26, 77, 32, 4, 2), Tone.rgb(0xB9BEC9));
    } else {
      brush.words(lettering, Tone.rgb(0x2B3350), 25, 64, 34, 18);
    }
  }

  void ball(Brush brush, Color colour) {
    Shape round = circle(36, 36, 35);
    brush.body(round, Tone.rgb(0xFBF8F0));
    String[] slices = {
      "M30 24 C26 10 34 2 44 -4 L70 -2 C54 6 42 12 38 24 Z",
      "M40 28 C52 22 64 26 76 30 L76 60 C68 46 56 36 42 34 Z",
      "M35 36 C42 46 44 60 40 76 L10 76 C22 66 30 52 30 36 Z",
      "M28 32 C18 36 6 40 -4 52 L-6 18 C6 20 18 24 28 27 Z"
    };
    for (String slice : slices) {
      brush.flat(Brush.within(round, path(slice)), colour);
    }
    brush.body(circle(34, 30, 6.4), Tone.light(colour, 0.15));
    brush.flat(
        path("M71 36 C71 56 55 71 36 71 C26 71 17 67 11 61 C34 70 62 58 66 24 Q71 28 71 36 Z"),
        Tone.veil(Tone.rgb(0x2A2350), 0.18));
    brush.turned(-35, 20, 16).flat(oval(11, 11, 18, 9), Tone.veil(Color.WHITE, 0.65));
  }

  void rocket(Brush brush, Color colour) {
    Color deep = Tone.dark(colour, 0.25);
    brush.body(path("M20 76 C6 84 2 100 2 126 Q12 116 24 112 Z"), deep);
    brush.body(path("M52 76 C66 84 70 100 70 126 Q60 116 48 112 Z"), deep);
    brush.body(path("M26 108 L46 108 L50 122 L22 122 Z"), Tone.rgb(0x5A5E6B));
    Shape hull = path("M36 1 C54 18 58 50 52 112 L20 112 C14 50 18 18 36 1 Z");
    brush.body(hull, colour);
    brush.flat(Brush.within(hull, rect(0, 0, 72, 28)), Tone.veil(Tone.rgb(0xFBF8F0), 0.95));
    brush.flat(Brush.within(hull, rect(0, 88, 72, 6)), Tone.veil(Tone.rgb(0xFBF8F0), 0.95));
    brush.flat(
        Brush.within(hull, path("M44 0 L72 0 L72 112 L44 112 Q52 60 44 0 Z")),
        Tone.veil(Tone.rgb(0x2A2350), 0.13));
    brush.body(circle(36, 50, 13), STEEL);
    brush.fade(circle(36, 50, 9.5), Tone.rgb(0x9BD8F2), Tone.rgb(0x2F5F9E));
    brush.flat(oval(30, 43, 8, 6), Tone.veil(Color.WHITE, 0.75));
    brush.body(path("M36 84 Q41 92 40 124 L32 124 Q31 92 36 84 Z"), deep);
  }
}
