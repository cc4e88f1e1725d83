package io.capbench.engine.clip;

import io.capbench.engine.pixels.Interpolation;
import io.capbench.engine.pixels.PreprocessConfig;
import io.capbench.engine.pixels.ResizeMode;
import io.capbench.storage.model.CapbenchException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads {@code open_clip_config.json}: model_cfg with the fields of open_clip's {@code
 * CLIPVisionCfg} and {@code CLIPTextCfg}, as DreamLIP and CLIPS use them too, and preprocess_cfg. A
 * file of open_clip's model_configs folder, which has no model_cfg, is read as well.
 */
final class OpenClipConfig {
  private static final Set<String> VISION_FIELDS =
      Set.of(
          "layers",
          "width",
          "head_width",
          "mlp_ratio",
          "patch_size",
          "image_size",
          "ls_init_value",
          "patch_dropout",
          "attn_pooler_queries",
          "attn_pooler_heads",
          "no_ln_pre",
          "pos_embed_type",
          "final_ln_after_pool",
          "pool_type",
          "output_tokens",
          "act_kwargs",
          "norm_kwargs",
          "timm_pool",
          "timm_proj");
  private static final Set<String> TEXT_FIELDS =
      Set.of(
          "context_length",
          "vocab_size",
          "hf_tokenizer_name",
          "tokenizer_kwargs",
          "width",
          "heads",
          "layers",
          "mlp_ratio",
          "ls_init_value",
          "pad_id",
          "eos_id",
          "no_causal_mask",
          "final_ln_after_pool",
          "pool_type",
          "proj_bias",
          "proj_type",
          "output_tokens",
          "act_kwargs",
          "norm_kwargs",
          "text_mask",
          "hf_model_pretrained",
          "hf_proj_type",
          "hf_pooler_type");
  private static final double EPSILON = 1e-5;

  private final ConfigNode root;
  private final List<String> problems;

  /**
   * Reads from a file.
   *
   * @param problems what is odd is added to it
   */
  OpenClipConfig(ConfigNode root, List<String> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Whether an object looks like such a configuration. */
  static boolean fits(ConfigNode root) {
    return root.has("model_cfg") || (root.has("vision_cfg") && root.has("text_cfg"));
  }

  /**
   * Reads it.
   *
   * @throws CapbenchException if a field is wrong or asks for something that is not supported
   */
  ClipConfig read() {
    ConfigNode model = root.has("model_cfg") ? root.child("model_cfg") : root;
    if (model.has("multimodal_cfg") || model.has("decoder_cfg")) {
      throw model.unsupported(
          model.has("multimodal_cfg") ? "multimodal_cfg" : "decoder_cfg", "a caption decoder");
    }
    boolean quick = model.given("quick_gelu");
    ConfigNode visionFields = model.child("vision_cfg");
    VisionConfig vision = vision(visionFields, quick);
    ConfigNode textFields = model.child("text_cfg");
    TextConfig text = text(textFields, quick);
    for (String name : visionFields.unknown(VISION_FIELDS)) {
      problems.add(name + " is not a field that Capbench knows; it was ignored.");
    }
    for (String name : textFields.unknown(TEXT_FIELDS)) {
      problems.add(name + " is not a field that Capbench knows; it was ignored.");
    }
    int embedDim = model.positive("embed_dim", 0);
    if (text.projection() == TextProjection.NONE && text.transformer().width() != embedDim) {
      throw textFields.wrong("width", "embed_dim where proj_type is none");
    }
    return new ClipConfig(
        embedDim,
        vision,
        text,
        model.has("init_logit_bias"),
        preprocess(root.child("preprocess_cfg"), vision));
  }

  private static VisionConfig vision(ConfigNode fields, boolean quick) {
    if (fields.given("timm_model_name")) {
      throw fields.unsupported("timm_model_name", "a vision tower of the timm library");
    }
    if (fields.given("attentional_pool")) {
      throw fields.unsupported("attentional_pool", "CoCa's attentional pooling");
    }
    int width = fields.positive("width", 768);
    int headWidth = fields.positive("head_width", 64);
    int[] image = fields.sides("image_size", 224);
    int[] patch = fields.sides("patch_size", 16);
    String pool = fields.text("pool_type", "tok");
    if (patch[0] > image[0] || patch[1] > image[1]) {
      throw fields.wrong("patch_size", "at most image_size");
    }
    return new VisionConfig(
        transformer(fields, width, width / headWidth, 12, quick),
        image[0],
        image[1],
        patch[0],
        patch[1],
        !fields.given("no_ln_pre"),
        fields.given("final_ln_after_pool"),
        switch (pool) {
          case "tok" -> VisionPool.TOKEN;
          case "avg" -> VisionPool.AVERAGE;
          default -> throw fields.wrong("pool_type", "tok or avg");
        });
  }

  private static TextConfig text(ConfigNode fields, boolean quick) {
    if (fields.given("hf_model_name")) {
      throw fields.unsupported("hf_model_name", "a text tower of the transformers library");
    }
    if (fields.given("embed_cls")) {
      throw fields.unsupported("embed_cls", "CoCa's class token in the text tower");
    }
    int width = fields.positive("width", 512);
    String pool = fields.text("pool_type", "argmax");
    String projection = fields.text("proj_type", "linear");
    return new TextConfig(
        transformer(fields, width, fields.positive("heads", 8), 12, quick),
        fields.positive("context_length", 77),
        fields.positive("vocab_size", 49_408),
        !fields.given("no_causal_mask"),
        switch (pool) {
          case "first" -> TextPool.FIRST;
          case "last" -> TextPool.LAST;
          case "argmax" -> TextPool.ARGMAX;
          case "eos" -> TextPool.END_TOKEN;
          default -> throw fields.wrong("pool_type", "first, last, argmax or eos");
        },
        (int) fields.number("eos_id", 2),
        switch (projection) {
          case "none" -> TextProjection.NONE;
          case "linear" ->
              fields.given("proj_bias") ? TextProjection.LINEAR : TextProjection.MATRIX;
          default -> throw fields.wrong("proj_type", "linear or none");
        });
  }

  private static TransformerConfig transformer(
      ConfigNode fields, int width, int heads, int layers, boolean quick) {
    double ratio = fields.number("mlp_ratio", 4);
    if (!(ratio > 0 && ratio <= 64)) {
      throw fields.wrong("mlp_ratio", "above 0 and at most 64");
    }
    double epsilon = fields.child("norm_kwargs").number("eps", EPSILON);
    try {
      return new TransformerConfig(
          width,
          fields.positive("layers", layers),
          heads,
          (int) (width * ratio),
          activation(fields.child("act_kwargs"), quick),
          epsilon,
          fields.has("ls_init_value"));
    } catch (IllegalArgumentException e) {
      throw fields.wrong("width", "a multiple of the number of attention heads, " + heads);
    }
  }

  private static Activation activation(ConfigNode arguments, boolean quick) {
    if (quick) {
      return Activation.QUICK_GELU;
    }
    return switch (arguments.text("approximate", "none")) {
      case "none" -> Activation.GELU;
      case "tanh" -> Activation.GELU_TANH;
      default -> throw arguments.wrong("approximate", "none or tanh");
    };
  }

  private PreprocessConfig preprocess(ConfigNode fields, VisionConfig vision) {
    if (vision.imageHeight() != vision.imageWidth()) {
      problems.add(
          "The model takes images that are not square; Capbench prepares square images only.");
    }
    String interpolation = fields.text("interpolation", "bicubic").toLowerCase(Locale.ROOT);
    try {
      return new PreprocessConfig(
          vision.imageHeight(),
          fields.colours("mean", PreprocessConfig.OPENAI_MEAN),
          fields.colours("std", PreprocessConfig.OPENAI_STD),
          switch (interpolation) {
            case "bilinear" -> Interpolation.BILINEAR;
            case "nearest" -> Interpolation.NEAREST;
            case "bicubic", "random" -> Interpolation.BICUBIC;
            default -> throw fields.wrong("interpolation", "bicubic, bilinear or nearest");
          },
          switch (fields.text("resize_mode", "shortest")) {
            case "shortest" -> ResizeMode.SHORTEST;
            case "longest" -> ResizeMode.LONGEST;
            case "squash" -> ResizeMode.SQUASH;
            default -> throw fields.wrong("resize_mode", "shortest, longest or squash");
          },
          fields.has("fill_color") ? (int) fields.number("fill_color", 0) : 0);
    } catch (IllegalArgumentException e) {
      throw new CapbenchException(root.file() + ": preprocess_cfg: " + e.getMessage() + ".", e);
    }
  }
}
