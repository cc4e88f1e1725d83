package io.capbench.engine.clip;

import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a checkpoint calls the weights that open_clip's class CLIP names. */
enum TensorNames {
  /** OpenAI, open_clip, DreamLIP, CLIPS. */
  OPEN_CLIP,

  /** open_clip's CustomTextCLIP: the text tower's names begin with "text.". */
  CUSTOM_TEXT,

  /** CLIPModel of the transformers library. */
  HUGGING_FACE;

  private static final String VISION_BLOCKS = "visual.transformer.resblocks.";
  private static final String TEXT_BLOCKS = "transformer.resblocks.";
  private static final List<String> SHARES = List.of("q", "k", "v");

  private static final Map<String, String> HUGGING_FACE_NAMES =
      Map.ofEntries(
          Map.entry("visual.conv1.weight", "vision_model.embeddings.patch_embedding.weight"),
          Map.entry("visual.class_embedding", "vision_model.embeddings.class_embedding"),
          Map.entry(
              "visual.positional_embedding", "vision_model.embeddings.position_embedding.weight"),
          Map.entry("visual.ln_pre.weight", "vision_model.pre_layrnorm.weight"),
          Map.entry("visual.ln_pre.bias", "vision_model.pre_layrnorm.bias"),
          Map.entry("visual.ln_post.weight", "vision_model.post_layernorm.weight"),
          Map.entry("visual.ln_post.bias", "vision_model.post_layernorm.bias"),
          Map.entry("visual.proj", "visual_projection.weight"),
          Map.entry("token_embedding.weight", "text_model.embeddings.token_embedding.weight"),
          Map.entry("positional_embedding", "text_model.embeddings.position_embedding.weight"),
          Map.entry("ln_final.weight", "text_model.final_layer_norm.weight"),
          Map.entry("ln_final.bias", "text_model.final_layer_norm.bias"),
          Map.entry("text_projection", "text_projection.weight"));

  private static final Map<String, String> HUGGING_FACE_PARTS =
      Map.of(
          "ln_1", "layer_norm1",
          "ln_2", "layer_norm2",
          "attn.out_proj", "self_attn.out_proj",
          "mlp.c_fc", "mlp.fc1",
          "mlp.c_proj", "mlp.fc2");

  /** In published checkpoints, and without meaning for what the model computes. */
  private static final Set<String> IDLE =
      Set.of(
          "visual.proj2",
          "logit_scale_local",
          "input_resolution",
          "context_length",
          "vocab_size",
          "attn_mask",
          "text.attn_mask",
          "text_model.embeddings.position_ids",
          "vision_model.embeddings.position_ids");

  /** The way a checkpoint has. */
  static TensorNames of(Checkpoint checkpoint) {
    boolean hugging =
        checkpoint.tensors().stream()
            .map(TensorInfo::name)
            .anyMatch(name -> name.startsWith("vision_model.") || name.startsWith("text_model."));
    if (hugging) {
      return HUGGING_FACE;
    }
    return checkpoint.has("text.token_embedding.weight") ? CUSTOM_TEXT : OPEN_CLIP;
  }

  /** Whether a tensor is known to be of no use. */
  static boolean idle(String stored) {
    return IDLE.contains(stored);
  }

  /**
   * What a checkpoint calls a weight.
   *
   * @param name as open_clip has it
   * @return one name, or three whose tensors lie one below the other
   */
  List<String> stored(String name) {
    return switch (this) {
      case OPEN_CLIP -> List.of(name);
      case CUSTOM_TEXT ->
          List.of(name.startsWith("visual.") || name.startsWith("logit") ? name : "text." + name);
      case HUGGING_FACE -> huggingFace(name);
    };
  }

  /** Whether a weight is stored on its side: rows are what columns are elsewhere. */
  boolean turned(String name) {
    return this == HUGGING_FACE && (name.equals("visual.proj") || name.equals("text_projection"));
  }

  private static List<String> huggingFace(String name) {
    if (name.startsWith(VISION_BLOCKS)) {
      return block("vision_model.encoder.layers.", name.substring(VISION_BLOCKS.length()));
    }
    if (name.startsWith(TEXT_BLOCKS)) {
      return block("text_model.encoder.layers.", name.substring(TEXT_BLOCKS.length()));
    }
    return List.of(HUGGING_FACE_NAMES.getOrDefault(name, name));
  }

  /** Names within a block: "0.ln_1.weight" becomes "0.layer_norm1.weight". */
  private static List<String> block(String prefix, String name) {
    int dot = name.indexOf('.');
    String block = prefix + name.substring(0, dot + 1);
    String part = name.substring(dot + 1);
    if (part.startsWith("attn.in_proj_")) {
      String kind = part.substring("attn.in_proj_".length());
      return SHARES.stream().map(each -> block + "self_attn." + each + "_proj." + kind).toList();
    }
    int last = part.lastIndexOf('.');
    String layer = part.substring(0, last);
    return List.of(block + HUGGING_FACE_PARTS.getOrDefault(layer, layer) + part.substring(last));
  }
}
