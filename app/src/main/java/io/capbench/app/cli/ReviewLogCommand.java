package io.capbench.app.cli;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.workspace.DecisionEntry;
import io.capbench.storage.workspace.LogQuery;
import io.capbench.storage.workspace.Span;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the decision log. */
@Command(
    name = "log",
    description = {
      "Prints every decision in the order in which they were taken, undone ones and undos among"
          + " them. With datasets, only decisions on their rows."
    },
    footer = {
      "",
      "Examples:",
      "  capbench review log",
      "  capbench review log captions.parquet --workspace review.capbench --json"
    })
final class ReviewLogCommand implements Callable<Integer> {
  private static final DateTimeFormatter UTC_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Session session;

  @Parameters(paramLabel = "DATASET", arity = "0..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Mixin private WorkspaceOption option = new WorkspaceOption();

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  ReviewLogCommand(Session session) {
    this.session = session;
  }

  /** What {@code --json} prints for an entry. */
  record Line(
      String at,
      String annotator,
      String shard,
      long row,
      String key,
      String uid,
      String action,
      @Nullable String verdict,
      @Nullable String track,
      @Nullable String text,
      @Nullable List<Integer> span,
      @Nullable String note,
      long id,
      @Nullable Long reference) {}

  @Override
  public Integer call() {
    Terminal terminal = session.terminal();
    JobContext context = session.context();
    LogQuery query = datasets.isEmpty() ? LogQuery.all() : LogQuery.of(fingerprints(context));
    try (Workspace workspace = option.openIfPresent(session)) {
      if (workspace == null) {
        if (option.named() == null) {
          terminal.message("There is no workspace yet: " + option.file(session));
        }
        return ExitCode.OK;
      }
      Json writer = new Json();
      workspace
          .decisions()
          .read(
              query,
              entry -> {
                context.checkCancelled();
                Line line = line(entry);
                terminal.line(json ? writer.line(line) : sentence(line));
              });
    }
    return ExitCode.OK;
  }

  private Set<String> fingerprints(JobContext context) {
    try (Dataset dataset = new DatasetOpener(session.folders().cache()).open(datasets, context)) {
      return dataset.info().shards().stream()
          .map(ShardInfo::fingerprint)
          .filter(Objects::nonNull)
          .collect(Collectors.toSet());
    }
  }

  private static Line line(DecisionEntry entry) {
    Verdict verdict = entry.verdict();
    Span span = entry.span();
    return new Line(
        time(entry.at()),
        entry.annotator(),
        entry.shard(),
        entry.key().row(),
        entry.key().toString(),
        entry.uid(),
        entry.action().id(),
        verdict == null ? null : verdict.id(),
        entry.track(),
        entry.text(),
        span == null ? null : List.of(span.start(), span.end()),
        entry.note(),
        entry.id(),
        entry.reference());
  }

  /** A time as JSON has it. */
  static String time(Instant at) {
    return UTC_MILLIS.format(at);
  }

  private static String sentence(Line line) {
    StringBuilder text = new StringBuilder();
    text.append(line.at()).append("  ").append(line.annotator());
    text.append("  ").append(line.shard()).append(" row ").append(line.row());
    text.append("  ").append(line.action());
    if (line.track() != null) {
      text.append(' ').append(line.track());
    }
    if (line.span() != null) {
      text.append(" at ").append(line.span());
    }
    if (line.text() != null) {
      text.append(": ").append(line.text());
    }
    if (line.reference() != null) {
      text.append(" of entry ").append(line.reference());
    }
    if (line.note() != null) {
      text.append(" (").append(line.note()).append(')');
    }
    return SafeText.line(text.toString());
  }
}
