package io.capbench.app.cli;

import io.capbench.engine.fusion.CaptionPair;
import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FuserDescription;
import io.capbench.engine.fusion.FusionKeeper;
import io.capbench.engine.fusion.FusionReport;
import io.capbench.engine.fusion.FusionRequest;
import io.capbench.engine.fusion.RowFusion;
import io.capbench.engine.text.Detectors;
import io.capbench.storage.dataset.RowView;
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

/** Merges raw and synthetic captions. */
@Command(
    name = "fuse",
    description = {
      "Merges a raw alt-text and a synthetic caption with a language model: on this machine with"
          + " --model, on a server with --endpoint.",
      "With datasets, the captions of all rows that match are merged and kept in the workspace. May"
          + " be stopped and goes on where it was. With --out, all rows are then written with them."
    },
    footer = {
      "",
      "Examples:",
      "  capbench fuse --raw \"Nikon D850\" --synthetic \"a camera\" --model CapsFus-LLaMA",
      "  capbench fuse captions.parquet --model CapsFus-LLaMA --precision int8 --out fused.parquet",
      "  capbench fuse shards/ --endpoint http://localhost:8000/v1 --rows-at-once 64 --out f.jsonl"
    })
final class FuseCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DATASET", arity = "0..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Option(names = "--raw", paramLabel = "TEXT", description = "The raw alt-text of one row.")
  private @Nullable String raw;

  @Option(names = "--synthetic", paramLabel = "TEXT", description = "Its synthetic caption.")
  private @Nullable String synthetic;

  @Mixin private FuserOptions fuser = new FuserOptions();
  @Mixin private DatasetOptions options = new DatasetOptions();
  @Mixin private QueryOptions query = new QueryOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write all rows of the datasets in their order, with the fused captions, to FILE.parquet,"
              + " FILE.jsonl, or FILE.json in CapsFusion's form. One of that name is replaced.")
  private @Nullable Path out;

  @Option(names = "--again", description = "Fuse rows anew that were fused before.")
  private boolean again;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  FuseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (datasets.isEmpty() == (raw == null && synthetic == null)) {
      throw new UsageException("Name either datasets, or both of --raw and --synthetic");
    }
    if (!datasets.isEmpty()) {
      fuseDatasets();
    } else if (raw == null || synthetic == null) {
      throw new UsageException("Name both of --raw and --synthetic");
    } else if (out != null) {
      throw new UsageException("--out is for datasets");
    } else {
      fuseRow(new CaptionPair(raw, synthetic));
    }
    return ExitCode.OK;
  }

  private void fuseRow(CaptionPair captions) {
    long start = System.nanoTime();
    try (Fuser opened = fuser.open(session)) {
      long loaded = System.nanoTime();
      Terminal terminal = session.terminal();
      FusedCaption fused =
          opened.fuse(
              captions,
              text -> {
                if (terminal.showsProgress()) {
                  terminal.status(SafeText.line(text));
                }
              },
              session.context());
      List<String> flags = FusionKeeper.flags(new Detectors(), captions, fused);
      new FusePrinter(terminal, json)
          .print(
              opened.description(),
              fused,
              flags,
              new FusePrinter.Seconds(loaded - start, System.nanoTime() - loaded));
    }
  }

  private void fuseDatasets() {
    FusedFile file = out == null ? null : FusedFile.at(out);
    try (OpenedDataset opened = OpenedDataset.openToWrite(session, datasets, options)) {
      opened.explainGaps(session.terminal());
      CaptionTrack rawTrack = opened.require(TrackRole.RAW);
      CaptionTrack syntheticTrack = opened.require(TrackRole.SYNTHETIC);
      if (file != null) {
        file.check(opened);
      }
      FusionReport report;
      FuserDescription description;
      try (RowView rows = opened.view(query.with(List.of()));
          Fuser model = fuser.open(session)) {
        description = model.description();
        report =
            new RowFusion(model, opened.workspace().fusions(), series -> {})
                .fuse(new FusionRequest(rows, rawTrack, syntheticTrack, again), session.context());
      }
      if (file != null) {
        file.write(opened, report.fuser(), rawTrack, syntheticTrack, session.context());
      }
      new FusePrinter(session.terminal(), json).print(opened, description, report, out);
    }
  }
}
