package io.capbench.app.cli;

import io.capbench.app.cli.ProvenanceCommand.DatasetReport;
import io.capbench.engine.text.DroppedToken;
import io.capbench.engine.text.Origin;
import io.capbench.engine.text.OriginToken;
import io.capbench.engine.text.Provenance;
import io.capbench.engine.text.Shares;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Origins for people: in words always, in colours where the terminal shows them. */
final class ProvenancePrinter {
  private static final String RESET = "\u001b[0m";

  private final Terminal terminal;

  ProvenancePrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One row. */
  void print(String fused, Provenance provenance) {
    if (terminal.colour()) {
      terminal.line(coloured(fused, provenance));
      terminal.line("");
    }
    Table tokens = new Table("token", "origin");
    provenance.tokens().forEach(token -> tokens.add(token.text(), token.origin().id()));
    tokens.print(terminal);
    terminal.line("");
    print(provenance.shares());
    print("raw", provenance.droppedRaw());
    print("synthetic", provenance.droppedSynthetic());
  }

  /** A dataset. */
  void print(DatasetReport report) {
    terminal.line(
        String.format(
            Locale.ROOT,
            "%s of %s and %s: %,d rows, %,d content tokens",
            SafeText.line(report.tracks().fused()),
            SafeText.line(report.tracks().raw()),
            SafeText.line(report.tracks().synthetic()),
            report.rows(),
            report.contentTokens()));
    print(report.shares());
    if (report.rowsWithoutFused() > 0) {
      terminal.line(
          String.format(Locale.ROOT, "%,d rows have no fused caption", report.rowsWithoutFused()));
    }
  }

  private void print(Shares shares) {
    terminal.line(
        String.format(
            Locale.ROOT,
            "raw only %.1f %%, synthetic only %.1f %%, both %.1f %%, neither %.1f %%",
            100 * shares.raw(),
            100 * shares.synthetic(),
            100 * shares.both(),
            100 * shares.neither()));
  }

  private void print(String parent, List<DroppedToken> dropped) {
    if (!dropped.isEmpty()) {
      terminal.line(
          "dropped from "
              + parent
              + ": "
              + dropped.stream()
                  .map(token -> SafeText.line(token.text()))
                  .collect(Collectors.joining(", ")));
    }
  }

  private static String coloured(String fused, Provenance provenance) {
    StringBuilder line = new StringBuilder();
    int position = 0;
    for (OriginToken token : provenance.tokens()) {
      line.append(SafeText.line(fused.substring(position, token.start())));
      line.append(colour(token.origin())).append(SafeText.line(token.text())).append(RESET);
      position = token.end();
    }
    return line.append(SafeText.line(fused.substring(position))).toString();
  }

  // As in the figure of the CapsFusion paper: raw blue, synthetic yellow, errors red.
  private static String colour(Origin origin) {
    return switch (origin) {
      case RAW -> "\u001b[34m";
      case SYNTHETIC -> "\u001b[33m";
      case BOTH -> "\u001b[32m";
      case NEITHER -> "\u001b[31m";
      case GLUE -> "\u001b[2m";
    };
  }
}
