package io.capbench.app.cli;

import io.capbench.engine.published.ModelDownload;
import io.capbench.engine.published.PublishedModels;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which models, and where they are kept. */
final class ModelsOptions {
  @Option(
      names = "--list",
      paramLabel = "FILE",
      description =
          "Take this list of models instead of Capbench's own, for example of a mirror; see"
              + " docs/models.md.")
  private @Nullable Path list;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description =
          "The folder of all models; each gets a folder in there. Without it: models, in the folder"
              + " of Capbench's data.")
  private @Nullable Path into;

  PublishedModels published() {
    return list == null ? PublishedModels.bundled() : PublishedModels.read(list);
  }

  ModelDownload download(Session session) {
    return new ModelDownload(into == null ? session.folders().models() : into.toAbsolutePath());
  }
}
