package io.capbench.app.cli;

import io.capbench.storage.dataset.ImportCache;
import io.capbench.storage.dataset.ImportCache.Part;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what the cache holds, and clears it. */
@Command(
    name = "cache",
    description = {
      "Prints what the cache holds: copies of JSON, CSV, tars and image folders, images from the"
          + " web, and what running programs keep there. Copies that were not used for longest go"
          + " by themselves beyond 20 GiB."
    },
    footer = {"", "Examples:", "  capbench cache", "  capbench cache --clear"})
final class CacheCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--clear",
      description =
          "Remove all that can be made or fetched again and that no open dataset reads. Decisions"
              + " are not in the cache.")
  private boolean clear;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  CacheCommand(Session session) {
    this.session = session;
  }

  /** What {@code --json} prints; {@code freed} is null unless something was to be cleared. */
  record Report(String folder, List<Part> parts, long bytes, @Nullable Long freed) {}

  @Override
  public Integer call() {
    Path folder = session.folders().cache();
    Report report = report(folder);
    Terminal terminal = session.terminal();
    if (json) {
      terminal.line(new Json().line(report));
      return ExitCode.OK;
    }
    terminal.line(SafeText.line(report.folder()));
    Table table = new Table("part", "#files", "#size");
    for (Part part : report.parts()) {
      table.add(part.name(), Table.number(part.files()), Table.bytes(part.bytes()));
    }
    table.add("all", "", Table.bytes(report.bytes()));
    table.print(terminal);
    if (report.freed() != null) {
      terminal.line("Freed " + Table.bytes(report.freed()) + ".");
    }
    return ExitCode.OK;
  }

  private Report report(Path folder) {
    try {
      ImportCache cache = new ImportCache(folder);
      Long freed = clear ? cache.clear() : null;
      List<Part> parts = cache.parts();
      long bytes = parts.stream().mapToLong(Part::bytes).sum();
      return new Report(folder.toString(), parts, bytes, freed);
    } catch (IOException e) {
      throw new CapbenchException(
          folder + " cannot be read: " + e + "; check who may read and write it", e);
    }
  }
}
