package io.capbench.app.cli;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.weights.ModelAdvice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

  @Mixin private LoadingOptions loading = new LoadingOptions();

  Path path() {
    return path;
  }

  DeviceChoice device() {
    return loading.device();
  }

  @Nullable String preset() {
    return loading.preset();
  }

  /** Loads models, and remembers the hashes of their files. */
  ClipLoader loader(Session session) {
    return loading.clip(session);
  }

  /** Says on standard error what its maker says of the model, if anything. */
  void tellNote(Session session) {
    tellNote(path, session);
  }

  static void tellNote(Path model, Session session) {
    String note = ModelAdvice.of(model).note();
    if (note != null) {
      session.terminal().message(model.getFileName() + ": " + SafeText.line(note));
    }
  }
}
