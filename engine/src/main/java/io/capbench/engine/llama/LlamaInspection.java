package io.capbench.engine.llama;

import io.capbench.engine.tokenizer.LlamaTokenizer;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.TorchDevice;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the folder of a language model, says what it is, what is wrong with all parts of it, and
 * what it needs; if it can run here, passes one token through it. For one use.
 */
public final class LlamaInspection {
  private static final double NANOS = 1e9;

  /** Tokens at the same time: of one text after its prompt, of several, and of a prompt. */
  private static final List<Integer> ROWS = List.of(1, 4, 96);

  private final Path folder;
  private final DeviceChoice choice;
  private final LlamaLoader loader;
  private final JobContext context;
  private final List<String> defects = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param folder with config.json
   * @param choice where the model shall run
   * @param cacheFolder where hashes of files are remembered; made if it is not there
   * @param context is told of progress in bytes that are hashed, and ends it
   */
  public LlamaInspection(Path folder, DeviceChoice choice, Path cacheFolder, JobContext context) {
    this.folder = folder;
    this.choice = choice;
    this.loader = new LlamaLoader(cacheFolder);
    this.context = context;
  }

  /**
   * Looks. What is wrong with the folder is said in the result.
   *
   * @throws CapbenchException if config.json cannot be read at all, or PyTorch does not start
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public LlamaReport run() {
    LlamaConfigReader reader = new LlamaConfigReader(folder);
    LlamaConfig config = tried(reader::read);
    Weights weights = tried(() -> weights(config));
    String tokenizer = tokenizer(config);
    String sha256 = weights == null ? null : tried(() -> loader.textHash(folder, context));
    TorchDevice device;
    try (TorchRuntime torch = TorchRuntime.start()) {
      device = torch.device(choice);
    }
    MemoryNeed need = weights == null ? null : weights.need();
    boolean fits = need != null && fits(need, device);
    Double seconds = fits && defects.isEmpty() ? tried(() -> seconds()) : null;
    boolean usable = defects.isEmpty();
    List<LlamaReport.Memory> memory = need == null ? List.of() : memory(need, device, usable);
    Path name = folder.toAbsolutePath().normalize().getFileName();
    List<String> problems = new ArrayList<>(defects);
    problems.addAll(notes);
    return new LlamaReport(
        name == null ? folder.toString() : name.toString(),
        folder,
        reader.architecture(),
        parameters(config, weights),
        weights == null ? null : weights.dtype(),
        reader.stated(LlamaConfigReader.LAYERS).orElse(null),
        reader.stated(LlamaConfigReader.WIDTH).orElse(null),
        reader.stated(LlamaConfigReader.VOCABULARY).orElse(null),
        tokenizer,
        sha256,
        device.name(),
        memory,
        problems,
        usable,
        seconds);
  }

  /** What it gives, or null and a defect if it cannot. */
  private <T> @Nullable T tried(Supplier<T> step) {
    try {
      return step.get();
    } catch (CapbenchException e) {
      defects.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** What the files of weights say. */
  private record Weights(long numbers, String dtype, @Nullable MemoryNeed need) {}

  private Weights weights(@Nullable LlamaConfig config) {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      long numbers = checkpoint.tensors().stream().mapToLong(TensorInfo::elements).sum();
      if (config == null) {
        return new Weights(numbers, checkpoint.mainType().safetensorsName(), null);
      }
      List<String> wrong = LlamaTensors.defects(config, checkpoint);
      defects.addAll(wrong);
      LlamaTensors.unused(config, checkpoint).ifPresent(notes::add);
      return new Weights(
          numbers,
          checkpoint.mainType().safetensorsName(),
          wrong.isEmpty() ? new MemoryNeed(folder, config, checkpoint) : null);
    }
  }

  private static @Nullable Long parameters(
      @Nullable LlamaConfig config, @Nullable Weights weights) {
    if (config != null) {
      return config.parameters();
    }
    return weights == null ? null : weights.numbers();
  }

  /** A model without one still computes on tokens that are given. */
  private @Nullable String tokenizer(@Nullable LlamaConfig config) {
    try (LlamaTokenizer tokenizer = LlamaTokenizer.open(folder)) {
      if (config != null) {
        tokenizer.mismatch(config.sizes().vocabulary()).ifPresent(notes::add);
      }
      return tokenizer.name();
    } catch (CapbenchException e) {
      notes.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private boolean fits(MemoryNeed need, TorchDevice device) {
    return need.objection(Precision.STORED, device).map(notes::add).isEmpty();
  }

  private List<LlamaReport.Memory> memory(MemoryNeed need, TorchDevice device, boolean sound) {
    List<LlamaReport.Memory> memory = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      boolean fits = need.objection(precision, device).isEmpty();
      Double seconds = null;
      String problem = null;
      if (fits && sound) {
        try {
          seconds = promptSeconds(precision);
        } catch (CapbenchException e) {
          problem = e.getMessage();
          notes.add("In the precision " + precision.id() + " it does not run here: " + problem);
        }
      }
      memory.add(
          new LlamaReport.Memory(precision.id(), need.bytes(precision), fits, seconds, problem));
    }
    return memory;
  }

  /** Passes texts of as many tokens as fusing does through the first layer and the output layer. */
  private double promptSeconds(Precision precision) {
    try (LlamaModel model = loader.loadFirstLayer(folder, choice, precision, context)) {
      double seconds = 0;
      for (int rows : ROWS) {
        context.checkCancelled();
        long start = System.nanoTime();
        checkFinite(new PromptLogits(model).of(Collections.nCopies(rows, firstToken(model))));
        seconds = (System.nanoTime() - start) / NANOS;
      }
      return seconds;
    }
  }

  /** Passes the first token of all texts through the model, as it is stored. */
  private double seconds() {
    try (LlamaModel model = loader.load(folder, choice, Precision.STORED, context)) {
      long start = System.nanoTime();
      checkFinite(new PromptLogits(model).of(List.of(firstToken(model))));
      return (System.nanoTime() - start) / NANOS;
    }
  }

  private static int firstToken(LlamaModel model) {
    int begin = model.config().tokens().begin();
    return begin < model.config().sizes().vocabulary() ? Math.max(0, begin) : 0;
  }

  private void checkFinite(float[] logits) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new CapbenchException(
            folder
                + " loads, but gives numbers that are none (NaN or infinite). Its weights are"
                + " damaged: download it again.");
      }
    }
  }
}
