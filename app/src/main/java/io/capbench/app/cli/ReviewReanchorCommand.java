package io.capbench.app.cli;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.reanchor.ReanchorReport;
import io.capbench.storage.reanchor.Reanchoring;
import io.capbench.storage.workspace.StrayDecision;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings decisions on rewritten shards to the rows that hold the same content now. */
@Command(
    name = "reanchor",
    description = {
      "Brings decisions on shards that were written anew to the rows that hold the same image and"
          + " captions now, and lists those whose content is gone. Decisions that rows have already"
          + " are left as they are; nothing leaves the log."
    },
    footer = {
      "",
      "Examples:",
      "  capbench review reanchor shards/ --dry-run",
      "  capbench review reanchor captions.parquet --workspace review.capbench --json"
    })
final class ReviewReanchorCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DATASET", arity = "1..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Mixin private WorkspaceOption option = new WorkspaceOption();

  @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON value.")
  private boolean json;

  ReviewReanchorCommand(Session session) {
    this.session = session;
  }

  /** What {@code --json} prints. */
  record Answer(
      long decisions, long anchored, long kept, boolean dryRun, List<Unmatched> unmatched) {}

  /** A decision whose content no row has. */
  record Unmatched(
      String shard,
      long row,
      String key,
      @Nullable String verdict,
      @Nullable String preferred,
      @Nullable String edited,
      List<String> tags,
      List<CaptionSpan> spans,
      String annotator,
      String at) {}

  @Override
  public Integer call() {
    Terminal terminal = session.terminal();
    JobContext context = session.context();
    try (Workspace workspace = option.openIfPresent(session);
        Dataset dataset = new DatasetOpener(session.folders().cache()).open(datasets, context)) {
      for (ShardInfo shard : dataset.info().shards()) {
        if (shard.error() != null) {
          terminal.message("Left out: " + shard.error());
        }
      }
      ReanchorReport report = new ReanchorReport(0, 0, 0, List.of());
      if (workspace == null) {
        if (option.named() == null) {
          terminal.message("There is no workspace yet: " + option.file(session));
        }
      } else {
        Reanchoring reanchoring = new Reanchoring(dataset, workspace);
        report = dryRun ? reanchoring.look(context) : reanchoring.run(context);
        if (!dryRun) {
          workspace.rememberShards(dataset.info().shards());
        }
      }
      print(terminal, report);
    }
    return ExitCode.OK;
  }

  private void print(Terminal terminal, ReanchorReport report) {
    List<Unmatched> unmatched =
        report.unmatched().stream().map(ReviewReanchorCommand::unmatched).toList();
    if (json) {
      terminal.line(
          new Json()
              .line(
                  new Answer(
                      report.decisions(), report.anchored(), report.kept(), dryRun, unmatched)));
      return;
    }
    if (report.decisions() == 0) {
      terminal.line("No decision is without its row.");
      return;
    }
    terminal.line(
        String.format(
            "%s without their row: %s %s, %s left because the row is decided already, %s"
                + " unmatched.",
            count(report.decisions()),
            Table.number(report.anchored()),
            dryRun ? "would be anchored" : "anchored",
            Table.number(report.kept()),
            Table.number(unmatched.size())));
    if (!unmatched.isEmpty()) {
      terminal.line("Unmatched:");
      table(unmatched).print(terminal);
    }
  }

  private static String count(long decisions) {
    return decisions == 1 ? "1 decision" : Table.number(decisions) + " decisions";
  }

  private static Table table(Collection<Unmatched> unmatched) {
    Table table = new Table("shard", "#row", "verdict", "edited", "tags", "annotator", "at");
    for (Unmatched one : unmatched) {
      table.add(
          one.shard(),
          Table.number(one.row()),
          one.verdict() == null ? "" : one.verdict(),
          one.edited() == null ? "" : one.edited(),
          String.join(", ", one.tags()),
          one.annotator(),
          one.at());
    }
    return table;
  }

  private static Unmatched unmatched(StrayDecision stray) {
    Decision decision = stray.decision();
    Verdict verdict = decision.verdict();
    return new Unmatched(
        stray.shard(),
        decision.key().row(),
        decision.key().toString(),
        verdict == null ? null : verdict.id(),
        decision.preferredTrack(),
        decision.editedText(),
        decision.tags(),
        decision.spans(),
        decision.annotator(),
        ReviewLogCommand.time(decision.at()));
  }
}
