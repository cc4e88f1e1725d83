package io.capbench.app.gui;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.explain.ClipGrounder;
import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.engine.pixels.ImageTransform;
import io.capbench.engine.score.ClipSpace;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.job.JobContext;
import io.capbench.viewer.ground.ModelOpener;
import io.capbench.viewer.ground.OpenModel;
import java.nio.file.Path;

/**
 * Loads CLIP models for the window, on the GPU where there is one.
 *
 * @param loader reads the files
 */
record ClipOpener(ClipLoader loader) implements ModelOpener {

  @Override
  public OpenModel open(Path folder, JobContext context) {
    GroundingAdvice advice = GroundingAdvice.of(folder);
    ClipModel model = loader.load(folder, DeviceChoice.AUTO, null, context);
    try {
      ImageTransform transform = new ImageTransform(model.config().preprocess());
      return new OpenModel(
          new ClipGrounder(model, model.tokenizer(), transform), new ClipSpace(model), advice);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }
}
