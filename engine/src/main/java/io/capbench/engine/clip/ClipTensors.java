package io.capbench.engine.clip;

import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.storage.model.CapbenchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which tensors, of which shapes, a configuration asks for, by open_clip's names. */
final class ClipTensors {
  /** In a shape: any size. */
  private static final long ANY = -1;

  private static final int NAMED = 10;

  private final ClipConfig config;
  private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

  ClipTensors(ClipConfig config) {
    this.config = config;
    vision(config.vision());
    text(config.text());
    put("logit_scale");
    if (config.logitBias()) {
      put("logit_bias");
    }
  }

  private void vision(VisionConfig vision) {
    long width = vision.transformer().width();
    put("visual.conv1.weight", width, 3, vision.patchHeight(), vision.patchWidth());
    put("visual.class_embedding", width);
    put("visual.positional_embedding", ANY, width);
    if (vision.preNorm()) {
      norm("visual.ln_pre.", width);
    }
    blocks("visual.transformer.resblocks.", vision.transformer());
    norm("visual.ln_post.", width);
    put("visual.proj", width, config.embedDim());
  }

  private void text(TextConfig text) {
    long width = text.transformer().width();
    put("token_embedding.weight", text.vocabSize(), width);
    put("positional_embedding", ANY, width);
    blocks("transformer.resblocks.", text.transformer());
    norm("ln_final.", width);
    switch (text.projection()) {
      case MATRIX -> put("text_projection", width, config.embedDim());
      case LINEAR -> {
        put("text_projection.weight", config.embedDim(), width);
        put("text_projection.bias", config.embedDim());
      }
      case NONE -> {}
    }
  }

  private void blocks(String prefix, TransformerConfig blocks) {
    long width = blocks.width();
    for (int i = 0; i < blocks.layers(); i++) {
      String block = prefix + i + ".";
      norm(block + "ln_1.", width);
      put(block + "attn.in_proj_weight", 3 * width, width);
      put(block + "attn.in_proj_bias", 3 * width);
      linear(block + "attn.out_proj.", width, width);
      norm(block + "ln_2.", width);
      linear(block + "mlp.c_fc.", blocks.mlpWidth(), width);
      linear(block + "mlp.c_proj.", width, blocks.mlpWidth());
      if (blocks.layerScale()) {
        put(block + "ls_1.gamma", width);
        put(block + "ls_2.gamma", width);
      }
    }
  }

  private void norm(String prefix, long width) {
    put(prefix + "weight", width);
    put(prefix + "bias", width);
  }

  private void linear(String prefix, long out, long in) {
    put(prefix + "weight", out, in);
    put(prefix + "bias", out);
  }

  /**
   * Names and shapes of a model that is made anew: positions for images and captions of the
   * configuration's own size.
   */
  Map<String, List<Long>> shapes() {
    Map<String, List<Long>> all = new LinkedHashMap<>(shapes);
    VisionConfig vision = config.vision();
    all.put(
        "visual.positional_embedding",
        List.of(1L + (long) vision.rows() * vision.columns(), (long) vision.transformer().width()));
    all.put(
        "positional_embedding",
        List.of((long) config.text().contextLength(), (long) config.text().transformer().width()));
    return all;
  }

  private void put(String name, long... shape) {
    shapes.put(name, Arrays.stream(shape).boxed().toList());
  }

  /**
   * Compares with what is there.
   *
   * @return names of tensors that nothing asks for
   * @throws CapbenchException if tensors are missing or have other shapes, which it names
   */
  List<String> check(Checkpoint checkpoint, TensorNames names) {
    List<String> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    Set<String> used = new HashSet<>();
    shapes.forEach(
        (name, shape) -> {
          List<String> stored = names.stored(name);
          used.addAll(stored);
          for (String part : stored) {
            if (checkpoint.has(part)) {
              compare(checkpoint.info(part), stored(names, name, shape, stored.size()), wrong);
            } else {
              missing.add(part);
            }
          }
        });
    if (!missing.isEmpty()) {
      throw missing(checkpoint, missing);
    }
    checkPositions(checkpoint, names, wrong);
    if (!wrong.isEmpty()) {
      throw new CapbenchException(
          checkpoint.path()
              + " does not fit its configuration ("
              + config.architecture()
              + "): "
              + listed(wrong)
              + ". Use the configuration that was published with it, or name its --preset.");
    }
    return checkpoint.tensors().stream()
        .map(TensorInfo::name)
        .filter(name -> !used.contains(name) && !TensorNames.idle(name))
        .toList();
  }

  /** Parts lie one below the other; some tensors are stored on their side. */
  private static List<Long> stored(TensorNames names, String name, List<Long> shape, int parts) {
    List<Long> stored = new ArrayList<>(shape);
    if (names.turned(name)) {
      Collections.reverse(stored);
    }
    if (parts > 1) {
      stored.set(0, stored.get(0) / parts);
    }
    return stored;
  }

  private static void compare(TensorInfo info, List<Long> expected, List<String> wrong) {
    if (expected.isEmpty()) {
      if (info.elements() != 1) {
        wrong.add(info.name() + " has shape " + info.shape() + ", not one number");
      }
      return;
    }
    boolean fits = info.shape().size() == expected.size();
    for (int i = 0; fits && i < expected.size(); i++) {
      long size = info.shape().get(i);
      fits = expected.get(i) == ANY ? size > 0 : expected.get(i) == size;
    }
    if (!fits) {
      String shape =
          expected.stream()
              .map(size -> size == ANY ? "any" : size.toString())
              .collect(Collectors.joining(", ", "[", "]"));
      wrong.add(info.name() + " has shape " + info.shape() + ", not " + shape);
    } else if (!info.type().floating()) {
      wrong.add(info.name() + " holds whole numbers (" + info.type() + ")");
    }
  }

  /** Positions of another image size are resampled; for that they have to be a square. */
  private void checkPositions(Checkpoint checkpoint, TensorNames names, List<String> wrong) {
    TensorInfo info = checkpoint.info(names.stored("visual.positional_embedding").get(0));
    if (info.shape().isEmpty()) {
      return;
    }
    long patches = info.shape().get(0) - 1;
    long side = Math.round(Math.sqrt((double) patches));
    long expected = (long) config.vision().rows() * config.vision().columns();
    if (patches != expected && (patches < 1 || side * side != patches)) {
      wrong.add(
          info.name()
              + " has shape "
              + info.shape()
              + ", neither "
              + (expected + 1)
              + " positions nor those of a square and a CLS token");
    }
  }

  private CapbenchException missing(Checkpoint checkpoint, List<String> missing) {
    Optional<String> other = OtherArchitecture.of(checkpoint);
    if (other.isPresent()) {
      return new CapbenchException(
          checkpoint.path()
              + " is "
              + other.get()
              + ", not a CLIP model with a vision transformer. It lacks "
              + listed(missing)
              + ".");
    }
    return new CapbenchException(
        checkpoint.path()
            + " lacks "
            + missing.size()
            + (missing.size() == 1 ? " tensor" : " tensors")
            + " that its configuration ("
            + config.architecture()
            + ") asks for: "
            + listed(missing)
            + ". It is another model than its configuration says, or a part of it was not"
            + " downloaded.");
  }

  private static String listed(List<String> names) {
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
  }
}
