package io.capbench.engine.clip;

import io.capbench.engine.pixels.PreprocessConfig;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.model.CapbenchException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the configuration of a checkpoint from the shapes of its tensors, as open_clip's {@code
 * build_model_from_openai_state_dict} does. Shapes say neither what activation a model has nor how
 * many heads; published models do.
 */
final class ShapeGuess {
  private static final int HEAD_WIDTH = 64;
  private static final String QUICK = "-quickgelu";

  private final Checkpoint checkpoint;
  private final TensorNames names;

  ShapeGuess(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.names = TensorNames.of(checkpoint);
  }

  /**
   * Finds it, and says what was assumed.
   *
   * @param problems gets a sentence
   * @throws CapbenchException if it is no CLIP model, or none whose shapes say enough
   */
  ClipConfig config(List<String> problems) {
    ClipConfig shapes = fromShapes();
    boolean openAi = isOpenAi();
    Optional<String> preset =
        new Presets()
            .names().stream()
                .filter(name -> name.endsWith(QUICK) == openAi)
                .filter(name -> alike(new Presets().read(name), shapes))
                .findFirst();
    ClipConfig config =
        preset.map(name -> fitted(new Presets().read(name))).orElseGet(() -> shapes);
    Activation activation = config.vision().transformer().activation();
    problems.add(
        "No configuration lies beside the weights; by their shapes they are taken for "
            + preset.orElse(config.architecture())
            + " with "
            + (activation == Activation.QUICK_GELU ? "QuickGELU" : "GELU")
            + ". If that is wrong, name another preset or add open_clip_config.json.");
    return config;
  }

  /** A preset with the vocabulary and the context length that the weights have. */
  ClipConfig fitted(ClipConfig preset) {
    List<Long> vocabulary = shape("token_embedding.weight", 2);
    List<Long> positions = shape("positional_embedding", 2);
    TextConfig text = preset.text();
    return new ClipConfig(
        preset.embedDim(),
        preset.vision(),
        new TextConfig(
            text.transformer(),
            Math.toIntExact(positions.get(0)),
            Math.toIntExact(vocabulary.get(0)),
            text.causal(),
            text.pool(),
            text.endToken(),
            text.projection()),
        preset.logitBias(),
        preset.preprocess());
  }

  private ClipConfig fromShapes() {
    List<Long> kernel = shape("visual.conv1.weight", 4);
    int patch = Math.toIntExact(kernel.get(2));
    int side = (int) Math.round(Math.sqrt(shape("visual.positional_embedding", 2).get(0) - 1.0));
    Activation activation = isOpenAi() ? Activation.QUICK_GELU : Activation.GELU;
    boolean preNorm = has("visual.ln_pre.weight");
    if (!preNorm) {
      return new Presets().read("ViT-L-14-CLIPS-224");
    }
    List<Long> projection = shape("text_projection", 2);
    return new ClipConfig(
        Math.toIntExact(projection.get(names.turned("text_projection") ? 0 : 1)),
        new VisionConfig(
            blocks("visual.transformer.resblocks.", activation),
            side * patch,
            side * patch,
            patch,
            patch,
            true,
            false,
            VisionPool.TOKEN),
        new TextConfig(
            blocks("transformer.resblocks.", activation),
            Math.toIntExact(shape("positional_embedding", 2).get(0)),
            Math.toIntExact(shape("token_embedding.weight", 2).get(0)),
            true,
            TextPool.ARGMAX,
            0,
            TextProjection.MATRIX),
        false,
        PreprocessConfig.openAi(Math.max(1, side * patch)));
  }

  private TransformerConfig blocks(String prefix, Activation activation) {
    int layers = 0;
    while (has(prefix + layers + ".mlp.c_fc.weight")) {
      layers++;
    }
    List<Long> widen = shape(prefix + "0.mlp.c_fc.weight", 2);
    int width = Math.toIntExact(widen.get(1));
    if (width % HEAD_WIDTH != 0) {
      throw new CapbenchException(
          checkpoint.path()
              + " comes without a configuration, and its shapes do not say how many attention heads"
              + " it has (width "
              + width
              + "). Put the open_clip_config.json or config.json that was published with it beside"
              + " it.");
    }
    return new TransformerConfig(
        width,
        layers,
        width / HEAD_WIDTH,
        Math.toIntExact(widen.get(0)),
        activation,
        1e-5,
        has(prefix + "0.ls_1.gamma"));
  }

  /** OpenAI's files have their sizes among the weights, or the first matrix as 16-bit floats. */
  private boolean isOpenAi() {
    String kernel = "visual.conv1.weight";
    String norm = "ln_final.weight";
    boolean mixed =
        checkpoint.has(kernel)
            && checkpoint.has(norm)
            && checkpoint.info(kernel).type() == TensorType.F16
            && checkpoint.info(norm).type() == TensorType.F32;
    return mixed || checkpoint.has("input_resolution");
  }

  private static boolean alike(ClipConfig preset, ClipConfig shapes) {
    VisionConfig a = preset.vision();
    VisionConfig b = shapes.vision();
    return preset.embedDim() == shapes.embedDim()
        && a.imageHeight() == b.imageHeight()
        && a.patchHeight() == b.patchHeight()
        && a.preNorm() == b.preNorm()
        && alike(a.transformer(), b.transformer())
        && alike(preset.text().transformer(), shapes.text().transformer());
  }

  private static boolean alike(TransformerConfig a, TransformerConfig b) {
    return a.width() == b.width() && a.layers() == b.layers() && a.mlpWidth() == b.mlpWidth();
  }

  private boolean has(String name) {
    return checkpoint.has(names.stored(name).get(0));
  }

  private List<Long> shape(String name, int dimensions) {
    String stored = names.stored(name).get(0);
    List<Long> shape = checkpoint.has(stored) ? checkpoint.info(stored).shape() : List.of();
    if (shape.size() == dimensions && shape.stream().allMatch(size -> size > 0)) {
      return shape;
    }
    String what = OtherArchitecture.of(checkpoint).map(other -> " It is " + other + ".").orElse("");
    throw new CapbenchException(
        checkpoint.path()
            + " comes without a configuration and is not a CLIP model with a vision transformer: it"
            + " has no tensor "
            + stored
            + " of "
            + dimensions
            + " dimensions."
            + what);
  }
}
