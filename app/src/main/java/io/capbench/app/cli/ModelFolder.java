package io.capbench.app.cli;

import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.llama.LlamaInspection;
import io.capbench.engine.llama.LlamaLoader;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.LlamaReport;
import io.capbench.engine.llama.Precision;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The model that a command on models is about, and where it runs. */
final class ModelFolder {
  @Parameters(
      paramLabel = "DIR",
      description =
          "Folder of a model: weights (.safetensors, .pt, .bin) and a configuration; or a file of"
              + " weights.")
  private Path path = Path.of("");

  @Mixin private LoadingOptions loading = new LoadingOptions();

  Path path() {
    return path;
  }

  /** Loads a language model. To be closed by the caller. */
  LlamaModel loadLlama(Session session, Precision precision) {
    return new LlamaLoader(session.folders().cache().resolve("models"))
        .load(path, loading.device(), precision, session.context());
  }

  /** Looks at the folder of a language model. */
  LlamaReport inspectLlama(Session session) {
    return new LlamaInspection(
            path, loading.device(), session.folders().cache().resolve("models"), session.context())
        .run();
  }

  /** Loads the model, and remembers the hashes of its files. To be closed by the caller. */
  ClipModel load(Session session) {
    return loading.clip(session).load(path, loading.device(), loading.preset(), session.context());
  }
}
