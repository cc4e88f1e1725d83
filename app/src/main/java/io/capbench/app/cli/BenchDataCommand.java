package io.capbench.app.cli;

import io.capbench.app.bench.BenchCase;
import io.capbench.app.bench.BenchPlan;
import io.capbench.app.bench.DataBench;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures opening, paging, filtering and sorting. */
@Command(
    name = "data",
    description = {
      "Measures opening, pages, filters, sorts, cancelling and memory, on shards of its own.",
      "Where there is one, the yardstick is DuckDB's own time for the same in the same run."
    },
    footer = {
      "",
      "Examples:",
      "  capbench bench data --json > figures.json",
      "  capbench bench data --dir shards --only page --only sort"
    })
final class BenchDataCommand implements Callable<Integer> {
  private static final long ROWS = 1_000_000;

  private final Session session;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of a shard (default: 1000000; with --quick 20000).")
  private @Nullable Long rows;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Make the shards in DIR and leave them there for the next time (default: in the cache"
              + " folder, removed afterwards).")
  private @Nullable Path dir;

  @Option(
      names = "--only",
      paramLabel = "GROUP",
      description = "Measure this only, may be repeated: ${COMPLETION-CANDIDATES}.")
  private Set<BenchPlan.Group> only = EnumSet.noneOf(BenchPlan.Group.class);

  @Option(names = "--quick", description = "A small run whose figures mean nothing.")
  private boolean quick;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  BenchDataCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    BenchPlan plan = quick ? BenchPlan.quick() : BenchPlan.full(ROWS);
    long wanted = rows == null ? plan.rows() : rows;
    if (wanted < 1) {
      throw new UsageException("--rows is 1 or more");
    }
    plan = plan.with(wanted, only.isEmpty() ? plan.groups() : only);
    Terminal terminal = session.terminal();
    try (BenchFolder folder = new BenchFolder(session, dir)) {
      List<BenchCase> cases =
          new DataBench(folder.path(), plan, session.context(), terminal::message).run();
      new BenchPrinter(terminal, json).print(cases, "DuckDB");
    }
    return ExitCode.OK;
  }
}
