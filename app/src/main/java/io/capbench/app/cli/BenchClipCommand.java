package io.capbench.app.cli;

import io.capbench.app.bench.ClipBench;
import io.capbench.app.bench.ClipPlan;
import io.capbench.engine.torch.DeviceChoice;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures grounding and scoring. */
@Command(
    name = "clip",
    description = {
      "Measures relevance maps, scoring and memory with models of the shapes of ViT-B/16 and ViT-L/14"
          + " that have random weights.",
      "The yardstick of relevance maps is the way of the notebook that they come from, that of"
          + " scoring the bare model, in the same run."
    },
    footer = {
      "",
      "Examples:",
      "  capbench bench clip --json > figures.json",
      "  capbench bench clip --dir models --only relevance"
    })
final class BenchClipCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Make the models in DIR, 2.4 GB, and leave them there for the next time (default: in the"
              + " cache folder, removed afterwards).")
  private @Nullable Path dir;

  @Option(
      names = "--only",
      paramLabel = "GROUP",
      description = "Measure this only, may be repeated: ${COMPLETION-CANDIDATES}.")
  private Set<ClipPlan.Group> only = EnumSet.noneOf(ClipPlan.Group.class);

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where the models run: auto (the default), cpu or gpu.")
  private DeviceChoice device = DeviceChoice.AUTO;

  @Option(names = "--quick", description = "A small run whose figures mean nothing.")
  private boolean quick;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  BenchClipCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ClipPlan plan = quick ? ClipPlan.quick() : ClipPlan.full();
    ClipPlan wanted = only.isEmpty() ? plan : plan.with(only);
    Terminal terminal = session.terminal();
    try (BenchFolder folder = new BenchFolder(session, dir)) {
      ClipBench bench =
          new ClipBench(folder.path(), wanted, device, session.context(), terminal::message);
      new BenchPrinter(terminal, json).print(bench.run(), "yardstick");
    }
    return ExitCode.OK;
  }
}
