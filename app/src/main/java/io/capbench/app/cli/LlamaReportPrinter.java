package io.capbench.app.cli;

import io.capbench.engine.llama.LlamaReport;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what {@code capbench models check} says of a language model. */
final class LlamaReportPrinter {
  private static final double GIGABYTE = 1e9;

  private final Terminal terminal;
  private final boolean json;

  LlamaReportPrinter(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /**
   * What {@code --json} prints.
   *
   * @param memory what each precision needs
   * @param usable whether it runs where there is memory enough
   * @param seconds of one pass of one token; null if there was none
   */
  record Report(
      String name,
      String folder,
      @Nullable String architecture,
      @Nullable Long parameters,
      @Nullable String dtype,
      @Nullable Integer layers,
      @Nullable Integer width,
      @Nullable Integer vocabulary,
      @Nullable String tokenizer,
      @Nullable String sha256,
      String device,
      List<LlamaReport.Memory> memory,
      List<String> problems,
      boolean usable,
      @Nullable Double seconds) {

    static Report of(LlamaReport model) {
      return new Report(
          model.name(),
          model.folder().toString(),
          model.architecture().isEmpty() ? null : model.architecture(),
          model.parameters(),
          model.dtype(),
          model.layers(),
          model.width(),
          model.vocabulary(),
          model.tokenizer(),
          model.sha256(),
          model.device(),
          model.memory(),
          model.problems(),
          model.usable(),
          model.seconds());
    }
  }

  /** Prints a report, and says whether the model is usable. */
  boolean print(LlamaReport model) {
    terminal.clearStatus();
    if (json) {
      terminal.line(new Json().line(Report.of(model)));
    } else {
      table(model).print(terminal);
    }
    boolean first = true;
    for (String problem : model.problems()) {
      boolean error = first && !model.usable();
      if (error) {
        terminal.message(SafeText.line(problem));
      } else if (!json) {
        terminal.line("  note: " + SafeText.line(problem));
      }
      first = false;
    }
    return model.usable();
  }

  private static Table table(LlamaReport model) {
    Table table = new Table("", "");
    table.add("name", SafeText.line(model.name()));
    table.add("architecture", SafeText.line(model.architecture()));
    table.add("parameters", number(model.parameters()));
    table.add("weights", known(model.dtype()));
    table.add("layers", number(model.layers()) + ", " + number(model.width()) + " wide");
    table.add("vocabulary", number(model.vocabulary()) + " tokens");
    table.add("tokenizer", model.tokenizer() == null ? "none" : model.tokenizer());
    table.add("sha256", known(model.sha256()));
    table.add("device", model.device());
    if (!model.memory().isEmpty()) {
      table.add("memory", memory(model.memory()));
    }
    if (model.seconds() != null) {
      table.add("one pass", String.format(Locale.ROOT, "%.2f s", model.seconds()));
    }
    return table;
  }

  private static String memory(List<LlamaReport.Memory> all) {
    return all.stream()
        .map(
            one ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f GB%s",
                    one.precision(),
                    one.bytes() / GIGABYTE,
                    note(one)))
        .collect(Collectors.joining(", "));
  }

  private static String note(LlamaReport.Memory one) {
    if (!one.fits()) {
      return " (does not fit)";
    }
    return one.problem() == null ? "" : " (does not run here)";
  }

  private static String number(@Nullable Number number) {
    return number == null ? "?" : String.format(Locale.ROOT, "%,d", number);
  }

  private static String known(@Nullable String text) {
    return text == null ? "?" : text;
  }
}
