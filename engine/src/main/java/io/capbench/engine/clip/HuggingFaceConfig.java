package io.capbench.engine.clip;

import io.capbench.engine.pixels.Interpolation;
import io.capbench.engine.pixels.PreprocessConfig;
import io.capbench.engine.pixels.ResizeMode;
import io.capbench.storage.model.CapbenchException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code config.json} of a {@code CLIPModel} of the transformers library, and {@code
 * preprocessor_config.json} where it is there. What a file leaves out has that library's value.
 */
final class HuggingFaceConfig {
  private static final double EPSILON = 1e-5;

  /** Up to version 4.30 of transformers, files named this one whatever the vocabulary was. */
  private static final int LEGACY_END_TOKEN = 2;

  private final ConfigNode root;
  private final @Nullable ConfigNode preprocessor;

  /**
   * Reads from files.
   *
   * @param preprocessor preprocessor_config.json, or null
   */
  HuggingFaceConfig(ConfigNode root, @Nullable ConfigNode preprocessor) {
    this.root = root;
    this.preprocessor = preprocessor;
  }

  /** Whether an object looks like such a configuration. */
  static boolean fits(ConfigNode root) {
    return root.text("model_type", "").equals("clip");
  }

  /**
   * Reads it.
   *
   * @throws CapbenchException if a field is wrong or asks for something that is not supported
   */
  ClipConfig read() {
    ConfigNode visionFields = root.child("vision_config");
    ConfigNode textFields = root.child("text_config");
    int embedDim = root.positive("projection_dim", 512);
    if (visionFields.positive("num_channels", 3) != 3) {
      throw visionFields.wrong("num_channels", "3");
    }
    int[] image = visionFields.sides("image_size", 224);
    int[] patch = visionFields.sides("patch_size", 32);
    if (patch[0] > image[0] || patch[1] > image[1]) {
      throw visionFields.wrong("patch_size", "at most image_size");
    }
    int endToken = (int) textFields.number("eos_token_id", 49_407);
    return new ClipConfig(
        embedDim,
        new VisionConfig(
            transformer(visionFields, 768, 12, 3072),
            image[0],
            image[1],
            patch[0],
            patch[1],
            true,
            false,
            VisionPool.TOKEN),
        new TextConfig(
            transformer(textFields, 512, 8, 2048),
            textFields.positive("max_position_embeddings", 77),
            textFields.positive("vocab_size", 49_408),
            true,
            endToken == LEGACY_END_TOKEN ? TextPool.ARGMAX : TextPool.END_TOKEN,
            endToken,
            TextProjection.MATRIX),
        false,
        preprocess(image[0]));
  }

  private static TransformerConfig transformer(
      ConfigNode fields, int width, int heads, int mlpWidth) {
    int actualWidth = fields.positive("hidden_size", width);
    int actualHeads = fields.positive("num_attention_heads", heads);
    try {
      return new TransformerConfig(
          actualWidth,
          fields.positive("num_hidden_layers", 12),
          actualHeads,
          fields.positive("intermediate_size", mlpWidth),
          activation(fields),
          fields.number("layer_norm_eps", EPSILON),
          false);
    } catch (IllegalArgumentException e) {
      throw fields.wrong("hidden_size", "a multiple of num_attention_heads, " + actualHeads);
    }
  }

  private static Activation activation(ConfigNode fields) {
    return switch (fields.text("hidden_act", "quick_gelu")) {
      case "quick_gelu" -> Activation.QUICK_GELU;
      case "gelu" -> Activation.GELU;
      case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> Activation.GELU_TANH;
      default -> throw fields.wrong("hidden_act", "quick_gelu, gelu or gelu_pytorch_tanh");
    };
  }

  private PreprocessConfig preprocess(int size) {
    ConfigNode fields = preprocessor;
    if (fields == null) {
      return PreprocessConfig.openAi(size);
    }
    // An image processor that does not crop makes both sides fit.
    boolean squash = fields.has("do_center_crop") && !fields.given("do_center_crop");
    int resample = (int) fields.number("resample", 3);
    try {
      return new PreprocessConfig(
          size,
          fields.colours("image_mean", PreprocessConfig.OPENAI_MEAN),
          fields.colours("image_std", PreprocessConfig.OPENAI_STD),
          switch (resample) {
            case 0 -> Interpolation.NEAREST;
            case 2 -> Interpolation.BILINEAR;
            case 3 -> Interpolation.BICUBIC;
            default -> throw fields.wrong("resample", "0, 2 or 3");
          },
          squash ? ResizeMode.SQUASH : ResizeMode.SHORTEST,
          0);
    } catch (IllegalArgumentException e) {
      throw new CapbenchException(fields.file() + ": " + e.getMessage() + ".", e);
    }
  }

  /** The names of other models than CLIP that a configuration may have, for an error. */
  static String described(ConfigNode root) {
    String type = root.text("model_type", "");
    return type.isEmpty() ? "no model type" : "the model type \"" + type + "\"";
  }
}
