package io.capbench.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.clip.TextOutput;
import io.capbench.engine.clip.VisionOutput;
import io.capbench.engine.torch.GradientMode;
import io.capbench.storage.job.JobContext;
import java.util.List;

/** Both towers over given tensors, a few rows at a time. */
final class Encoding {
  private static final int IMAGES_AT_ONCE = 16;
  private static final int CAPTIONS_AT_ONCE = 64;

  private final ClipModel model;
  private final GivenTensors given;
  private final JobContext context;

  Encoding(ClipModel model, GivenTensors given, JobContext context) {
    this.model = model;
    this.given = given;
    this.context = context;
  }

  /**
   * Looks at all images.
   *
   * @param manager owns the result
   * @param local takes the tokens of their patches
   * @return [I, D] not normalised
   */
  NDArray images(NDManager manager, Spool local) {
    int count = given.images();
    float[] features = new float[count * model.config().embedDim()];
    int filled = 0;
    for (int from = 0; from < count; from += IMAGES_AT_ONCE) {
      context.checkCancelled();
      int to = Math.min(count, from + IMAGES_AT_ONCE);
      try (NDManager step = model.newManager()) {
        NDArray pixels = pixels(given, from, to, step);
        VisionOutput output = GradientMode.unrecorded(() -> model.vision().forward(pixels));
        filled = append(output.features(), features, filled);
        local.add(Results.bytes(output.localTokens()));
      }
      context.progress(to, count, "images");
    }
    return manager.create(features, new Shape(count, model.config().embedDim()));
  }

  /**
   * Reads all captions.
   *
   * @param manager owns the result
   * @return [T, D] not normalised
   */
  NDArray captions(NDManager manager) {
    int count = given.captions();
    float[] features = new float[count * model.config().embedDim()];
    int filled = 0;
    for (int from = 0; from < count; from += CAPTIONS_AT_ONCE) {
      context.checkCancelled();
      int to = Math.min(count, from + CAPTIONS_AT_ONCE);
      List<int[]> ids = given.ids(from, to);
      try (NDManager step = model.newManager()) {
        TextOutput output = GradientMode.unrecorded(() -> model.text().forward(ids, step));
        filled = append(output.features(), features, filled);
      }
      context.progress(to, count, "captions");
    }
    return manager.create(features, new Shape(count, model.config().embedDim()));
  }

  /** Some images, [to - from, 3, H, W]. */
  static NDArray pixels(GivenTensors given, int from, int to, NDManager manager) {
    Shape shape = new Shape(to - from, 3, given.height(), given.width());
    // DJL copies what does not outlive the call, so the bytes are copied for it.
    return manager.create(given.pixels(from, to), shape, DataType.FLOAT32).duplicate();
  }

  private static int append(NDArray rows, float[] all, int at) {
    float[] values = rows.toFloatArray();
    System.arraycopy(values, 0, all, at, values.length);
    return at + values.length;
  }
}
