package io.capbench.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens the window. */
@Command(
    name = "open",
    description = "Opens the window, on these datasets or on those that were open last.",
    footer = {
      "",
      "Examples:",
      "  capbench open captions.parquet",
      "  capbench open shards/ --workspace review.capbench"
    })
final class OpenCommand implements Callable<Integer> {
  private final Windows windows;

  @Parameters(paramLabel = "DATASET", arity = "0..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The CLIP model to look at images with; without, the one used last.")
  private @Nullable Path model;

  OpenCommand(Windows windows) {
    this.windows = windows;
  }

  @Override
  public Integer call() {
    return windows.open(List.copyOf(datasets), workspace.named(), model);
  }
}
