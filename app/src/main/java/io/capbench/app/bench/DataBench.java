package io.capbench.app.bench;

import io.capbench.app.bench.BenchPlan.Group;
import io.capbench.storage.bench.BareQueries;
import io.capbench.storage.bench.BenchShards;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Measures opening, paging, filtering and sorting, each against DuckDB alone in the same run: first
 * some turns that do not count, then both in turn, then the medians. Not thread-safe.
 */
public final class DataBench {
  private static final List<Integer> LAYOUTS = List.of(10_240, 102_400, 1_048_576);
  private static final int PAGE = 200;
  private static final int WARM_UP = 3;
  private static final int FILTERED_FILES = 2;
  private static final String COLUMNS = "SELECT laion_2b, laion_coco, capsfusion, image_url";
  private static final String IDS = "SELECT file_index, file_row_number";
  private static final String TIES = ", file_index, file_row_number";

  private final Path folder;
  private final BenchPlan plan;
  private final JobContext context;
  private final Consumer<String> say;
  private final BenchShards shards;
  private final DatasetOpener opener;
  private final List<BenchCase> cases = new ArrayList<>();
  private final Random random = new Random(1);

  /**
   * A benchmark that has not begun.
   *
   * @param folder where its shards are made, or are from an earlier run
   * @param context shows progress and stops it
   * @param say told what is measured, and what cannot be
   */
  public DataBench(Path folder, BenchPlan plan, JobContext context, Consumer<String> say) {
    this.folder = folder;
    this.plan = plan;
    this.context = context;
    this.say = say;
    this.shards = new BenchShards(folder, plan.rows());
    this.opener = new DatasetOpener(folder.resolve("cache"));
  }

  /**
   * Measures.
   *
   * @throws io.capbench.storage.model.CapbenchException if the shards cannot be made or read
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public List<BenchCase> run() {
    say.accept("Making shards of " + plan.rows() + " rows in " + folder);
    shards.make(LAYOUTS, context);
    if (plan.groups().contains(Group.MEMORY)) {
      add(new MemoryCases(shards, LAYOUTS.get(0), opener, plan, context, say).run());
    }
    if (plan.groups().contains(Group.MEASURE)) {
      say.accept("provenance and detectors");
      add(new MeasureCases(shards, LAYOUTS.get(0), folder, context).run());
    }
    if (plan.groups().contains(Group.OPEN)) {
      open("open 1 file", 1);
      open("open " + plan.files() + " files", plan.files());
    }
    if (plan.groups().contains(Group.PAGE)) {
      LAYOUTS.forEach(this::pages);
      say.accept(
          "Left out: pages of one row group with a page index. DuckDB, which makes these shards,"
              + " writes every column of a row group as one page");
    }
    if (plan.groups().contains(Group.FILTER)) {
      filters();
    }
    if (plan.groups().contains(Group.SORT)) {
      sorts();
    }
    if (plan.groups().contains(Group.CANCEL)) {
      add(new CancelCases(shards, LAYOUTS.get(0), folder, plan, context, say).run());
    }
    return List.copyOf(cases);
  }

  private void add(List<BenchCase> more) {
    cases.addAll(more);
  }

  private Dataset dataset(int rowsInGroup) {
    return opener.open(List.of(shards.grouped(rowsInGroup)), context);
  }

  private void open(String name, int count) {
    List<Path> files = shards.links(shards.grouped(LAYOUTS.get(1)), count);
    say.accept(name);
    Timing own = new Timing();
    Timing bare = new Timing();
    for (int i = -WARM_UP; i < plan.repetitions(); i++) {
      context.checkCancelled();
      Timing open = i < 0 ? new Timing() : own;
      open.add(() -> opener.open(files, context).close());
      try (BareQueries queries = new BareQueries(folder)) {
        Timing footers = i < 0 ? new Timing() : bare;
        footers.add(() -> queries.footers(files));
      }
    }
    cases.add(BenchCase.against(name, own.median(), bare.median()));
  }

  private void pages(int rowsInGroup) {
    String name =
        rowsInGroup > LAYOUTS.get(1)
            ? "random page, one row group of huge pages"
            : "random page, " + rowsInGroup + "-row groups";
    say.accept(name);
    List<Path> file = List.of(shards.grouped(rowsInGroup));
    try (Dataset dataset = dataset(rowsInGroup);
        RowView view = dataset.view(dataset.info().mapping(), RowQuery.ALL, context);
        BareQueries queries = new BareQueries(folder)) {
      Timing own = new Timing();
      Timing bare = new Timing();
      int pages = rowsInGroup > LAYOUTS.get(1) ? plan.pages() / 10 : plan.pages(); // too slow
      for (int i = -WARM_UP; i < pages; i++) {
        context.checkCancelled();
        long from = anywhere(view.size());
        (i < 0 ? new Timing() : own).add(() -> view.page(from, PAGE));
        long other = anywhere(view.size());
        (i < 0 ? new Timing() : bare)
            .add(
                () ->
                    queries.run(
                        COLUMNS,
                        file,
                        "WHERE file_row_number BETWEEN " + other + " AND " + (other + PAGE - 1)));
      }
      cases.add(BenchCase.against(name + ", p50", own.median(), bare.median()));
      cases.add(BenchCase.against(name + ", p99", own.percentile(99), bare.percentile(99)));
    }
  }

  private long anywhere(long size) {
    return (long) (random.nextDouble() * Math.max(1, size - PAGE));
  }

  private void filters() {
    String any = "laion_2b ILIKE '%woman%' OR laion_coco ILIKE '%woman%'";
    query(
        "filter contains",
        new RowQuery(List.of(new RowFilter.Contains(null, "woman")), null),
        "SELECT count(*)",
        "WHERE " + any + " OR capsfusion ILIKE '%woman%'");
    String regexp = "regexp_matches(capsfusion, 'wood[a-z]+ (table|house)?')";
    query("filter regexp", filter(regexp), "SELECT count(*)", "WHERE " + regexp);
    String count = "length(capsfusion) > 200";
    query("filter length", filter(count), "SELECT count(*)", "WHERE " + count);
    viewPages("filtered", filter("capsfusion LIKE '%woman%'"));
  }

  private static RowQuery filter(String sql) {
    return new RowQuery(List.of(new RowFilter.Sql(sql)), null);
  }

  private static RowQuery order(String sql) {
    return new RowQuery(List.of(), new RowOrder.Sql(sql));
  }

  private void sorts() {
    query("sort by length", order("length(capsfusion)"), IDS, "ORDER BY length(capsfusion)" + TIES);
    query("sort by text", order("laion_2b"), IDS, "ORDER BY laion_2b" + TIES);
    viewPages("text-sorted", order("laion_2b"));
  }

  private void query(String name, RowQuery query, String select, String rest) {
    say.accept(name);
    List<Path> files = shards.links(shards.grouped(LAYOUTS.get(0)), FILTERED_FILES);
    try (Dataset dataset = opener.open(files, context);
        BareQueries queries = new BareQueries(folder)) {
      Timing own = new Timing();
      Timing first = new Timing();
      Timing bare = new Timing();
      for (int i = -1; i < plan.repetitions(); i++) {
        long start = System.nanoTime();
        long[] firstHits = {-1};
        RowView view =
            dataset.view(
                dataset.info().mapping(),
                query,
                context,
                growing -> firstHits[0] = System.nanoTime() - start);
        long end = System.nanoTime() - start;
        view.close();
        if (i >= 0) {
          own.addNanos(end);
          if (firstHits[0] >= 0) {
            first.addNanos(firstHits[0]);
          }
        }
        (i < 0 ? new Timing() : bare).add(() -> queries.run(select, files, rest));
      }
      cases.add(BenchCase.against(name, own.median(), bare.median()));
      if (!first.isEmpty()) {
        cases.add(BenchCase.alone(name + ", first hits", first.median(), "ms"));
      }
    }
  }

  private void viewPages(String name, RowQuery query) {
    String page = "page of a " + name + " view";
    say.accept(page);
    for (int rowsInGroup : LAYOUTS.subList(0, 2)) {
      String layout = ", " + rowsInGroup + "-row groups";
      try (Dataset dataset = dataset(rowsInGroup);
          RowView view = dataset.view(dataset.info().mapping(), query, context)) {
        long start = System.nanoTime();
        Timing early = new Timing();
        early.add(() -> view.page(anywhere(view.size()), PAGE));
        while (!view.settled()) {
          context.checkCancelled();
          Thread.onSpinWait();
        }
        double settled = (System.nanoTime() - start) / 1e6;
        Timing own = new Timing();
        for (int i = 0; i < plan.pages(); i++) {
          context.checkCancelled();
          own.add(() -> view.page(anywhere(view.size()), PAGE));
        }
        cases.add(BenchCase.alone(page + layout + ", p50", own.median(), "ms"));
        cases.add(BenchCase.alone(page + layout + ", p99", own.percentile(99), "ms"));
        cases.add(BenchCase.alone(page + layout + ", first", early.median(), "ms"));
        cases.add(BenchCase.alone(page + layout + ", until it is settled", settled, "ms"));
      }
    }
  }
}
