package io.capbench.app.cli;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.llama.LlamaLoader;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.torch.DeviceChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command on models is about, and where it runs. */
final class ModelFolder {
  @Parameters(
      paramLabel = "DIR",
      description =
          "Folder of a model: weights (.safetensors, .pt, .bin) and a configuration; or a file of"
              + " weights.")
  private Path path = Path.of("");

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where it runs: auto (the default), cpu or gpu.")
  private DeviceChoice device = DeviceChoice.AUTO;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Configuration to take in place of what the folder has: ViT-B-16, ...")
  private @Nullable String preset;

  Path path() {
    return path;
  }

  /** Loads a language model. To be closed by the caller. */
  LlamaModel loadLlama(Session session, Precision precision) {
    return new LlamaLoader(session.folders().cache().resolve("models"))
        .load(path, device, precision, session.context());
  }

  /** Loads the model, and remembers the hashes of its files. To be closed by the caller. */
  ClipModel load(Session session) {
    return new ClipLoader(session.folders().cache().resolve("models"))
        .load(path, device, preset, session.context());
  }
}
