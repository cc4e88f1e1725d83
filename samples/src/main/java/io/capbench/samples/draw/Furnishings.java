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

/** Books, lamps, chairs, clocks, cameras, guitars, gifts, signs. */
final class Furnishings {
  private static final Color WOOD = Tone.rgb(0xA8713F);
  private static final Color INK = Tone.rgb(0x2B2D3A);
  private static final Color CREAM = Tone.rgb(0xFBF5E6);

  void book(Brush brush, Color colour, @Nullable String title) {
    brush.fade(path("M8 4 L78 7 L78 101 L8 103 Z"), CREAM, Tone.dark(CREAM, 0.15));
    for (int i = 0; i < 3; i++) {
      brush.line("M" + (75.5 + i) + " 8 L" + (75.5 + i) + " 100", Tone.rgb(0xD8CDB4), 0.6);
    }
    Shape cover = round(2, 1, 72, 102, 3);
    brush.body(cover, colour);
    brush.across(rect(2, 3, 10, 98), Tone.veil(Tone.dark(colour, 0.5), 0.7), Tone.veil(colour, 0));
    brush.flat(rect(13, 1, 1.2, 102), Tone.veil(Tone.dark(colour, 0.9), 0.3));
    brush.line(round(19, 8, 48, 88, 2), Tone.veil(Tone.ink(colour), 0.55), 1.1);
    Color ink = Tone.ink(colour);
    brush.flat(circle(43, 72, 15), Tone.veil(ink, 0.2));
    brush.flat(path("M29 77 Q36 66 43 74 Q50 64 57 77 Z"), Tone.veil(ink, 0.55));
    brush.flat(circle(48, 66, 3.4), Tone.veil(ink, 0.75));
    if (title != null) {
      String[] words = title.split(" ", -1);
      double high = words.length > 2 ? 12 : 15;
      double top = 33 - (high + 3) * words.length / 2;
      for (int i = 0; i < words.length; i++) {
        brush.words(words[i], ink, 22, top + i * (high + 3), 42, Math.min(high, 10.5));
      }
    }
  }

  void lamp(Brush brush, Color colour) {
    brush.glow(42, 66, 52, 40, Tone.veil(Tone.rgb(0xFFE9A8), 0.55));
    Color brass = Tone.rgb(0xC99B4A);
    brush.body(rect(39, 60, 6, 58), brass);
    brush.body(path("M16 127 Q16 113 42 113 Q68 113 68 127 Z"), Tone.dark(colour, 0.08));
    Shape shade = path("M26 6 L58 6 L81 62 Q42 74 3 62 Z");
    brush.flat(oval(4, 55, 76, 15), Tone.rgb(0xFFF3C9));
    brush.body(shade, colour);
    brush.flat(
        Brush.within(shade, path("M3 62 Q42 74 81 62 L79 56 Q42 67 5 56 Z")),
        Tone.veil(Color.WHITE, 0.35));
    brush.glow(42, 50, 26, 26, Tone.veil(Tone.rgb(0xFFF0B8), 0.42));
    brush.flat(oval(26, 2.5, 32, 7), Tone.light(colour, 0.35));
    brush.body(circle(42, 3.5, 3.4), brass);
    brush.line("M56 66 L56 80", brass, 1.4);
    brush.flat(circle(56, 82, 2.2), brass);
  }

  void chair(Brush brush, Color colour) {
    Color deep = Tone.dark(colour, 0.3);
    brush.body(path("M15 76 L22 76 L21 116 L16 116 Z"), deep);
    brush.body(path("M56 76 L63 76 L62 116 L57 116 Z"), deep);
    for (int i = 0; i < 3; i++) {
      brush.body(round(16, 10 + 19 * i, 46, 10, 4), i == 0 ? Tone.light(colour, 0.1) : colour);
    }
    brush.body(round(11, 2, 8, 74, 4), colour);
    brush.body(round(59, 2, 8, 74, 4), colour);
    brush.body(path("M3 84 L10 84 L9 127 L4 127 Z"), colour);
    brush.body(path("M68 84 L75 84 L74 127 L69 127 Z"), colour);
    brush.flat(rect(8, 100, 62, 3.5), deep);
    brush.body(path("M13 68 L65 68 L76 80 L2 80 Z"), Tone.light(colour, 0.2));
    brush.body(round(1, 79, 76, 8, 3), Tone.dark(colour, 0.08));
  }

  void clock(Brush brush, Color colour, Dice dice) {
    Color steel = Tone.rgb(0xB9BEC9);
    brush.line("M20 84 L12 94", Tone.dark(colour, 0.3), 7);
    brush.line("M64 84 L72 94", Tone.dark(colour, 0.3), 7);
    brush.turned(-34, 18, 16).body(path("M4 20 C4 4 32 4 32 20 Z"), steel);
    brush.turned(34, 66, 16).body(path("M52 20 C52 4 80 4 80 20 Z"), steel);
    brush.body(round(39, 3, 6, 16, 3), steel);
    brush.body(circle(42, 54, 38), colour);
    brush.flat(circle(42.6, 55, 31), Tone.dark(colour, 0.3));
    brush.fade(circle(42, 54, 30), Color.WHITE, Tone.rgb(0xF1EBDD));
    for (int i = 0; i < 12; i++) {
      brush.turned(i * 30, 42, 54).flat(round(41, 27, 2, i % 3 == 0 ? 6 : 3.4, 1), INK);
    }
    int minutes = dice.below(12) * 60 + dice.below(12) * 5;
    brush.turned(minutes / 2.0, 42, 54).flat(round(40, 38, 4, 19, 2), INK);
    brush.turned(minutes * 6 % 360, 42, 54).flat(round(40.7, 30, 2.6, 27, 1.3), INK);
    brush.flat(circle(42, 54, 3), Tone.rgb(0xE0434A));
    brush.flat(
        path("M20 46 C22 36 30 30 38 28 L34 34 C28 37 24 42 23 48 Z"), Tone.veil(Color.WHITE, 0.7));
  }

  void camera(Brush brush, Color colour, @Nullable String lettering) {
    brush.body(round(14, 10, 22, 14, 4), Tone.rgb(0xB9BEC9));
    brush.body(path("M36 22 L44 4 L74 4 L82 22 Z"), Tone.dark(colour, 0.12));
    brush.body(round(2, 17, 112, 66, 13), colour);
    brush.flat(rect(2, 40, 112, 30), Tone.veil(Tone.rgb(0x20222C), 0.78));
    brush.flat(round(90, 23, 18, 11, 3), Tone.rgb(0xFFF7DA));
    brush.flat(circle(18, 29, 5), Tone.rgb(0xD7DAE2));
    brush.body(circle(58, 51, 31), Tone.rgb(0xC8CCD5));
    brush.body(circle(58, 51, 26), Tone.rgb(0x32343F));
    brush.fade(circle(58, 51, 18), Tone.rgb(0x7FB5E6), Tone.rgb(0x23346B));
    brush.flat(circle(58, 51, 9), Tone.rgb(0x141A38));
    brush.flat(oval(46, 38, 12, 9), Tone.veil(Color.WHITE, 0.75));
    brush.flat(circle(66, 60, 2.4), Tone.veil(Color.WHITE, 0.6));
    if (lettering != null) {
      brush.words(lettering, Tone.ink(Tone.dark(colour, 0.12)), 46, 8, 26, 9);
    }
  }

  void guitar(Brush brush, Color colour) {
    brush.line("M31 150 L12 162", INK, 4);
    brush.line("M31 150 L50 162", INK, 4);
    for (int i = 0; i < 3; i++) {
      brush.flat(circle(23, 6 + 6 * i, 2.4), Tone.rgb(0xD9D2C0));
      brush.flat(circle(39, 6 + 6 * i, 2.4), Tone.rgb(0xD9D2C0));
    }
    brush.body(path("M24 1 L38 1 L36 24 L26 24 Z"), Tone.rgb(0x5A3A26));
    Shape body =
        path(
            "M31 74 C15 74 9 85 13 97 C16 105 12 109 7 117 C-3 136 8 160 31 160"
                + " C54 160 65 136 55 117 C50 109 46 105 49 97 C53 85 47 74 31 74 Z");
    brush.body(body, colour);
    brush.line(body, Tone.veil(CREAM, 0.75), 1.6);
    brush.body(rect(27, 20, 8, 82), Tone.rgb(0x4A2F20));
    for (int i = 0; i < 9; i++) {
      brush.flat(rect(27, 27 + i * (8 - 0.35 * i), 8, 0.9), Tone.rgb(0xCFC7B4));
    }
    brush.flat(circle(31, 109, 11.5), CREAM);
    brush.flat(circle(31, 109, 10), Tone.rgb(0x2A1A14));
    brush.body(round(18, 136, 26, 6, 2), Tone.rgb(0x4A2F20));
    for (int i = 0; i < 4; i++) {
      brush.line(
          "M" + (28.2 + 1.9 * i) + " 22 L" + (28.2 + 1.9 * i) + " 138",
          Tone.veil(Color.WHITE, 0.65),
          0.5);
    }
    brush.line("M14 122 C10 132 12 142 18 149", Tone.veil(Color.WHITE, 0.45), 3);
  }

  void gift(Brush brush, Color colour) {
    Color ribbon = Tone.ink(colour).getRed() < 128 ? Tone.rgb(0x4A4E63) : Tone.rgb(0xFFF4DC);
    brush.body(round(6, 40, 76, 51, 4), colour);
    brush.body(rect(36, 40, 16, 51), ribbon);
    brush.flat(rect(6, 40, 76, 6), Tone.veil(Tone.rgb(0x2A2350), 0.2));
    brush.body(round(1, 25, 86, 18, 4), Tone.light(colour, 0.1));
    brush.body(rect(35, 25, 18, 18), ribbon);
    brush.body(path("M44 26 C34 26 14 24 14 11 C14 -2 40 4 44 24 Z"), ribbon);
    brush.body(path("M44 26 C54 26 74 24 74 11 C74 -2 48 4 44 24 Z"), ribbon);
    brush.flat(
        path("M38 22 C30 20 22 17 22 12 C24 7 36 13 39 21 Z"),
        Tone.veil(Tone.dark(ribbon, 0.6), 0.35));
    brush.flat(
        path("M50 22 C58 20 66 17 66 12 C64 7 52 13 49 21 Z"),
        Tone.veil(Tone.dark(ribbon, 0.6), 0.35));
    brush.body(round(38, 17, 12, 12, 4), Tone.dark(ribbon, 0.06));
  }

  void sign(Brush brush, Color colour, @Nullable String lettering) {
    brush.body(round(51, 50, 10, 73, 2), WOOD);
    brush.flat(rect(51, 68, 10, 5), Tone.veil(Tone.rgb(0x2A2350), 0.35));
    brush.body(round(1, 3, 110, 66, 9), colour);
    Color ink = Tone.ink(colour);
    brush.line(round(7, 9, 98, 54, 5), Tone.veil(ink, 0.85), 2);
    if (lettering != null) {
      int gap = lettering.indexOf(' ');
      if (gap < 0) {
        brush.words(lettering, ink, 16, 22, 80, 28);
      } else {
        brush.words(lettering.substring(0, gap), ink, 18, 15, 76, 16);
        brush.words(lettering.substring(gap + 1), ink, 18, 37, 76, 21);
      }
    }
  }
}
