package io.capbench.app.cli;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.torch.DeviceChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which CLIP model, and where it runs. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of a CLIP model: weights (.safetensors, .pt, .bin), a configuration and a"
              + " tokenizer; or the file of weights in it.")
  private Path path = Path.of("");

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where it runs: auto (the default), cpu or gpu.")
  private DeviceChoice device = DeviceChoice.AUTO;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Configuration to take where the folder has none that fits.")
  private @Nullable String preset;

  Path path() {
    return path;
  }

  DeviceChoice device() {
    return device;
  }

  @Nullable String preset() {
    return preset;
  }

  /** Loads models, and remembers the hashes of their files. */
  ClipLoader loader(Session session) {
    return new ClipLoader(session.folders().cache().resolve("models"));
  }
}
