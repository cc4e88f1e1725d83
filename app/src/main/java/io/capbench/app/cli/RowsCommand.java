package io.capbench.app.cli;

import io.capbench.storage.dataset.RowView;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.NamedScores;
import io.capbench.storage.workspace.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints rows with their captions and decisions. */
@Command(
    name = "rows",
    description = "Prints the rows of a dataset with every caption, and what was decided on them.",
    footer = {
      "",
      "Examples:",
      "  capbench rows captions.parquet --limit 20",
      "  capbench rows shards/ --where \"length(laion_2b) > 40\" --order \"length(capsfusion) DESC\"",
      "  capbench rows shards/ --where \"provenance.neither > 0.3 OR flags.prompt_leak\"",
      "  capbench rows shards/ --where \"similarity.capsfusion < 0.2\" --order similarity.capsfusion",
      "  capbench rows captions.parquet --decisions rejected --json | jq .uid"
    })
final class RowsCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DATASET", arity = "1..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Mixin private DatasetOptions options = new DatasetOptions();
  @Mixin private QueryOptions query = new QueryOptions();

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "Only rows of which some caption contains TEXT, whatever its case.")
  private @Nullable String search;

  @Option(
      names = "--decisions",
      paramLabel = "CHOICE",
      description = "Only rows that were decided so: ${COMPLETION-CANDIDATES}.")
  private @Nullable Choice decisions;

  @Option(
      names = "--from",
      paramLabel = "N",
      description = "Leave out the first N of the rows that match.")
  private long from;

  @Option(names = "--limit", paramLabel = "N", description = "Print N rows at most (default: all).")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  RowsCommand(Session session) {
    this.session = session;
  }

  /** What was decided. */
  enum Choice {
    ACCEPTED,
    REJECTED,
    SKIPPED,
    UNDECIDED,
    EDITED;

    RowFilter filter() {
      return switch (this) {
        case ACCEPTED -> new RowFilter.Decided(Verdict.ACCEPTED);
        case REJECTED -> new RowFilter.Decided(Verdict.REJECTED);
        case SKIPPED -> new RowFilter.Decided(Verdict.SKIPPED);
        case UNDECIDED -> new RowFilter.Decided(null);
        case EDITED -> new RowFilter.Edited();
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    if (from < 0 || limit < 0) {
      throw new UsageException("--from and --limit are 0 or more");
    }
    Terminal terminal = session.terminal();
    try (OpenedDataset opened = OpenedDataset.open(session, datasets, options);
        RowView view = opened.view(query())) {
      opened.explainGaps(terminal);
      RowPrinter printer = new RowPrinter(terminal, opened.info().mapping().tracks(), json);
      NamedScores scores = opened.scores();
      List<String> tracks =
          opened.info().mapping().tracks().stream().map(CaptionTrack::name).toList();
      opened.forEachPage(
          view,
          from,
          limit,
          page -> {
            List<RowKey> keys = page.stream().map(CaptionRow::key).toList();
            Map<RowKey, Decision> decided = opened.decisions(keys);
            Map<RowKey, Map<String, Score>> scored =
                scores == null ? Map.of() : scores.of(tracks, keys);
            Map<String, Map<RowKey, Fusion>> fused =
                opened.dataset().fused().made(opened.info().mapping(), keys);
            page.forEach(
                row ->
                    printer.print(
                        row,
                        decided.get(row.key()),
                        scored.getOrDefault(row.key(), Map.of()),
                        fused));
            terminal.flush();
          });
    }
    return ExitCode.OK;
  }

  private RowQuery query() {
    List<RowFilter> filters = new ArrayList<>();
    if (search != null) {
      filters.add(new RowFilter.Contains(null, search));
    }
    if (decisions != null) {
      filters.add(decisions.filter());
    }
    return query.with(filters);
  }
}
