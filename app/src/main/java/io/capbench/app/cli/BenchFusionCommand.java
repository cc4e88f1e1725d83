package io.capbench.app.cli;

import io.capbench.app.bench.FusionBench;
import io.capbench.app.bench.FusionPlan;
import io.capbench.engine.torch.DeviceChoice;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures fusing. */
@Command(
    name = "fusion",
    description = {
      "Measures how fast captions are merged and what memory that takes, with a model of the shape of"
          + " TinyLlama that has random weights.",
      "The yardsticks are how fast this machine reads memory, and CapsFusion's script, in the same"
          + " run."
    },
    footer = {
      "",
      "Examples:",
      "  capbench bench fusion --json > figures.json",
      "  capbench bench fusion --dir models --only greedy"
    })
final class BenchFusionCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Make the models in DIR, 4.5 GB, and leave them there for the next time (default: in the"
              + " cache folder, removed afterwards).")
  private @Nullable Path dir;

  @Option(
      names = "--only",
      paramLabel = "GROUP",
      description = "Measure this only, may be repeated: ${COMPLETION-CANDIDATES}.")
  private Set<FusionPlan.Group> only = EnumSet.noneOf(FusionPlan.Group.class);

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where the models run: auto (the default), cpu or gpu.")
  private DeviceChoice device = DeviceChoice.AUTO;

  @Option(names = "--quick", description = "A small run whose figures mean nothing.")
  private boolean quick;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  BenchFusionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    FusionPlan plan = quick ? FusionPlan.quick() : FusionPlan.full();
    FusionPlan wanted = only.isEmpty() ? plan : plan.with(only);
    Terminal terminal = session.terminal();
    try (BenchFolder folder = new BenchFolder(session, dir)) {
      FusionBench bench =
          new FusionBench(folder.path(), wanted, device, session.context(), terminal::message);
      new BenchPrinter(terminal, json).print(bench.run(), "yardstick");
    }
    return ExitCode.OK;
  }
}
