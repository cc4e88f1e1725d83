package io.capbench.engine.fusion;

import io.capbench.engine.llama.LlamaConfig;
import io.capbench.engine.llama.LlamaLoader;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.tokenizer.LlamaTokenizer;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.WeightsHash;
import io.capbench.storage.job.JobContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads models that merge captions on this machine. Thread-safe. */
public final class LocalFuserLoader {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFuserLoader.class);

  /** What decides on texts beside the weights, where it is there. */
  private static final List<String> CONFIGURATION =
      List.of("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json");

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
      if (config.sizes().vocabulary() != tokenizer.size()) {
        LOG.warn(
            "{} knows {} tokens, the model in config.json {}; captions with one that the tokenizer"
                + " does not know are given a reason instead",
            tokenizer.file(),
            tokenizer.size(),
            config.sizes().vocabulary());
      }
      LlamaModel model =
          new LlamaLoader(cacheFolder).load(folder, options.device(), options.precision(), context);
      try {
        String sha256 = hash(folder, context);
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

  private String hash(Path folder, JobContext context) {
    List<Path> files;
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      files = new ArrayList<>(checkpoint.files());
    }
    CONFIGURATION.stream().map(folder::resolve).filter(Files::isRegularFile).forEach(files::add);
    return new WeightsHash(cacheFolder).ofAll(files, context);
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
