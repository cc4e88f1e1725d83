package io.capbench.storage.export;

import io.capbench.storage.export.ExportRequest.Choice;
import io.capbench.storage.export.ExportRequest.Source;
import io.capbench.storage.export.ExportRequest.Target;
import io.capbench.storage.job.JobContext;
import java.nio.file.Path;
import java.util.Map;

/** Exports ten samples a shard until it is killed and prints a line for every picture it reads. */
final class ExportingProgram {
  private ExportingProgram() {}

  public static void main(String[] args) {
    MemoryDataset data = new MemoryDataset().rows(100_000);
    Source source = data.source();
    Source printing =
        new Source(
            source.rows(),
            source.info(),
            image -> {
              System.out.println(image.name());
              System.out.flush();
              return source.images().read(image);
            },
            source.decisions());
    new WebDatasetExporter()
        .export(
            new ExportRequest(
                printing,
                new Choice(
                    DecisionSelection.ALL,
                    CaptionPolicy.defaultFor(data.info().mapping()),
                    Map.of()),
                new Target(Path.of(args[0]), 10, false)),
            JobContext.unwatched());
  }
}
