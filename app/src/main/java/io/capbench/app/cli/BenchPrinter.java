package io.capbench.app.cli;

import io.capbench.app.bench.BenchCase;
import java.util.List;
import java.util.Locale;

/** Prints what a benchmark found, for people or for scripts. */
final class BenchPrinter {
  private static final double FEW = 10;

  private final Terminal terminal;
  private final boolean json;

  BenchPrinter(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** What {@code --json} prints. */
  record Report(List<BenchCase> cases) {}

  /**
   * Prints cases.
   *
   * @param yardstick heading of what they are compared with
   */
  void print(List<BenchCase> cases, String yardstick) {
    if (json) {
      terminal.line(new Json().line(new Report(cases)));
      return;
    }
    Table table = new Table("case", "#value", "unit", "#" + yardstick, "#ratio");
    for (BenchCase found : cases) {
      Double baseline = found.baseline();
      Double ratio = found.ratio();
      table.add(
          found.name(),
          number(found.value()),
          found.unit(),
          baseline == null ? "" : number(baseline),
          ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio));
    }
    table.print(terminal);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < FEW ? "%.2f" : "%,.1f", value);
  }
}
