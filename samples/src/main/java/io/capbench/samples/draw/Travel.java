package io.capbench.samples.draw;

import static io.capbench.samples.draw.Outline.circle;
import static io.capbench.samples.draw.Outline.oval;
import static io.capbench.samples.draw.Outline.path;
import static io.capbench.samples.draw.Outline.rect;
import static io.capbench.samples.draw.Outline.round;

import java.awt.Color;
import java.awt.Shape;
import org.jspecify.annotations.Nullable;

/** What moves: bicycles, cars, buses, boats, kites, balloons. */
final class Travel {
  private static final Color TYRE = Tone.rgb(0x2C2E38);
  private static final Color STEEL = Tone.rgb(0xC3C8D2);
  private static final Color CREAM = Tone.rgb(0xFDF8EC);

  void bicycle(Brush brush, Color colour) {
    wheel(brush, 34, 74);
    wheel(brush, 134, 74);
    brush.line("M76 77 L34 74 L62 38", Tone.dark(colour, 0.22), 5);
    brush.line("M64 36 L110 34 M60 28 L77 77 L112 40", colour, 6);
    brush.line("M63 35 L109 33", Tone.light(colour, 0.35), 1.6);
    brush.line("M108 20 L114 44 Q120 62 134 74", colour, 5.5);
    brush.line("M108 20 L104 10 M104 10 C112 6 122 8 124 14", TYRE, 4.4);
    brush.line("M59 26 L58 20", STEEL, 4);
    brush.body(path("M44 14 C54 12 66 14 74 17 Q76 22 66 22 L50 24 Q42 22 44 14 Z"), TYRE);
    brush.line(circle(77, 77, 9), Tone.rgb(0x5A5E6B), 3);
    brush.line("M77 77 L86 90 M80 90 L92 90", TYRE, 3.4);
    brush.line("M77 86 L36 78", Tone.rgb(0x5A5E6B), 1.2);
    brush.flat(circle(77, 77, 3), STEEL);
  }

  private static void wheel(Brush brush, double x, double y) {
    for (int i = 0; i < 8; i++) {
      brush.turned(i * 22.5, x, y).flat(rect(x - 30, y - 0.4, 60, 0.8), Tone.veil(STEEL, 0.9));
    }
    brush.line(circle(x, y, 30.5), TYRE, 5);
    brush.line(circle(x, y, 27), STEEL, 1.6);
    brush.flat(circle(x, y, 3.4), Tone.rgb(0x5A5E6B));
  }

  void car(Brush brush, Color colour, @Nullable String lettering) {
    Shape body =
        path(
            "M4 58 C2 44 12 40 34 37 L54 12 Q59 5 68 5 L114 5 Q124 5 131 12 L156 37"
                + " C180 40 187 46 187 58 Q187 68 178 68 L13 68 Q4 68 4 58 Z");
    brush.body(body, colour);
    brush.flat(Brush.within(body, rect(0, 56, 190, 14)), Tone.veil(Tone.rgb(0x20222C), 0.28));
    Color sky = Tone.rgb(0xCFEAF6);
    Color deep = Tone.rgb(0x6FA4C4);
    brush.fade(path("M62 15 Q64 12 69 12 L90 12 L90 36 L46 36 Z"), sky, deep);
    brush.fade(path("M97 12 L113 12 Q120 12 125 17 L144 36 L97 36 Z"), sky, deep);
    brush.flat(path("M68 13 L78 13 L62 36 L52 36 Z"), Tone.veil(Color.WHITE, 0.5));
    brush.flat(path("M106 13 L112 13 L106 36 L99 36 Z"), Tone.veil(Color.WHITE, 0.4));
    brush.line("M93.5 38 L93.5 60 M146 39 L140 50", Tone.veil(Tone.dark(colour, 0.9), 0.35), 1.2);
    brush.flat(round(100, 41, 11, 3, 1.5), Tone.veil(Tone.dark(colour, 0.8), 0.55));
    brush.flat(path("M176 43 C184 45 187 50 186 54 L175 52 Z"), Tone.rgb(0xFFEFB0));
    brush.flat(path("M5 46 L13 44 L13 53 L4 54 Z"), Tone.rgb(0xD8343C));
    tyre(brush, 46, 65, 17);
    tyre(brush, 147, 65, 17);
    if (lettering != null) {
      brush.words(lettering, Tone.ink(colour), 66, 42, 26, 11);
    }
  }

  private static void tyre(Brush brush, double x, double y, double radius) {
    brush.flat(circle(x, y - 1, radius + 3), Tone.rgb(0x23242D));
    brush.body(circle(x, y, radius), TYRE);
    brush.body(circle(x, y, radius * 0.56), STEEL);
    for (int i = 0; i < 5; i++) {
      brush
          .turned(i * 72, x, y)
          .flat(oval(x - 1.5, y - radius * 0.46, 3, radius * 0.3), Tone.rgb(0x6A6F7D));
    }
    brush.flat(circle(x, y, radius * 0.14), Tone.rgb(0x6A6F7D));
  }

  void bus(Brush brush, Color colour, @Nullable String lettering) {
    Shape body = round(3, 4, 204, 86, 13);
    brush.body(body, colour);
    brush.flat(Brush.within(body, rect(0, 76, 210, 16)), Tone.veil(Tone.rgb(0x20222C), 0.3));
    brush.flat(rect(3, 52, 204, 3.5), Tone.veil(Color.WHITE, 0.75));
    for (int i = 0; i < 5; i++) {
      pane(brush, 12 + 31 * i, 16, 27, 31);
    }
    pane(brush, 170, 16, 13, 66);
    pane(brush, 184.5, 16, 13, 66);
    brush.flat(rect(183.5, 14, 1.2, 70), Tone.dark(colour, 0.5));
    brush.flat(path("M199 60 L207 60 L207 72 L199 70 Z"), Tone.rgb(0xFFEFB0));
    brush.flat(rect(3, 60, 5, 10), Tone.rgb(0xD8343C));
    tyre(brush, 44, 88, 15);
    tyre(brush, 150, 88, 15);
    if (lettering != null) {
      brush.words(lettering, Tone.ink(colour), 64, 59, 66, 14);
    }
  }

  private static void pane(Brush brush, double x, double y, double w, double h) {
    brush.fade(round(x, y, w, h, 3), Tone.rgb(0xD6EDF7), Tone.rgb(0x6C9FC0));
    brush.flat(
        Outline.poly(x + w * 0.5, y, x + w * 0.8, y, x + w * 0.4, y + h, x + w * 0.1, y + h),
        Tone.veil(Color.WHITE, 0.35));
  }

  void boat(Brush brush, Color colour, @Nullable String number) {
    brush.body(rect(58.5, 3, 4, 104), Tone.rgb(0x8A5B38));
    brush.body(path("M65 8 C90 38 106 68 110 97 L65 97 Z"), CREAM);
    brush.body(path("M56 16 C46 48 30 76 12 95 L56 95 Z"), Tone.dark(CREAM, 0.06));
    brush.flat(path("M65 82 L107.5 82 Q109 90 110 97 L65 97 Z"), Tone.veil(colour, 0.85));
    brush.flat(path("M60 2 L60 13 L42 7.5 Z"), colour);
    Shape hull = path("M4 102 L118 102 C114 124 102 135 88 135 L36 135 C18 135 8 120 4 102 Z");
    brush.body(hull, colour);
    brush.flat(Brush.within(hull, rect(0, 107, 122, 5)), Tone.veil(Color.WHITE, 0.85));
    brush.body(round(2, 99, 118, 5, 2.5), Tone.rgb(0xA8713F));
    if (number != null) {
      brush.words(number, Tone.rgb(0x2B2D3A), 69, 55, 26, 16);
    }
  }

  void kite(Brush brush, Color colour) {
    brush.line(
        "M46 102 C62 112 34 122 50 132 C58 138 52 144 48 148", Tone.veil(Color.WHITE, 0.95), 1.6);
    bow(brush, 49, 116, colour);
    bow(brush, 45, 128, Tone.light(colour, 0.45));
    bow(brush, 54, 139, colour);
    brush.body(path("M46 2 L90 44 L46 102 L2 44 Z"), colour);
    brush.flat(path("M46 2 L46 44 L2 44 Z"), Tone.light(colour, 0.4));
    brush.flat(path("M46 44 L90 44 L46 102 Z"), Tone.light(colour, 0.22));
    brush.flat(path("M46 44 L46 102 L2 44 Z"), Tone.dark(colour, 0.1));
    brush.line("M46 3 L46 101 M3 44 L89 44", Tone.veil(Tone.dark(colour, 0.55), 0.7), 1.5);
    brush.flat(circle(46, 44, 2.6), Tone.dark(colour, 0.5));
  }

  private static void bow(Brush brush, double x, double y, Color colour) {
    brush.body(
        Outline.poly(x, y, x - 9, y - 5, x - 9, y + 5, x, y, x + 9, y - 5, x + 9, y + 5), colour);
    brush.flat(circle(x, y, 1.8), Tone.dark(colour, 0.35));
  }

  void balloon(Brush brush, Color colour, @Nullable String number) {
    brush.line("M30 76 C40 90 20 104 30 126", Tone.veil(Tone.rgb(0xF7F3EA), 0.95), 1.5);
    brush.body(path("M30 70 L36 79 L24 79 Z"), Tone.dark(colour, 0.15));
    brush.body(
        path("M30 2 C48 2 58 16 58 34 C58 52 42 71 30 73 C18 71 2 52 2 34 C2 16 12 2 30 2 Z"),
        colour);
    brush.turned(28, 17, 22).flat(oval(12, 11, 9, 22), Tone.veil(Color.WHITE, 0.55));
    brush.flat(circle(42, 58, 2.4), Tone.veil(Color.WHITE, 0.4));
    if (number != null) {
      brush.words(number, Tone.ink(colour), 17, 26, 27, 22);
    }
  }

  void hotAirBalloon(Brush brush, Color colour) {
    Shape envelope =
        path(
            "M48 2 C76 2 94 22 94 46 C94 68 70 84 60 98 L36 98 C26 84 2 68 2 46"
                + " C2 22 20 2 48 2 Z");
    brush.line("M38 98 L40 112 M58 98 L56 112", Tone.rgb(0x6B4A30), 1.4);
    brush.body(envelope, colour);
    Color pale = Tone.veil(Tone.light(colour, 0.72), 0.95);
    brush.flat(path("M48 2 C58 22 60 66 53 98 L43 98 C36 66 38 22 48 2 Z"), pale);
    brush.flat(path("M44 2 C24 16 20 66 38 98 L36 98 C24 80 8 66 9 42 C12 20 26 6 44 2 Z"), pale);
    brush.flat(path("M52 2 C72 16 76 66 58 98 L60 98 C72 80 88 66 87 42 C84 20 70 6 52 2 Z"), pale);
    brush.flat(Brush.within(envelope, oval(40, -20, 90, 150)), Tone.veil(Tone.rgb(0x2A2350), 0.10));
    brush.glow(30, 26, 26, 26, Tone.veil(Color.WHITE, 0.4));
    brush.body(round(37, 110, 22, 17, 4), Tone.rgb(0xA5713F));
    brush.line("M37 115 L59 115 M37 120 L59 120", Tone.rgb(0x7C5230), 1);
    brush.body(round(36, 108, 24, 4, 2), Tone.rgb(0x7C5230));
  }
}
