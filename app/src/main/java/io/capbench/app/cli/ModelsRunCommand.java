package io.capbench.app.cli;

import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.llama.LlamaConfig;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.run.ClipRun;
import io.capbench.engine.run.LlamaRun;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a model on given tensors. */
@Command(
    name = "run",
    description = {
      "Runs a model on given tensors and writes what it says of them, to check a checkpoint against"
          + " another implementation. The folder needs no tokenizer.",
      "A CLIP model takes pixel_values [I,3,H,W] (prepared: resized and normalised) and/or token_ids"
          + " [T,L]. It gives image_features, image_features_norm, local_tokens, text_features,"
          + " text_features_norm, and of both logits_per_image and cosine_similarity.",
      "A LLaMA model takes input_ids [B,L], and attention_mask [B,L] where rows are padded. It gives"
          + " logits [B,L,V]; with --generate also sequences [B,*], and sequences_scores [B] if there"
          + " are several beams."
    },
    footer = {
      "",
      "Examples:",
      "  capbench models run vit-b-16 --inputs in.safetensors --out out.safetensors",
      "  capbench models run dreamlip --inputs in.safetensors --out out.safetensors --explain"
          + " --grouping 0.1",
      "  capbench models run capsfus-llama --inputs in.safetensors --out out.safetensors --generate"
          + " --beams 3 --max-new 80"
    })
final class ModelsRunCommand implements Callable<Integer> {
  private static final String SINGLE = "f32";

  private final Session session;

  @Mixin private ModelFolder model = new ModelFolder();

  @Option(
      names = "--inputs",
      paramLabel = "FILE",
      required = true,
      description = "The tensors to run on, a safetensors file.")
  private Path inputs = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The safetensors file to write; one of that name is replaced.")
  private Path out = Path.of("");

  @Option(
      names = "--compute",
      paramLabel = "TYPE",
      description =
          "What is computed with: f32 (the default), and for LLaMA models also bf16 and int8.")
  private String compute = SINGLE;

  @Option(
      names = "--explain",
      description =
          "Write relevance maps of every caption in every image too, from the last block and from"
              + " all blocks, attention of the CLS token, and attention rollout.")
  private boolean explain;

  @Option(
      names = "--grouping",
      paramLabel = "SIGMA",
      description =
          "Write the weights of DreamLIP's grouping with this threshold too: a number from 0, or"
              + " null for one part in the number of patches.")
  private @Nullable String grouping;

  @Option(names = "--generate", description = "Let a LLaMA model continue the rows.")
  private boolean generate;

  @Mixin private GenerationOptions generation = new GenerationOptions();

  ModelsRunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!Files.isRegularFile(inputs)) {
      throw new CapbenchException(
          inputs + " is not there. Name the safetensors file with the tensors with --inputs.");
    }
    if (LlamaConfig.describes(model.path())) {
      runLlama();
    } else {
      runClip();
    }
    session.terminal().message("Wrote " + out);
    return ExitCode.OK;
  }

  private void runLlama() {
    if (explain || grouping != null) {
      throw new CapbenchException(
          model.path() + " is a language model; --explain and --grouping are for CLIP models.");
    }
    UsageException.ifRefused(() -> generation.options(List.of()));
    Precision precision = UsageException.ifRefused(() -> Precision.of(compute));
    try (LlamaModel loaded = model.loadLlama(session, precision)) {
      DecodingOptions options =
          generate ? generation.options(loaded.config().tokens().ends()) : null;
      new LlamaRun(loaded, options).run(inputs, out, session.context());
    }
  }

  private void runClip() {
    if (generate) {
      throw new CapbenchException(
          model.path() + " is no language model (LLaMA); leave --generate out.");
    }
    if (!compute.equals(SINGLE)) {
      throw new CapbenchException(
          "CLIP models compute with f32 only, not with "
              + compute
              + ". Weights of 16 bits are read as they are; leave --compute out.");
    }
    Sigma sigma = grouping == null ? null : Sigma.of(grouping);
    try (ClipModel loaded = model.load(session)) {
      new ClipRun(loaded, explain, sigma).run(inputs, out, session.context());
    }
  }
}
