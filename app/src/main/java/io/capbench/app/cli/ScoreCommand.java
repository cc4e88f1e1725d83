package io.capbench.app.cli;

import io.capbench.engine.score.CaptionScorer;
import io.capbench.engine.score.ClipSpace;
import io.capbench.engine.score.JointSpace;
import io.capbench.engine.score.ScoreReport;
import io.capbench.engine.score.ScoreRequest;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.CommaList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares captions with their images. */
@Command(
    name = "score",
    description = {
      "Finds how alike the captions and the image of every row are to a CLIP model, and keeps that in"
          + " the workspace: similarity.TRACK in --where and --order, in rows and in exports.",
      "May be stopped and goes on where it was."
    },
    footer = {
      "",
      "Examples:",
      "  capbench score shards/ --model models/ViT-B-16",
      "  capbench score captions.parquet --model models/ViT-L-14 --tracks laion_2b,capsfusion",
      "  capbench rows captions.parquet --order similarity.capsfusion --limit 20"
    })
final class ScoreCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DATASET", arity = "1..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Mixin private DatasetOptions options = new DatasetOptions();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private QueryOptions query = new QueryOptions();

  @Option(
      names = "--tracks",
      paramLabel = "NAMES",
      description = "Names of caption tracks, separated by commas (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--again",
      description =
          "Read the images of rows that have a score too; those whose image or caption changed are"
              + " scored anew.")
  private boolean again;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ScoreCommand(Session session) {
    this.session = session;
  }

  /**
   * What {@code --json} prints.
   *
   * @param model label of the model in {@code similarity."LABEL:TRACK"}
   * @param sha256 identifies its weights and configuration
   * @param rows rows that were gone through; the other numbers count captions
   */
  record Report(
      String dataset,
      String workspace,
      String model,
      String sha256,
      String device,
      List<String> tracks,
      long rows,
      long scored,
      long reused,
      long kept,
      long failed,
      long blank,
      double seconds) {}

  @Override
  public Integer call() {
    try (OpenedDataset opened = OpenedDataset.openToWrite(session, datasets, options)) {
      opened.explainGaps(session.terminal());
      ColumnMapping mapping = opened.info().mapping();
      List<CaptionTrack> tracks = tracks(opened);
      try (RowView rows = opened.view(query.with(List.of()));
          JointSpace space =
              ClipSpace.open(
                  model.path(),
                  model.device(),
                  model.preset(),
                  model.loader(session),
                  session.context())) {
        ScoreReport report =
            new CaptionScorer(space, opened.workspace().scores())
                .score(
                    new ScoreRequest(rows, mapping, tracks, opened.dataset().images(), again),
                    session.context());
        print(opened, space, tracks, report);
        model.tellNote(session);
      }
    }
    return ExitCode.OK;
  }

  private List<CaptionTrack> tracks(OpenedDataset opened) {
    ColumnMapping mapping = opened.info().mapping();
    if (mapping.imageColumn() == null) {
      throw new CapbenchException(
          opened.info().name()
              + " has no column with images, so there is nothing to compare captions with."
              + " \"capbench inspect\" lists the columns.");
    }
    if (mapping.tracks().isEmpty()) {
      throw new CapbenchException("There is no caption to score; nothing was done.");
    }
    if (names.isEmpty()) {
      return mapping.tracks();
    }
    List<String> known = mapping.tracks().stream().map(CaptionTrack::name).toList();
    List<CaptionTrack> tracks = new ArrayList<>();
    Set<String> wanted = new LinkedHashSet<>();
    names.forEach(text -> wanted.addAll(CommaList.of(text, known)));
    for (String name : wanted) {
      tracks.add(
          mapping
              .track(name)
              .orElseThrow(
                  () ->
                      new CapbenchException(
                          "There is no track "
                              + name
                              + ". The tracks are "
                              + mapping.tracks().stream()
                                  .map(CaptionTrack::name)
                                  .collect(Collectors.joining(", "))
                              + ".")));
    }
    return tracks;
  }

  private void print(
      OpenedDataset opened, JointSpace space, List<CaptionTrack> tracks, ScoreReport report) {
    Terminal terminal = session.terminal();
    terminal.clearStatus();
    Path workspace = opened.workspace().file();
    if (json) {
      terminal.line(
          new Json()
              .line(
                  new Report(
                      opened.info().name(),
                      workspace.toString(),
                      report.model().label(),
                      report.model().sha256(),
                      space.model().device(),
                      tracks.stream().map(CaptionTrack::name).toList(),
                      report.rows(),
                      report.scored(),
                      report.reused(),
                      report.kept(),
                      report.failed(),
                      report.blank(),
                      report.seconds())));
      return;
    }
    terminal.line(
        String.format(
            Locale.ROOT,
            "%,d rows in %.1f s with %s on %s",
            report.rows(),
            report.seconds(),
            SafeText.line(report.model().label()),
            space.model().device()));
    terminal.count(report.scored(), "captions scored");
    terminal.count(report.reused(), "took the score of the same caption and image");
    terminal.count(report.kept(), "were scored before");
    terminal.count(report.failed(), "have no image that can be used; rows --json says why");
    terminal.count(report.blank(), "are missing or blank");
    terminal.line("The scores are in " + SafeText.line(workspace.toString()) + ".");
  }
}
