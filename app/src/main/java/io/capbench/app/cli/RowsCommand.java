package io.capbench.app.cli;

import io.capbench.storage.dataset.RowFilter;
import io.capbench.storage.dataset.RowQuery;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /** What {@code --json} prints for a row. */
  record Line(
      String shard,
      long row,
      String key,
      String uid,
      @Nullable String image,
      Map<String, @Nullable String> captions,
      @Nullable String verdict,
      @Nullable String preferred,
      @Nullable String edited,
      @Nullable String annotator) {}

  @Override
  public Integer call() {
    if (from < 0 || limit < 0) {
      throw new UsageException("--from and --limit are 0 or more");
    }
    Terminal terminal = session.terminal();
    try (OpenedDataset opened = OpenedDataset.open(session, datasets, options);
        RowView view = opened.view(query())) {
      opened.explainGaps(terminal);
      Json writer = new Json();
      List<CaptionTrack> tracks = opened.info().mapping().tracks();
      opened.forEachPage(
          view,
          from,
          limit,
          page -> {
            Map<RowKey, Decision> decided =
                opened.decisions(page.stream().map(CaptionRow::key).toList());
            for (CaptionRow row : page) {
              Decision decision = decided.get(row.key());
              if (json) {
                terminal.line(writer.line(line(row, tracks, decision)));
              } else {
                print(terminal, row, tracks, decision);
              }
            }
            terminal.flush();
          });
    }
    return ExitCode.OK;
  }

  private RowQuery query() {
    List<RowFilter> filters = new ArrayList<>();
    if (search != null) {
      filters.add(new RowFilter.Contains(search));
    }
    if (decisions != null) {
      filters.add(decisions.filter());
    }
    return query.with(filters);
  }

  private static Line line(CaptionRow row, List<CaptionTrack> tracks, @Nullable Decision decision) {
    Map<String, @Nullable String> captions = new LinkedHashMap<>();
    tracks.forEach(track -> captions.put(track.name(), row.caption(track.name())));
    Verdict verdict = decision == null ? null : decision.verdict();
    return new Line(
        row.shard(),
        row.key().row(),
        row.key().toString(),
        row.uid(),
        row.image().name().isEmpty() ? null : row.image().name(),
        captions,
        verdict == null ? null : verdict.id(),
        decision == null ? null : decision.preferredTrack(),
        decision == null ? null : decision.editedText(),
        decision == null ? null : decision.annotator());
  }

  private static void print(
      Terminal terminal, CaptionRow row, List<CaptionTrack> tracks, @Nullable Decision decision) {
    StringBuilder head = new StringBuilder(SafeText.line(row.shard()));
    head.append(" row ").append(row.key().row());
    Line line = line(row, tracks, decision);
    if (line.verdict() != null) {
      head.append(", ").append(line.verdict());
    }
    if (line.preferred() != null) {
      head.append(", prefers ").append(SafeText.line(line.preferred()));
    }
    if (line.annotator() != null) {
      head.append(", by ").append(SafeText.line(line.annotator()));
    }
    terminal.line(head.toString());
    if (line.image() != null) {
      terminal.line("  image: " + SafeText.line(line.image()));
    }
    line.captions()
        .forEach(
            (track, text) ->
                terminal.line(
                    "  "
                        + SafeText.line(track)
                        + ": "
                        + (text == null ? "-" : SafeText.line(text))));
    if (line.edited() != null) {
      terminal.line("  written by hand: " + SafeText.line(line.edited()));
    }
    terminal.line("");
  }
}
