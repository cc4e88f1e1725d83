package io.capbench.app.bench;

import io.capbench.storage.bench.BenchShards;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Resident memory of this program while many rows are open. */
final class MemoryCases {
  private static final int PAGE = 200;

  private final BenchShards shards;
  private final int rowsInGroup;
  private final DatasetOpener opener;
  private final BenchPlan plan;
  private final JobContext context;
  private final Consumer<String> say;
  private final Random random = new Random(2);
  private final ResidentMemory memory = new ResidentMemory();

  MemoryCases(
      BenchShards shards,
      int rowsInGroup,
      DatasetOpener opener,
      BenchPlan plan,
      JobContext context,
      Consumer<String> say) {
    this.shards = shards;
    this.rowsInGroup = rowsInGroup;
    this.opener = opener;
    this.plan = plan;
    this.context = context;
    this.say = say;
  }

  List<BenchCase> run() {
    if (!memory.isToldTo(say)) {
      return List.of();
    }
    say.accept("resident memory");
    List<BenchCase> cases = new ArrayList<>();
    add(cases, "at the start");
    List<Path> files = shards.links(shards.grouped(rowsInGroup), plan.manyFiles());
    String rows = String.format("%,d rows", plan.rows() * plan.manyFiles());
    try (Dataset dataset = opener.open(files, context)) {
      try (RowView view = dataset.view(dataset.info().mapping(), RowQuery.ALL, context)) {
        browse(view);
        add(cases, "browsing " + rows);
      }
      RowQuery query = new RowQuery(List.of(new RowFilter.Sql("capsfusion LIKE '%woman%'")), null);
      try (RowView view = dataset.view(dataset.info().mapping(), query, context)) {
        while (!view.settled()) {
          browse(view);
        }
        browse(view);
        add(cases, String.format("%s filtered to %,d", rows, view.size()));
      }
    }
    memory.peak().ifPresent(peak -> cases.add(BenchCase.alone("resident, peak", peak, "MB")));
    return cases;
  }

  private void browse(RowView view) {
    for (int i = 0; i < plan.pages(); i++) {
      context.checkCancelled();
      view.page((long) (random.nextDouble() * view.size()), PAGE);
    }
  }

  private void add(List<BenchCase> cases, String when) {
    memory
        .now()
        .ifPresent(resident -> cases.add(BenchCase.alone("resident, " + when, resident, "MB")));
  }
}
