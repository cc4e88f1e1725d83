package io.capbench.samples.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Teaches a model to give every true text of every picture a higher cosine than every false one, by
 * asking of each text and picture alone whether they belong together (SigLIP's sigmoid loss, Zhai
 * et al. 2023). A contrast only ranks the texts of one picture or the pictures of one text; whoever
 * looks for what a caption invents compares texts that were never ranked against each other.
 * Recorded.
 */
final class Calibration {
  private static final String SCALE = "calibration_scale";
  private static final String BIAS = "calibration_bias";
  private static final double FIRST_SCALE = 10;
  private static final double FIRST_BIAS = -5;

  private final NDArray scale;
  private final NDArray bias;

  /** A calibration whose numbers the manager owns. */
  Calibration(NDManager manager) {
    scale = manager.create((float) Math.log(FIRST_SCALE));
    bias = manager.create((float) FIRST_BIAS);
    scale.setRequiresGradient(true);
    bias.setRequiresGradient(true);
  }

  /** What is learned, always in the same order: [] each. */
  Map<String, NDArray> leaves() {
    Map<String, NDArray> leaves = new LinkedHashMap<>();
    leaves.put(SCALE, scale);
    leaves.put(BIAS, bias);
    return leaves;
  }

  /**
   * The loss: true texts, false texts and texts of other pictures weigh the same, however many
   * there are.
   *
   * @param cosines [T, B]
   * @return []
   */
  NDArray loss(NDArray cosines, Batch batch, NDManager manager) {
    int texts = batch.texts().size();
    int trueTexts = batch.trueTexts();
    int pictures = batch.world().size();
    float[] sign = new float[texts * pictures];
    float[] weight = new float[texts * pictures];
    float[] hidden = batch.otherPictures();
    int others = 0;
    for (int text = 0; text < trueTexts; text++) {
      for (int i = 0; i < pictures; i++) {
        others += i != batch.picture(text) && hidden[text * pictures + i] == 0 ? 1 : 0;
      }
    }
    for (int text = 0; text < texts; text++) {
      for (int i = 0; i < pictures; i++) {
        int at = text * pictures + i;
        boolean own = i == batch.picture(text);
        sign[at] = own && text < trueTexts ? -1 : 1;
        if (own) {
          weight[at] = 1f / (text < trueTexts ? trueTexts : texts - trueTexts);
        } else if (text < trueTexts && hidden[at] == 0) {
          weight[at] = 1f / others;
        }
      }
    }
    Shape shape = new Shape(texts, pictures);
    NDArray logits = cosines.mul(scale.exp()).add(bias);
    NDArray wrong = Activation.softPlus(logits.mul(manager.create(sign, shape)));
    return wrong.mul(manager.create(weight, shape)).sum();
  }
}
