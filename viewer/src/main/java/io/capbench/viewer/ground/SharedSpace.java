package io.capbench.viewer.ground;

import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.engine.score.JointSpace;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.viewer.jobs.SharedModel;
import java.util.List;

/**
 * A model's joint space, a few images at a time, so that a person who looks at a row meanwhile does
 * not wait long for the model. Closing it does nothing: the model belongs to the window.
 */
final class SharedSpace implements JointSpace {
  private static final int SHARE = 4;

  private final SharedModel<OpenModel> model;

  SharedSpace(SharedModel<OpenModel> model) {
    this.model = model;
  }

  @Override
  public ModelDescription model() {
    return model.aside().description();
  }

  @Override
  public int batch() {
    return Math.max(1, model.aside().space().batch() / SHARE);
  }

  @Override
  public PixelTensor prepare(ImageBytes image) throws ImageException {
    return model.aside().space().prepare(image);
  }

  @Override
  public float[][] images(List<PixelTensor> images) {
    return model.use(open -> open.space().images(images));
  }

  @Override
  public float[][] captions(List<String> captions) {
    return model.use(open -> open.space().captions(captions));
  }

  @Override
  public void close() {}
}
