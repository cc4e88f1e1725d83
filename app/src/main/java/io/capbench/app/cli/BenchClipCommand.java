package io.capbench.app.cli;

import io.capbench.app.bench.ClipBench;
import io.capbench.app.bench.ClipPlan;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      names = "--only",
      paramLabel = "GROUP",
      description = "Measure this only, may be repeated: ${COMPLETION-CANDIDATES}.")
  private Set<ClipPlan.Group> only = EnumSet.noneOf(ClipPlan.Group.class);

  @Mixin private ModelBenchOptions options = new ModelBenchOptions();

  BenchClipCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ClipPlan plan = options.quick() ? ClipPlan.quick() : ClipPlan.full();
    ClipPlan wanted = only.isEmpty() ? plan : plan.with(only);
    options.print(
        session,
        folder ->
            new ClipBench(
                    folder,
                    wanted,
                    options.device(),
                    session.context(),
                    session.terminal()::message)
                .run());
    return ExitCode.OK;
  }
}
