package io.capbench.engine.clip;

import io.capbench.engine.pixels.PreprocessConfig;
import java.util.Map;

/**
 * A CLIP model without its weights.
 *
 * @param embedDim D
 * @param vision the vision tower
 * @param text the text tower
 * @param logitBias whether logits have a learned bias
 * @param preprocess how images are prepared
 */
public record ClipConfig(
    int embedDim,
    VisionConfig vision,
    TextConfig text,
    boolean logitBias,
    PreprocessConfig preprocess) {
  private static final Map<Integer, String> SIZES =
      Map.of(192, "Ti", 384, "S", 768, "B", 1024, "L", 1280, "H", 1408, "g", 1664, "bigG");

  /** What people call it: "CLIP ViT-B/16", "CLIPS ViT-L/14". */
  public String architecture() {
    TransformerConfig blocks = vision.transformer();
    String family =
        vision.pool() == VisionPool.AVERAGE && !text.causal() && text.pool() == TextPool.LAST
            ? "CLIPS"
            : "CLIP";
    String size = SIZES.getOrDefault(blocks.width(), blocks.width() + "x" + blocks.layers());
    String image = vision.imageHeight() == 224 ? "" : "-" + vision.imageHeight();
    return family + " ViT-" + size + "/" + vision.patchHeight() + image;
  }
}
