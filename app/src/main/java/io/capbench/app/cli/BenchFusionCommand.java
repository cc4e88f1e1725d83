package io.capbench.app.cli;

import io.capbench.app.bench.FusionBench;
import io.capbench.app.bench.FusionPlan;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      names = "--only",
      paramLabel = "GROUP",
      description = "Measure this only, may be repeated: ${COMPLETION-CANDIDATES}.")
  private Set<FusionPlan.Group> only = EnumSet.noneOf(FusionPlan.Group.class);

  @Mixin private ModelBenchOptions options = new ModelBenchOptions();

  BenchFusionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    FusionPlan plan = options.quick() ? FusionPlan.quick() : FusionPlan.full();
    FusionPlan wanted = only.isEmpty() ? plan : plan.with(only);
    options.print(
        session,
        folder ->
            new FusionBench(
                    folder,
                    wanted,
                    options.device(),
                    session.context(),
                    session.terminal()::message)
                .run());
    return ExitCode.OK;
  }
}
