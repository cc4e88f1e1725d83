package io.capbench.app.cli;

import io.capbench.storage.dataset.RowView;
import io.capbench.storage.export.CaptionPolicy;
import io.capbench.storage.export.DecisionSelection;
import io.capbench.storage.export.ExportReport;
import io.capbench.storage.export.ExportRequest;
import io.capbench.storage.export.WebDatasetExporter;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CommaList;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.workspace.NamedScores;
import io.capbench.storage.workspace.ScoreSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Exports chosen rows as a WebDataset. */
@Command(
    name = "export",
    description = {
      "Writes chosen rows with their images as a WebDataset, in the layout of img2dataset.",
      "Fails, and writes nothing, if no row is selected."
    },
    footer = {
      "",
      "Examples:",
      "  capbench export captions.parquet --out accepted",
      "  capbench export shards/ --out all --decisions not-rejected --captions"
          + " edited,track:capsfusion"
    })
final class ExportCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DATASET", arity = "1..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the export; made if it does not exist.")
  private Path out = Path.of("");

  @Mixin private DatasetOptions options = new DatasetOptions();
  @Mixin private QueryOptions query = new QueryOptions();

  @Option(
      names = "--decisions",
      paramLabel = "CHOICE",
      converter = SelectionConverter.class,
      description = "Which rows by decision: accepted (the default), all or not-rejected.")
  private DecisionSelection decisions = DecisionSelection.ACCEPTED;

  @Option(
      names = "--captions",
      paramLabel = "POLICY",
      description =
          "Where a sample's caption comes from: edited, preferred and track:NAME, tried in order,"
              + " separated by commas (default: edited, preferred, then the first fused track).")
  private @Nullable String captions;

  @Option(
      names = "--similarity",
      paramLabel = "NAMES",
      description =
          "Tell how alike captions and image are, as capbench score found, in fields"
              + " similarity_NAME: names of tracks for the model that scored last, MODEL:TRACK for"
              + " any, separated by commas.")
  private List<String> similarity = new ArrayList<>();

  @Option(
      names = "--samples-per-shard",
      paramLabel = "N",
      description = "Samples in a tar at most, 1 to 1,000,000 (default: 10,000).")
  private int samplesPerShard = ExportRequest.Target.DEFAULT_SAMPLES_PER_SHARD;

  @Option(
      names = "--overwrite",
      description = "Replace an earlier export in DIR; other files stay.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ExportCommand(Session session) {
    this.session = session;
  }

  /** Reads a selection by the word that stands for it. */
  static final class SelectionConverter implements ITypeConverter<DecisionSelection> {
    @Override
    public DecisionSelection convert(String text) {
      try {
        return DecisionSelection.of(text);
      } catch (CapbenchException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Integer call() {
    ExportRequest.Target target;
    try {
      target = new ExportRequest.Target(out, samplesPerShard, overwrite);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--samples-per-shard: " + e.getMessage());
    }
    try (OpenedDataset opened = OpenedDataset.open(session, datasets, options)) {
      opened.explainGaps(session.terminal());
      CaptionPolicy policy = policy(opened);
      NamedScores scores = scores(opened);
      List<RowFilter> filters =
          decisions == DecisionSelection.ACCEPTED
              ? List.of(new RowFilter.Decided(Verdict.ACCEPTED))
              : List.of();
      try (RowView view = opened.view(query.with(filters))) {
        if (view.size() == 0) {
          throw nothingSelected(opened);
        }
        ExportRequest.Source source =
            new ExportRequest.Source(
                view,
                opened.info(),
                opened.dataset().images(),
                opened::decisions,
                similarities(scores));
        ExportRequest.Choice choice =
            new ExportRequest.Choice(decisions, policy, description(scores));
        ExportReport report =
            new WebDatasetExporter()
                .export(new ExportRequest(source, choice, target), session.context());
        new ExportPrinter(session.terminal(), json).print(report);
        return report.samples() > 0 ? ExitCode.OK : ExitCode.FAILED;
      }
    }
  }

  private CaptionPolicy policy(OpenedDataset opened) {
    if (captions != null) {
      return CaptionPolicy.parse(captions, opened.info().mapping());
    }
    if (opened.missingTracks() != null) {
      throw new CapbenchException("There is no caption to export; nothing was written.");
    }
    return CaptionPolicy.defaultFor(opened.info().mapping());
  }

  /** The scores that are told, or null if none are. */
  private @Nullable NamedScores scores(OpenedDataset opened) {
    if (similarity.isEmpty()) {
      return null;
    }
    NamedScores scores = opened.scores();
    Set<String> known = scores == null ? Set.of() : scores.series().keySet();
    similarity = similarity.stream().flatMap(names -> CommaList.of(names, known).stream()).toList();
    for (String name : similarity) {
      if (!known.contains(name)) {
        throw new CapbenchException(
            "There is no similarity called "
                + name
                + ", so nothing was exported. "
                + (known.isEmpty()
                    ? "No row was scored."
                    : "There are " + String.join(", ", known) + ".")
                + " Score rows with capbench score DATASET --model DIR.");
      }
    }
    return scores;
  }

  private ExportRequest.Similarities similarities(@Nullable NamedScores scores) {
    if (scores == null) {
      return ExportRequest.Similarities.NONE;
    }
    return new ExportRequest.Similarities(
        similarity,
        keys -> {
          Map<RowKey, Map<String, Double>> rows = new HashMap<>();
          scores
              .of(similarity, keys)
              .forEach(
                  (key, found) -> {
                    Map<String, Double> values = new HashMap<>();
                    found.forEach(
                        (name, score) -> {
                          if (score.similarity() != null) {
                            values.put(name, score.similarity());
                          }
                        });
                    rows.put(key, values);
                  });
          return rows;
        });
  }

  private Map<String, String> description(@Nullable NamedScores scores) {
    Map<String, String> description = new LinkedHashMap<>();
    String where = query.where();
    if (where != null) {
      description.put("where", where);
    }
    String order = query.order();
    if (order != null) {
      description.put("order", order);
    }
    for (String name : similarity) {
      ScoreSeries series = scores == null ? null : scores.series().get(name);
      if (series != null) {
        description.put("similarity_" + name, "model " + series.model().sha256());
      }
    }
    return description;
  }

  private CapbenchException nothingSelected(OpenedDataset opened) {
    String where = query.where() == null ? "" : ", or change --where";
    if (decisions == DecisionSelection.ACCEPTED) {
      return new CapbenchException(
          "No row of "
              + opened.info().name()
              + (query.where() == null ? "" : " that matches --where")
              + " is accepted in the workspace "
              + options.workspace().file(session)
              + ", so nothing was exported. Accept rows in the window, name another --workspace, or"
              + " export without asking for decisions with --decisions all"
              + where
              + ".");
    }
    return new CapbenchException(
        "No row of " + opened.info().name() + " matches, so nothing was exported.");
  }
}
