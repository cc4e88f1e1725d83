package io.capbench.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text in columns for people. Cells come from anywhere: control characters are escaped. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> numeric = new ArrayList<>();

  /**
   * A table with these headings; one that begins with {@code #} stands over numbers. Without any
   * text they are left out.
   */
  Table(String... headings) {
    List<String> titles = new ArrayList<>();
    for (String heading : headings) {
      numeric.add(heading.startsWith("#"));
      titles.add(heading.startsWith("#") ? heading.substring(1) : heading);
    }
    if (titles.stream().anyMatch(title -> !title.isEmpty())) {
      rows.add(titles);
    }
  }

  /** Adds a row with a cell for every heading. */
  void add(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(SafeText.line(cell));
    }
    rows.add(row);
  }

  /** Writes the table, two spaces in. */
  void print(Terminal terminal) {
    int[] widths = new int[numeric.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - length(row.get(i)));
        line.append(GAP);
        line.append(numeric.get(i) ? padding + row.get(i) : row.get(i) + padding);
      }
      terminal.line(line.toString().stripTrailing());
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A number for people: 1,234,567. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A size for people: 3.2 MB. */
  static String bytes(long value) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double size = value;
    int unit = 0;
    while (size >= 1000 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    return unit == 0
        ? value + " B"
        : String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  }
}
