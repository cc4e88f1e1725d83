package io.capbench.engine.fusion;

import io.capbench.engine.llama.LlamaConfig;
import io.capbench.engine.llama.LlamaLoader;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.tokenizer.LlamaTokenizer;
import io.capbench.storage.job.JobContext;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads models that merge captions on this machine. Thread-safe. */
public final class LocalFuserLoader {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFuserLoader.class);

  private final Path cacheFolder;

  /**
   * A loader.
   *
   * @param cacheFolder where it remembers hashes of files; made if it is not there
   */
  public LocalFuserLoader(Path cacheFolder) {
    this.cacheFolder = cacheFolder;
  }

  /**
   * Loads a model. Takes seconds to minutes; progress is in bytes of weights that are hashed, which
   * is done once for each file.
   *
   * @param folder with config.json, weights and tokenizer.json
   * @return to be closed by the caller
   * @throws io.capbench.storage.model.CapbenchException if there is no such model, if it is damaged
   *     or of another architecture, if it does not fit into memory, or the prompt has no room
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public LocalFuser load(
      Path folder, FusionPrompt prompt, LocalOptions options, JobContext context) {
    LlamaConfig config = LlamaConfig.read(folder);
    LlamaTokenizer tokenizer = LlamaTokenizer.open(folder);
    LocalFuser.Loaded loaded;
    try {
      tokenizer.mismatch(config.sizes().vocabulary()).ifPresent(LOG::warn);
      LlamaLoader loader = new LlamaLoader(cacheFolder);
      LlamaModel model = loader.load(folder, options.device(), options.precision(), context);
      try {
        String sha256 = loader.textHash(folder, context);
        loaded =
            new LocalFuser.Loaded(model, tokenizer, name(folder), sha256, dtype(model, options));
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
    return new LocalFuser(loaded, prompt, options);
  }

  private static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }

  private static String dtype(LlamaModel model, LocalOptions options) {
    return options.precision() == Precision.INT8
        ? Precision.INT8.id()
        : model.type().name().toLowerCase(Locale.ROOT);
  }
}
