package io.capbench.app.cli;

import io.capbench.engine.text.DroppedToken;
import io.capbench.engine.text.OriginToken;
import io.capbench.engine.text.Provenance;
import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.engine.text.ShareCounter;
import io.capbench.engine.text.Shares;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.TrackRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says where the words of fused captions come from. */
@Command(
    name = "provenance",
    description = {
      "Says of every token of a fused caption which of its two parents has it: raw, synthetic,"
          + " both, neither, or glue for words without content of their own.",
      "With datasets instead of captions: the shares over all rows that match, pooled over their"
          + " content tokens. Its first raw, synthetic and fused tracks are compared."
    },
    footer = {
      "",
      "Examples:",
      "  capbench provenance --raw \"Nikon D850\" --synthetic \"a camera\" --fused \"A Nikon camera\"",
      "  capbench provenance captions.parquet --where \"length(capsfusion) > 100\" --json"
    })
final class ProvenanceCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DATASET", arity = "0..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Option(names = "--raw", paramLabel = "TEXT", description = "The raw alt-text of one row.")
  private @Nullable String raw;

  @Option(names = "--synthetic", paramLabel = "TEXT", description = "Its synthetic caption.")
  private @Nullable String synthetic;

  @Option(names = "--fused", paramLabel = "TEXT", description = "The caption made of both.")
  private @Nullable String fused;

  @Mixin private DatasetOptions options = new DatasetOptions();
  @Mixin private QueryOptions query = new QueryOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ProvenanceCommand(Session session) {
    this.session = session;
  }

  /** What {@code --json} prints for one row. */
  record RowReport(List<Token> tokens, Shares shares, Dropped dropped, long contentTokens) {}

  record Token(String text, int start, int end, String origin) {}

  record Dropped(List<String> raw, List<String> synthetic) {}

  /**
   * What {@code --json} prints for datasets.
   *
   * @param rows rows with a fused caption
   * @param rowsWithoutFused rows that match and have none; they are in no share
   */
  record DatasetReport(
      Shares shares, long rows, long contentTokens, long rowsWithoutFused, Tracks tracks) {}

  record Tracks(String raw, String synthetic, String fused) {}

  @Override
  public Integer call() {
    String fusedText = fused;
    if (!datasets.isEmpty()) {
      if (raw != null || synthetic != null || fusedText != null) {
        throw new UsageException("Name either datasets or --raw, --synthetic and --fused");
      }
      return analyzeDataset();
    }
    if (raw == null || synthetic == null || fusedText == null) {
      throw new UsageException("Name a dataset, or all of --raw, --synthetic and --fused");
    }
    Provenance provenance = new ProvenanceAnalyzer().analyze(raw, synthetic, fusedText);
    if (json) {
      session.terminal().line(new Json().line(report(provenance)));
    } else {
      new ProvenancePrinter(session.terminal()).print(fusedText, provenance);
    }
    return ExitCode.OK;
  }

  private static RowReport report(Provenance provenance) {
    ShareCounter counter = new ShareCounter();
    counter.add(provenance);
    return new RowReport(
        provenance.tokens().stream().map(ProvenanceCommand::token).toList(),
        provenance.shares(),
        new Dropped(texts(provenance.droppedRaw()), texts(provenance.droppedSynthetic())),
        counter.contentTokens());
  }

  private static Token token(OriginToken token) {
    return new Token(token.text(), token.start(), token.end(), token.origin().id());
  }

  private static List<String> texts(List<DroppedToken> tokens) {
    return tokens.stream().map(DroppedToken::text).toList();
  }

  private int analyzeDataset() {
    try (OpenedDataset opened = OpenedDataset.open(session, datasets, options)) {
      opened.explainGaps(session.terminal());
      CaptionTrack rawTrack = opened.require(TrackRole.RAW);
      CaptionTrack syntheticTrack = opened.require(TrackRole.SYNTHETIC);
      CaptionTrack fusedTrack = opened.require(TrackRole.FUSED);
      Tracks tracks = new Tracks(rawTrack.name(), syntheticTrack.name(), fusedTrack.name());
      try (RowView view = opened.view(query.with(List.of()))) {
        ShareCounter counter = count(opened, view, tracks);
        DatasetReport report =
            new DatasetReport(
                counter.shares(),
                counter.rows(),
                counter.contentTokens(),
                view.size() - counter.rows(),
                tracks);
        if (json) {
          session.terminal().line(new Json().line(report));
        } else {
          new ProvenancePrinter(session.terminal()).print(report);
        }
      }
    }
    return ExitCode.OK;
  }

  private ShareCounter count(OpenedDataset opened, RowView view, Tracks tracks) {
    ProvenanceAnalyzer analyzer = new ProvenanceAnalyzer();
    ShareCounter counter = new ShareCounter();
    long[] done = {0};
    opened.forEachPage(
        view,
        0,
        Long.MAX_VALUE,
        page -> {
          for (CaptionRow row : page) {
            String text = row.caption(tracks.fused());
            if (text != null) {
              counter.add(
                  analyzer.analyze(
                      row.caption(tracks.raw()), row.caption(tracks.synthetic()), text));
            }
          }
          done[0] += page.size();
          session.context().progress(done[0], view.size(), "rows");
        });
    return counter;
  }
}
