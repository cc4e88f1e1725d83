package io.capbench.app.cli;

import io.capbench.storage.dataset.ImageCheck;
import io.capbench.storage.dataset.ImageCounts;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how many rows have an image of which status. */
@Command(
    name = "images",
    description = {
      "Counts rows by what is known of their images: ok, 404, timeout, not an image and so on.",
      "Without --check nothing is fetched."
    },
    footer = {
      "",
      "Examples:",
      "  capbench images captions.parquet",
      "  capbench images shards/ --check --where \"length(caption) > 100\" --json"
    })
final class ImagesCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DATASET", arity = "1..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Mixin private DatasetOptions options = new DatasetOptions();
  @Mixin private QueryOptions query = new QueryOptions();

  @Option(
      names = "--check",
      description =
          "Look at every image that is not known yet, or failed some time ago; those on the web are"
              + " fetched into the cache. May be stopped and goes on where it was.")
  private boolean check;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ImagesCommand(Session session) {
    this.session = session;
  }

  /**
   * What {@code --json} prints.
   *
   * @param dataset name of the dataset
   * @param rows all rows that match
   * @param statuses rows by status; only statuses that occur
   */
  record Report(String dataset, long rows, Map<String, Long> statuses) {}

  @Override
  public Integer call() {
    if (check && session.web().offline()) {
      throw new CapbenchException(
          "Images cannot be checked offline; take CAPBENCH_OFFLINE out of the environment.");
    }
    try (OpenedDataset opened = OpenedDataset.open(session, datasets, options);
        RowView view = opened.view(query.with(List.of()))) {
      opened.explainGaps(session.terminal());
      ImageCheck images = new ImageCheck(view, opened.dataset());
      print(
          opened.info().name(),
          check ? images.run(session.context()) : images.count(session.context()));
    }
    return ExitCode.OK;
  }

  private void print(String name, ImageCounts counts) {
    Terminal terminal = session.terminal();
    terminal.clearStatus();
    if (json) {
      Map<String, Long> statuses = new LinkedHashMap<>();
      counts.byStatus().forEach((status, rows) -> statuses.put(status.id(), rows));
      terminal.line(new Json().line(new Report(name, counts.rows(), statuses)));
      return;
    }
    for (Map.Entry<ImageStatus, Long> entry : counts.byStatus().entrySet()) {
      terminal.line(
          String.format(
              Locale.ROOT,
              "%,12d  %-16s %s",
              entry.getValue(),
              entry.getKey().id(),
              entry.getKey().words()));
    }
    terminal.line(String.format(Locale.ROOT, "%,12d  rows", counts.rows()));
  }
}
