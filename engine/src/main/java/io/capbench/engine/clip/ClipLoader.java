package io.capbench.engine.clip;

import ai.djl.ndarray.NDManager;
import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.TorchDevice;
import io.capbench.engine.torch.TorchFailure;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.WeightsHash;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Loads CLIP models from what was published. Thread-safe. */
public final class ClipLoader {
  private static final int NAMED = 5;

  private final Path cacheFolder;

  /**
   * A loader.
   *
   * @param cacheFolder where it remembers hashes of files; made if it is not there
   */
  public ClipLoader(Path cacheFolder) {
    this.cacheFolder = cacheFolder;
  }

  /**
   * Loads a model. Takes seconds; progress is in tensors.
   *
   * @param path a folder with weights and a configuration, or a file of weights; the configuration
   *     is open_clip_config.json or config.json beside the weights, else it is found by their
   *     shapes
   * @param choice where it shall run
   * @param preset name of a configuration to take instead, see {@link Presets}, or null
   * @param context is told how far it is, and ends it
   * @throws CapbenchException if there is no such model, if it is damaged or of another kind, or if
   *     there is not enough memory
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public ClipModel load(
      Path path, DeviceChoice choice, @Nullable String preset, JobContext context) {
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      ConfigFinder finder = new ConfigFinder(path, checkpoint);
      ClipConfig config = finder.find(preset);
      TensorNames names = TensorNames.of(checkpoint);
      List<String> problems = new ArrayList<>(finder.problems());
      List<String> extra = new ClipTensors(config).check(checkpoint, names);
      if (!extra.isEmpty()) {
        problems.add(unused(extra));
      }
      TorchRuntime torch = TorchRuntime.start();
      try {
        return TorchFailure.explained(
            "reading the weights of " + checkpoint.path().getFileName(),
            () ->
                read(
                    new Source(path, preset, finder, checkpoint, names, config, problems),
                    torch,
                    choice,
                    context));
      } catch (RuntimeException e) {
        torch.close();
        throw e;
      }
    }
  }

  private record Source(
      Path path,
      @Nullable String preset,
      ConfigFinder found,
      Checkpoint checkpoint,
      TensorNames names,
      ClipConfig config,
      List<String> problems) {

    /** What the model is made of: weights and configuration. */
    List<Path> files() {
      List<Path> files = new ArrayList<>(checkpoint.files());
      files.addAll(found.files());
      return files;
    }
  }

  private ClipModel read(
      Source source, TorchRuntime torch, DeviceChoice choice, JobContext context) {
    TorchDevice device = torch.device(choice);
    NDManager manager = torch.newManager(device);
    FoundTokenizer tokenizer = FoundTokenizer.find(source.found().folder(), source.config().text());
    try {
      ClipConfig config = source.config();
      ClipWeights weights =
          new ClipWeights(source.checkpoint(), source.names(), manager, torch.ops(), context);
      ClipModel.Loaded loaded =
          new ClipModel.Loaded(
              device,
              new VisionTower(config.vision(), weights, torch.ops()),
              new TextTower(config.text(), weights, torch.ops()),
              (float) Math.exp(weights.number("logit_scale")),
              config.logitBias() ? weights.number("logit_bias") : 0,
              weights.buffers());
      weights.checkFinite();
      tokenizer.problem().ifPresent(source.problems()::add);
      String hash = hash(source, context);
      ModelDescription description =
          describe(source, weights.parameters(), tokenizer.name(), hash, device);
      return new ClipModel(torch, manager, config, loaded, tokenizer, description);
    } catch (RuntimeException e) {
      tokenizer.close();
      manager.close();
      throw e;
    }
  }

  /** A preset changes what a model computes as another configuration file does. */
  private String hash(Source source, JobContext context) {
    String files = new WeightsHash(cacheFolder).ofAll(source.files(), context);
    String preset = source.preset();
    if (preset == null) {
      return files;
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] line = (files + "  " + preset + "\n").getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(sha.digest(line));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private ModelDescription describe(
      Source source, long parameters, String tokenizer, String hash, TorchDevice device) {
    VisionConfig vision = source.config().vision();
    Path name = source.path().toAbsolutePath().normalize().getFileName();
    return new ModelDescription(
        name == null ? source.path().toString() : name.toString(),
        source.path(),
        source.config().architecture(),
        parameters,
        source.checkpoint().mainType().safetensorsName(),
        vision.transformer().layers(),
        vision.transformer().width(),
        vision.imageHeight(),
        vision.patchHeight(),
        tokenizer,
        hash,
        device.name(),
        List.copyOf(source.problems()));
  }

  private static String unused(List<String> names) {
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    int more = names.size() - NAMED;
    return names.size()
        + (names.size() == 1 ? " tensor is" : " tensors are")
        + " not part of the model and were left out: "
        + first
        + (more > 0 ? " and " + more + " more." : ".");
  }
}
