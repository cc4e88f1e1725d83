package io.capbench.app.cli;

import io.capbench.app.doctor.Doctor;
import io.capbench.app.doctor.Finding;
import io.capbench.app.doctor.Finding.State;
import io.capbench.app.doctor.LinearReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is wrong on this machine and how to mend it. */
@Command(
    name = "doctor",
    description = {
      "Checks what Capbench needs on this machine: Java, JavaFX, display, native libraries, folders,"
          + " memory, workspace. Says how to mend what is wrong.",
      "Fails if there is a problem that keeps Capbench from working; warnings do not."
    },
    footer = {"", "Example:", "  capbench doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  DoctorCommand(Session session) {
    this.session = session;
  }

  /** What {@code --json} prints. */
  record Report(List<Check> checks, @Nullable LinearReport linear) {}

  record Check(String name, String state, String value, @Nullable String remedy) {}

  @Override
  public Integer call() {
    Path file = workspace.file(session);
    Doctor.Examination examined = new Doctor(session.folders(), session.home(), file).examine();
    List<Finding> findings = examined.findings();
    Terminal terminal = session.terminal();
    if (json) {
      terminal.line(
          new Json()
              .line(
                  new Report(
                      findings.stream()
                          .map(
                              found ->
                                  new Check(
                                      found.name(),
                                      found.state().id(),
                                      found.value(),
                                      found.remedy()))
                          .toList(),
                      examined.linear())));
    } else {
      Table table = new Table("", "", "");
      for (Finding found : findings) {
        table.add(found.state().id(), found.name(), found.value());
        if (found.remedy() != null) {
          table.add("", "", "-> " + found.remedy());
        }
      }
      table.print(terminal);
      if (examined.linear() != null) {
        terminal.line("");
        linear(examined.linear()).print(terminal);
      }
    }
    boolean broken = findings.stream().anyMatch(found -> found.state() == State.PROBLEM);
    return broken ? ExitCode.FAILED : ExitCode.OK;
  }

  /** The chosen ways to linear layers, and what is out. */
  private static Table linear(LinearReport report) {
    Table table = new Table("operation", "type", "rows", "way", "GB/s");
    for (LinearReport.Way way : report.ways()) {
      if (way.chosen()) {
        String rate = String.format(Locale.ROOT, "%.1f", way.gigabytesPerSecond());
        table.add(way.operation(), way.type(), String.valueOf(way.rows()), way.way(), rate);
      }
    }
    for (LinearReport.Way way : report.ways()) {
      if (way.failure() != null && way.rows() == 1) {
        String reason = SafeText.line(way.failure());
        table.add(way.operation(), way.type(), "", way.way(), "out: " + reason);
      }
    }
    return table;
  }
}
