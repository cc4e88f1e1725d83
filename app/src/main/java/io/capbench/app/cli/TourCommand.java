package io.capbench.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the window does, without a display. */
@Command(
    name = "tour",
    description =
        "Drives the main job through the real window, without a display: leaves pictures of it, a"
            + " workspace and an export.",
    footer = {"", "Example:", "  capbench tour --out tour"})
final class TourCommand implements Callable<Integer> {
  private final Windows windows;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for what the tour leaves (default: ${DEFAULT-VALUE}).",
      defaultValue = "capbench-tour")
  private Path out = Path.of("capbench-tour");

  TourCommand(Windows windows) {
    this.windows = windows;
  }

  @Override
  public Integer call() {
    return windows.tour(out);
  }
}
