package io.capbench.app.cli;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.ShardInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a dataset is made of, without reading its rows. */
@Command(
    name = "inspect",
    description = {
      "Shows what a dataset is made of: its shards, its columns, which of them are captions and"
          + " image, and why. At most a few rows are read.",
      "Shards that cannot be read are listed with the reason."
    },
    footer = {
      "",
      "Examples:",
      "  capbench inspect captions.parquet",
      "  capbench inspect shards/ --json",
      "  capbench inspect data.jsonl --track raw=raw:alt --track blip=synthetic:description"
    })
final class InspectCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DATASET", arity = "1..*", description = DatasetOptions.DATASETS)
  private List<Path> datasets = new ArrayList<>();

  @Mixin private DatasetOptions options = new DatasetOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  InspectCommand(Session session) {
    this.session = session;
  }

  /** What {@code --json} prints. */
  record Report(
      long rows, List<Shard> shards, List<Column> columns, List<Track> tracks, Image image) {}

  record Shard(
      String path,
      long rows,
      int rowGroups,
      long bytes,
      @Nullable String fingerprint,
      @Nullable String error) {}

  record Column(String name, String type, @Nullable String reason) {}

  record Track(String name, String role, String column) {}

  record Image(@Nullable String column, @Nullable String kind) {}

  @Override
  public Integer call() {
    Terminal terminal = session.terminal();
    try (OpenedDataset opened = OpenedDataset.open(session, datasets, options)) {
      if (json) {
        terminal.line(new Json().line(report(opened)));
      } else {
        print(terminal, opened);
      }
      String missing = opened.missingTracks();
      if (missing != null) {
        terminal.flush();
        terminal.message(missing);
      }
    }
    return ExitCode.OK;
  }

  private static Report report(OpenedDataset opened) {
    DatasetInfo info = opened.info();
    return new Report(
        info.rows(),
        info.shards().stream().map(InspectCommand::shard).toList(),
        info.columns().stream()
            .map(
                column ->
                    new Column(column.name(), column.type(), opened.reasons().get(column.name())))
            .toList(),
        info.mapping().tracks().stream().map(InspectCommand::track).toList(),
        new Image(info.mapping().imageColumn(), kind(info.mapping())));
  }

  private static Shard shard(ShardInfo shard) {
    return new Shard(
        shard.path().toString(),
        shard.rows(),
        shard.rowGroups(),
        shard.bytes(),
        shard.fingerprint(),
        shard.error());
  }

  private static Track track(CaptionTrack track) {
    return new Track(track.name(), track.role().id(), track.column());
  }

  private static @Nullable String kind(ColumnMapping mapping) {
    return mapping.imageKind() == ImageKind.NONE
        ? null
        : mapping.imageKind().name().toLowerCase(Locale.ROOT);
  }

  private static void print(Terminal terminal, OpenedDataset opened) {
    DatasetInfo info = opened.info();
    terminal.line(
        String.format(Locale.ROOT, "%s: %,d rows", SafeText.line(info.name()), info.rows()));
    terminal.line("");
    terminal.line("Shards");
    Table shards = new Table("path", "#rows", "#row groups", "#size", "fingerprint or problem");
    for (ShardInfo shard : info.shards()) {
      String error = shard.error();
      shards.add(
          shard.path().toString(),
          Table.number(shard.rows()),
          Table.number(shard.rowGroups()),
          Table.bytes(shard.bytes()),
          error != null ? error : String.valueOf(shard.fingerprint()));
    }
    shards.print(terminal);
    terminal.line("");
    terminal.line("Columns");
    Table columns = new Table("name", "type", "used as", "because it");
    for (ColumnInfo column : info.columns()) {
      String use = OpenedDataset.use(info.mapping(), column.name());
      columns.add(
          column.name(),
          column.type(),
          use.isEmpty() ? "-" : use,
          String.valueOf(opened.reasons().get(column.name())));
    }
    columns.print(terminal);
    terminal.line("");
    String image = info.mapping().imageColumn();
    terminal.line(
        image == null
            ? "No image column"
            : "Image in " + SafeText.line(image) + ", as " + kind(info.mapping()));
  }
}
