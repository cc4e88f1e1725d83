package io.capbench.app.cli;

import io.capbench.storage.export.ExportReport;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints what an export wrote.
 *
 * @param terminal where to
 * @param asJson for scripts instead of people
 */
record ExportPrinter(Terminal terminal, boolean asJson) {
  /** What {@code --json} prints. */
  record Report(
      long samples,
      int shards,
      long bytes,
      Map<String, Long> dropped,
      double seconds,
      String manifest) {}

  /** Prints the report, and says so if nothing could be exported. */
  void print(ExportReport report) {
    String dropped =
        report.dropped().entrySet().stream()
            .map(reason -> Table.number(reason.getValue()) + " " + reason.getKey())
            .collect(Collectors.joining(", "));
    if (asJson) {
      terminal.line(
          new Json()
              .line(
                  new Report(
                      report.samples(),
                      report.shards(),
                      report.bytes(),
                      report.dropped(),
                      report.seconds(),
                      report.manifest().toString())));
    } else {
      terminal.line(
          String.format(
              Locale.ROOT,
              "%,d samples in %,d tars, %s, in %.1f s",
              report.samples(),
              report.shards(),
              Table.bytes(report.bytes()),
              report.seconds()));
      if (!dropped.isEmpty()) {
        terminal.line("left out: " + dropped);
      }
      terminal.line(SafeText.line(report.manifest().toString()));
    }
    if (report.samples() == 0) {
      terminal.flush();
      terminal.message("No selected row could be exported: " + dropped + ".");
    }
  }
}
