package io.capbench.app.bench;

import io.capbench.storage.bench.BenchShards;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** How long work goes on after somebody wanted it to stop. */
final class CancelCases {
  private static final long[] MOMENTS = {30, 60, 120, 250, 400, 700};

  private final BenchShards shards;
  private final int rowsInGroup;
  private final Path folder;
  private final BenchPlan plan;
  private final JobContext context;
  private final Consumer<String> say;

  CancelCases(
      BenchShards shards,
      int rowsInGroup,
      Path folder,
      BenchPlan plan,
      JobContext context,
      Consumer<String> say) {
    this.shards = shards;
    this.rowsInGroup = rowsInGroup;
    this.folder = folder;
    this.plan = plan;
    this.context = context;
    this.say = say;
  }

  /** Work that can be stopped. */
  private interface Cancellable {
    void run(JobContext context);
  }

  List<BenchCase> run() {
    List<BenchCase> cases = new ArrayList<>();
    DatasetOpener opener = new DatasetOpener(folder.resolve("cache"));
    try (Dataset dataset =
        opener.open(shards.links(shards.grouped(rowsInGroup), plan.manyFiles()), context)) {
      RowQuery filter = new RowQuery(List.of(new RowFilter.Sql("capsfusion LIKE '%wo%an%'")), null);
      RowQuery sort = new RowQuery(List.of(), new RowOrder.Sql("capsfusion"));
      measure(cases, "cancel a filter", watched -> find(dataset, filter, watched));
      measure(cases, "cancel a sort", watched -> find(dataset, sort, watched));
    }
    measure(
        cases,
        "cancel an import",
        watched ->
            new DatasetOpener(folder.resolve("cancelled"))
                .open(List.of(shards.json()), watched)
                .close());
    return cases;
  }

  private static void find(Dataset dataset, RowQuery query, JobContext context) {
    dataset.view(dataset.info().mapping(), query, context).close();
  }

  private void measure(List<BenchCase> cases, String name, Cancellable work) {
    say.accept(name);
    Timing timing = new Timing();
    for (long moment : MOMENTS) {
      context.checkCancelled();
      cancelAfter(moment, work, timing);
    }
    if (timing.isEmpty()) {
      say.accept("Left out: " + name + ". It was over before it could be cancelled");
    } else {
      cases.add(BenchCase.alone(name + ", median", timing.median(), "ms"));
      cases.add(BenchCase.alone(name + ", longest", timing.max(), "ms"));
    }
  }

  private static void cancelAfter(long millis, Cancellable work, Timing timing) {
    ForegroundContext watched = new ForegroundContext(progress -> {});
    long[] asked = {0};
    CountDownLatch over = new CountDownLatch(1);
    Thread canceller =
        new Thread(
            () -> {
              try {
                if (!over.await(millis, TimeUnit.MILLISECONDS)) {
                  asked[0] = System.nanoTime();
                  watched.cancel();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "canceller");
    canceller.start();
    boolean cancelled = false;
    long end;
    try {
      work.run(watched);
    } catch (CancellationException e) {
      cancelled = true;
    } finally {
      end = System.nanoTime();
      over.countDown();
    }
    try {
      canceller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (cancelled) {
      timing.addNanos(end - asked[0]);
    }
  }
}
