package io.capbench.samples.train;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws figures of a training's log as SVG: steps to the right, one line a figure. */
public final class LossCurve {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 56;
  private static final int BOTTOM = 40;
  private static final int EDGE = 24;
  private static final int LINES = 4;
  private static final List<String> COLOURS =
      List.of("#2f6fdb", "#d1495b", "#2e8b57", "#b8860b", "#7a4fbf");

  private LossCurve() {}

  /**
   * The picture.
   *
   * @param title above it
   * @param lines of the log, at least one
   * @param figures which to draw, at most five
   */
  public static String svg(String title, List<TrainingLog.Line> lines, List<String> figures) {
    double top =
        lines.stream()
            .flatMap(line -> figures.stream().map(name -> line.figures().getOrDefault(name, 0.0)))
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    long steps = lines.get(lines.size() - 1).step();
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n",
            WIDTH,
            HEIGHT));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    text(svg, WIDTH / 2.0, 16, "middle", title);
    text(svg, WIDTH / 2.0, HEIGHT - 6, "middle", "step");
    for (int i = 0; i <= LINES; i++) {
      double share = (double) i / LINES;
      double y = y(share);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#d8d8d8\"/>%n",
              LEFT,
              y,
              WIDTH - EDGE,
              y));
      text(svg, LEFT - 6, y + 4, "end", String.format(Locale.ROOT, "%.2f", share * top));
      text(
          svg, x(share), HEIGHT - BOTTOM + 16, "middle", String.valueOf(Math.round(share * steps)));
    }
    for (int i = 0; i < figures.size(); i++) {
      String name = figures.get(i);
      String colour = COLOURS.get(i);
      String points =
          lines.stream()
              .filter(line -> line.figures().containsKey(name))
              .map(
                  line ->
                      String.format(
                          Locale.ROOT,
                          "%.1f,%.1f",
                          x((double) line.step() / steps),
                          y(line.figures().getOrDefault(name, 0.0) / top)))
              .collect(Collectors.joining(" "));
      svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"").append(colour);
      svg.append("\" points=\"").append(points).append("\"/>\n");
      svg.append("<g fill=\"").append(colour).append("\">");
      text(svg, WIDTH - EDGE - 6, EDGE + 16 + 16.0 * i, "end", name);
      svg.append("</g>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - EDGE);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - EDGE);
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            safe));
  }
}
