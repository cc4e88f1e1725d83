package io.capbench.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.clip.TextConfig;
import io.capbench.engine.clip.VisionConfig;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.TorchFailure;
import io.capbench.storage.model.CapbenchException;
import java.util.List;

/** Passes one gray image and one short caption through a model, to see whether it computes. */
public final class TrialPass {
  private final ClipModel model;

  /** Prepares a pass. */
  public TrialPass(ClipModel model) {
    this.model = model;
  }

  /**
   * Runs it.
   *
   * @return cosine of the image and the caption, -1..1
   * @throws CapbenchException if there is not enough memory, or the result is no number
   */
  public float run() {
    float cosine =
        TorchFailure.explained(
            "passing one image through " + model.description().name(),
            () -> GradientMode.unrecorded(this::cosine));
    if (!Float.isFinite(cosine)) {
      throw new CapbenchException(
          model.description().folder()
              + " loads, but gives numbers that are none (NaN or infinite). Its weights are damaged"
              + " or too large for 32 bits: download it again.");
    }
    return cosine;
  }

  private float cosine() {
    VisionConfig vision = model.config().vision();
    try (NDManager manager = model.newManager()) {
      NDArray pixels = manager.zeros(new Shape(1, 3, vision.imageHeight(), vision.imageWidth()));
      NDArray image = Layers.normalize(model.vision().forward(pixels).features());
      NDArray caption =
          Layers.normalize(model.text().forward(List.of(caption()), manager).features());
      return image.mul(caption).sum().getFloat();
    }
  }

  /** The end of a text without words, in OpenAI's vocabulary the last token. */
  private int[] caption() {
    TextConfig text = model.config().text();
    int[] ids = new int[text.contextLength()];
    ids[0] = text.vocabSize() - 1;
    return ids;
  }
}
