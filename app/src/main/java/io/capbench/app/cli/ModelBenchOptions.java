package io.capbench.app.cli;

import io.capbench.app.bench.BenchCase;
import io.capbench.engine.torch.DeviceChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the benchmarks of models have in common. */
final class ModelBenchOptions {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Make the models in DIR, some GB, and leave them there for the next time (default: in the"
              + " cache folder, removed afterwards).")
  private @Nullable Path dir;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where the models run: auto (the default), cpu or gpu.")
  private DeviceChoice device = DeviceChoice.AUTO;

  @Option(names = "--quick", description = "A small run whose figures mean nothing.")
  private boolean quick;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Where the models run. */
  DeviceChoice device() {
    return device;
  }

  /** Whether the run is to be a small one. */
  boolean quick() {
    return quick;
  }

  /** Measures in the folder that was chosen and prints what comes of it. */
  void print(Session session, Function<Path, List<BenchCase>> measured) {
    try (BenchFolder folder = new BenchFolder(session, dir)) {
      new BenchPrinter(session.terminal(), json).print(measured.apply(folder.path()), "yardstick");
    }
  }
}
