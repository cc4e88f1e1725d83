package io.capbench.engine.llama;

import ai.djl.ndarray.NDManager;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.LinearTable;
import io.capbench.engine.torch.LinearTables;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.torch.TorchDevice;
import io.capbench.engine.torch.TorchFailure;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.engine.torch.WeightReader;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.WeightsHash;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads LLaMA models from folders as they were published. Thread-safe. */
public final class LlamaLoader {
  private static final Logger LOG = LoggerFactory.getLogger(LlamaLoader.class);

  private static final String TOKENIZER = "tokenizer.json";

  /** What decides on texts beside the weights, where it is there. */
  private static final List<String> TEXT_FILES =
      List.of(
          LlamaConfigReader.CONFIG, "generation_config.json", TOKENIZER, "tokenizer_config.json");

  /** What else does where the tokenizer is not in one file. */
  private static final List<String> TOKENIZER_PARTS =
      List.of("tokenizer.model", "added_tokens.json", "special_tokens_map.json");

  private final Path cacheFolder;

  /**
   * A loader.
   *
   * @param cacheFolder where it remembers hashes of files and keeps weights as bytes; made if it is
   *     not there
   */
  public LlamaLoader(Path cacheFolder) {
    this.cacheFolder = cacheFolder;
  }

  /**
   * Loads a model. In the precision it is stored in that takes a moment on a processor; as bytes it
   * takes minutes the first time, when they are made.
   *
   * @param folder with {@code config.json} and weights
   * @param choice where it shall run
   * @param context is told how far it is, and ends it
   * @throws CapbenchException if there is no such model, if it is damaged or of another kind, or if
   *     it does not fit into the device's memory; nothing stays allocated then
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public LlamaModel load(
      Path folder, DeviceChoice choice, Precision precision, JobContext context) {
    LlamaConfig config = LlamaConfig.read(folder);
    TorchRuntime torch = TorchRuntime.start();
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      LlamaTensors.check(config, checkpoint);
      TorchDevice device = torch.device(choice);
      MemoryNeed need = new MemoryNeed(folder, config, checkpoint);
      need.check(precision, device);
      Target target = new Target(device, precision, need.weights(precision));
      if (precision != Precision.INT8) {
        return load(config, checkpoint, torch, target, context);
      }
      Path bytes = bytes(folder, config, checkpoint, torch, context);
      try (Checkpoint cached = Checkpoint.open(bytes)) {
        return load(config, cached, torch, target, context);
      }
    } catch (RuntimeException e) {
      torch.close();
      throw e;
    }
  }

  /**
   * Loads the first layer of a model with its table and output layer, to see whether this machine
   * computes it. Leaves nothing in the cache.
   *
   * @return to be closed by the caller
   * @throws CapbenchException as {@link #load}
   */
  LlamaModel loadFirstLayer(
      Path folder, DeviceChoice choice, Precision precision, JobContext context) {
    LlamaConfig config = LlamaConfig.read(folder).firstLayer();
    TorchRuntime torch = TorchRuntime.start();
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      long bytes = new MemoryNeed(folder, config, checkpoint).weights(precision);
      Target target = new Target(torch.device(choice), precision, bytes);
      if (precision != Precision.INT8) {
        return load(config, checkpoint, torch, target, context);
      }
      Files.createDirectories(cacheFolder);
      Path file = Files.createTempFile(cacheFolder, "first-layer-", ".safetensors");
      try (NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU))) {
        new ByteWeights(config, checkpoint, manager).write(file, context);
        try (Checkpoint written = Checkpoint.open(file)) {
          return load(config, written, torch, target, context);
        }
      } finally {
        // What is mapped stays until the model is closed.
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      torch.close();
      throw unwritable(e);
    } catch (RuntimeException e) {
      torch.close();
      throw e;
    }
  }

  /**
   * One hash of a model's weights and configuration, as results are kept under.
   *
   * @param folder of the model
   * @param context told of progress in bytes; may cancel
   * @return 64 lower-case hex digits
   * @throws CapbenchException if a file cannot be read
   */
  public String hash(Path folder, JobContext context) {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      return hash(folder, checkpoint, context);
    }
  }

  /**
   * One hash of everything that decides on a model's texts: weights, configuration and tokenizer.
   * Fused captions are kept under it.
   *
   * @param folder of the model
   * @param context told of progress in bytes; may cancel
   * @return 64 lower-case hex digits
   * @throws CapbenchException if a file cannot be read
   */
  public String textHash(Path folder, JobContext context) {
    List<Path> files;
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      files = new ArrayList<>(checkpoint.files());
    }
    List<String> names = new ArrayList<>(TEXT_FILES);
    if (!Files.isRegularFile(folder.resolve(TOKENIZER))) {
      names.addAll(TOKENIZER_PARTS);
    }
    names.stream().map(folder::resolve).filter(Files::isRegularFile).forEach(files::add);
    return new WeightsHash(cacheFolder).ofAll(files, context);
  }

  private String hash(Path folder, Checkpoint checkpoint, JobContext context) {
    List<Path> files = new ArrayList<>(checkpoint.files());
    files.add(folder.resolve(LlamaConfigReader.CONFIG));
    return new WeightsHash(cacheFolder).ofAll(files, context);
  }

  private LlamaModel load(
      LlamaConfig config,
      Checkpoint checkpoint,
      TorchRuntime torch,
      Target target,
      JobContext context) {
    NDManager manager = torch.newManager(target.device());
    try (WeightReader reader = new WeightReader(checkpoint, manager)) {
      LlamaWeights weights =
          TorchFailure.explained(
              "reading the weights of " + checkpoint.path(),
              () -> new LlamaWeightLoader(config, reader, target.precision(), context).load());
      Optional<LinearTable> table =
          target.device().isGpu()
              ? Optional.empty()
              : Optional.of(new LinearTables(torch, cacheFolder).of(types(weights, target)));
      return new LlamaModel(
          config,
          weights,
          torch,
          manager,
          new LlamaModel.Home(target.device(), target.bytes(), table));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** What its linear layers are of: the last one keeps the type that is computed in. */
  private static Set<NumberType> types(LlamaWeights weights, Target target) {
    return target.precision() == Precision.INT8
        ? EnumSet.of(weights.type(), NumberType.INT8)
        : EnumSet.of(weights.type());
  }

  /** The file of weights as bytes, made if it is not there. */
  private Path bytes(
      Path folder,
      LlamaConfig config,
      Checkpoint checkpoint,
      TorchRuntime torch,
      JobContext context) {
    String hash = hash(folder, checkpoint, context);
    Path file = cacheFolder.resolve(hash + "-int8.safetensors");
    if (Files.isRegularFile(file)) {
      return file;
    }
    try {
      Files.createDirectories(cacheFolder);
      try (CacheTurn turn = CacheTurn.take(cacheFolder.resolve(hash + ".lock"), context);
          NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU))) {
        if (!Files.isRegularFile(file)) {
          LOG.debug("{} makes {}", turn, file);
          new ByteWeights(config, checkpoint, manager).write(file, context);
        }
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    return file;
  }

  private CapbenchException unwritable(IOException e) {
    return new CapbenchException(
        "Cannot write to the folder "
            + cacheFolder
            + ": "
            + e.getMessage()
            + ". Check that you may write there.",
        e);
  }

  private record Target(TorchDevice device, Precision precision, long bytes) {}
}
