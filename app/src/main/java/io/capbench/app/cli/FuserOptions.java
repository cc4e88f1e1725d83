package io.capbench.app.cli;

import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FusionDefaults;
import io.capbench.engine.fusion.FusionPrompt;
import io.capbench.engine.fusion.LocalFuserLoader;
import io.capbench.engine.fusion.LocalOptions;
import io.capbench.engine.llama.Precision;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model merges captions, and how. */
final class FuserOptions {
  private static final int REQUESTS = 8;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of a LLaMA model: config.json, weights and tokenizer.json.")
  private @Nullable Path model;

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description =
          "What it computes in: stored (the default: as the weights are), int8 (half the memory of"
              + " bf16), bf16 or f32.")
  private String precision = Precision.STORED.id();

  @Mixin private GenerationOptions generation = new GenerationOptions();

  @Option(
      names = "--prompt",
      paramLabel = "FILE",
      description =
          "Text to give the model, with {raw} and {synthetic} in it (default: fusion_prompt.txt in"
              + " the model's folder, else that of CapsFusion).")
  private @Nullable Path prompt;

  @Option(
      names = "--prompt-tokens",
      paramLabel = "N",
      description = "Tokens of a prompt at most, captions are cut; 256 if not given.")
  private int promptTokens = LocalOptions.original().promptTokens();

  @Option(
      names = "--strict-original",
      description =
          "Cut prompts as capsfusion_inference.py does, with its two defects, and merge captions that"
              + " are empty or hold parts of the prompt.")
  private boolean strictOriginal;

  @Option(
      names = "--rows-at-once",
      paramLabel = "N",
      description =
          "Rows, or requests to an endpoint, at the same time, 1 to 256; if not given, as many rows as"
              + " suit the memory, 32 at most, or 8 requests.")
  private @Nullable Integer rows;

  @Mixin private EndpointFuserOptions endpoint = new EndpointFuserOptions();

  /**
   * Opens what was chosen.
   *
   * @return to be closed by the caller
   */
  Fuser open(Session session) {
    if (rows != null && rows < 1) {
      throw new UsageException("--rows-at-once is 1 or more");
    }
    if ((model == null) == (endpoint.url() == null)) {
      throw new UsageException(
          "Name either a model's folder with --model or a server with --endpoint");
    }
    Path folder = model;
    FusionDefaults usual = folder == null ? FusionDefaults.capsFusion() : FusionDefaults.of(folder);
    FusionPrompt text = prompt == null ? usual.prompt() : FusionPrompt.read(prompt);
    if (folder == null) {
      if (strictOriginal) {
        throw new UsageException("--strict-original is for models on this machine");
      }
      int requests = rows == null ? REQUESTS : rows;
      return endpoint.open(text, generation.maxNew(usual.search()), requests, promptTokens);
    }
    LocalOptions options = UsageException.ifRefused(() -> local(usual));
    ModelOptions.tellNote(folder, session);
    return new LocalFuserLoader(session.folders().cache().resolve("models"))
        .load(folder, text, options, session.context());
  }

  private LocalOptions local(FusionDefaults usual) {
    generation.options(List.of()); // refuses numbers that are not possible before a model is loaded
    return new LocalOptions(
        Precision.of(precision),
        device.choice(),
        generation.search(usual.search()),
        promptTokens,
        strictOriginal,
        rows == null ? LocalOptions.SUITABLE_ROWS : rows);
  }
}
