package io.capbench.storage.reanchor;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Adoption;
import io.capbench.storage.workspace.StrayDecision;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings decisions on shards that were written anew to the rows that hold the same content today.
 * Every row of the dataset is read once. Decisions on rows that occur more than once go to as many
 * of them, in order. Methods take long: call them on a background thread.
 */
public final class Reanchoring {
  private static final int PAGE = 2_048;

  private final Dataset dataset;
  private final Workspace workspace;

  /**
   * For one dataset.
   *
   * @param dataset the dataset of today; stays open
   * @param workspace has the decisions
   */
  public Reanchoring(Dataset dataset, Workspace workspace) {
    this.dataset = dataset;
    this.workspace = workspace;
  }

  /** Where the shards were whose decisions are without a row, by fingerprint; quick. */
  public Map<String, Path> shards() {
    return workspace.strays().shards(dataset.info().shards());
  }

  /**
   * Looks for the rows without writing anything.
   *
   * @throws io.capbench.storage.model.CapbenchException if a shard cannot be read
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public ReanchorReport look(JobContext context) {
    Search search = search(context);
    return search.report(workspace.strays().adoptable(search.found));
  }

  /**
   * Looks for the rows and lets the decisions hold for them. A row that is decided already keeps
   * what it has. What was cancelled can be run again.
   *
   * @throws io.capbench.storage.model.CapbenchException if a shard cannot be read or the workspace
   *     not be written
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public ReanchorReport run(JobContext context) {
    Search search = search(context);
    context.checkCancelled();
    return search.report(workspace.strays().adopt(search.found));
  }

  private Search search(JobContext context) {
    List<StrayDecision> strays = workspace.strays().of(shards().keySet());
    Search search = new Search(strays);
    if (strays.isEmpty()) {
      return search;
    }
    try (RowView rows = dataset.view(dataset.info().mapping(), RowQuery.ALL, context)) {
      long position = 0;
      while (position < rows.size() && !search.done()) {
        context.checkCancelled();
        List<CaptionRow> page = rows.page(position, PAGE);
        page.forEach(search::offer);
        position += page.size();
        context.progress(position, rows.size(), "rows");
      }
    }
    return search;
  }

  /** Decisions that wait for their row. */
  private static final class Search {
    private final Map<String, Deque<StrayDecision>> waiting = new HashMap<>();
    private final List<Adoption> found = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final int total;
    private int left;

    Search(List<StrayDecision> strays) {
      total = strays.size();
      left = strays.size();
      List<StrayDecision> newestFirst = new ArrayList<>(strays);
      newestFirst.sort(
          Comparator.comparing((StrayDecision stray) -> stray.decision().at()).reversed());
      for (StrayDecision stray : newestFirst) {
        waiting.computeIfAbsent(stray.contentHash(), hash -> new ArrayDeque<>()).add(stray);
      }
    }

    void offer(CaptionRow row) {
      Deque<StrayDecision> strays = waiting.get(row.contentHash());
      if (strays == null) {
        return;
      }
      seen.add(row.contentHash());
      StrayDecision next = next(strays, row.key().row());
      if (next != null) {
        strays.remove(next);
        found.add(new Adoption(next, row));
        left--;
      }
    }

    // Of several with that content, the one on the row of that number, else the newest.
    private static @Nullable StrayDecision next(Deque<StrayDecision> strays, long row) {
      return strays.stream()
          .filter(stray -> stray.decision().key().row() == row)
          .findFirst()
          .orElse(strays.peek());
    }

    boolean done() {
      return left == 0;
    }

    /**
     * The report. More decisions than rows of one content, such as of two generations of a shard,
     * are no loss: the content has its decision.
     */
    ReanchorReport report(long anchored) {
      List<StrayDecision> unmatched =
          waiting.entrySet().stream()
              .filter(entry -> !seen.contains(entry.getKey()))
              .flatMap(entry -> entry.getValue().stream())
              .sorted(
                  Comparator.comparing(StrayDecision::shard)
                      .thenComparing(stray -> stray.decision().key().row()))
              .toList();
      return new ReanchorReport(total, anchored, total - anchored - unmatched.size(), unmatched);
    }
  }
}
