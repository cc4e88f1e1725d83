package io.capbench.samples.clip;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.engine.clip.Activation;
import io.capbench.engine.clip.ClipConfig;
import io.capbench.engine.clip.TextConfig;
import io.capbench.engine.clip.TextPool;
import io.capbench.engine.clip.TextProjection;
import io.capbench.engine.clip.TransformerConfig;
import io.capbench.engine.clip.VisionConfig;
import io.capbench.engine.clip.VisionPool;
import io.capbench.engine.pixels.Interpolation;
import io.capbench.engine.pixels.PreprocessConfig;
import io.capbench.engine.pixels.ResizeMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The shape of the demonstration model. The joint space is narrower than the towers, so that
 * patches are projected into it before they are compared, as with the large published models.
 *
 * @param imageSize pixels of a side
 * @param patchSize pixels of a side
 * @param width of both towers
 * @param headWidth numbers of an attention head
 * @param visionLayers blocks
 * @param textLayers blocks
 * @param embedDim D
 */
record SampleClip(
    int imageSize,
    int patchSize,
    int width,
    int headWidth,
    int visionLayers,
    int textLayers,
    int embedDim) {
  /** The one that is shipped. */
  static final SampleClip SHIPPED = new SampleClip(96, 8, 128, 32, 3, 2, 64);

  /** Tokens that a caption may have, its two marks counted. */
  static final int CONTEXT = 48;

  private static final double HALF = 0.5;
  private static final int MLP_RATIO = 4;
  private static final double EPSILON = 1e-5;

  /** How pictures are prepared: all of the picture, its colours from -1 to 1. */
  static PreprocessConfig preprocess(int size) {
    List<Double> halves = List.of(HALF, HALF, HALF);
    return new PreprocessConfig(size, halves, halves, Interpolation.BICUBIC, ResizeMode.SQUASH, 0);
  }

  /** The model for a vocabulary. */
  ClipConfig config(int vocabSize) {
    return new ClipConfig(
        embedDim,
        new VisionConfig(
            blocks(visionLayers),
            imageSize,
            imageSize,
            patchSize,
            patchSize,
            true,
            false,
            VisionPool.TOKEN),
        new TextConfig(
            blocks(textLayers),
            CONTEXT,
            vocabSize,
            true,
            TextPool.ARGMAX,
            2,
            TextProjection.MATRIX),
        false,
        preprocess(imageSize));
  }

  private TransformerConfig blocks(int layers) {
    return new TransformerConfig(
        width, layers, width / headWidth, MLP_RATIO * width, Activation.GELU, EPSILON, false);
  }

  /** Writes {@code open_clip_config.json}. */
  void write(Path file, int vocabSize) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    ObjectNode root = json.createObjectNode();
    ObjectNode model = root.putObject("model_cfg").put("embed_dim", embedDim);
    model
        .putObject("vision_cfg")
        .put("image_size", imageSize)
        .put("layers", visionLayers)
        .put("width", width)
        .put("head_width", headWidth)
        .put("patch_size", patchSize);
    model
        .putObject("text_cfg")
        .put("context_length", CONTEXT)
        .put("vocab_size", vocabSize)
        .put("width", width)
        .put("heads", width / headWidth)
        .put("layers", textLayers);
    ObjectNode preprocess = root.putObject("preprocess_cfg");
    preprocess.putArray("mean").add(HALF).add(HALF).add(HALF);
    preprocess.putArray("std").add(HALF).add(HALF).add(HALF);
    preprocess.put("interpolation", "bicubic").put("resize_mode", "squash");
    Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }
}
