package io.capbench.viewer.ground;

import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.engine.score.JointSpace;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import java.util.List;

/**
 * A model's joint space, a few images at a time, so that a person who looks at a row meanwhile does
 * not wait long for the model. Closing it does nothing: the model belongs to the window.
 */
final class SharedSpace implements JointSpace {
  private static final int SHARE = 4;

  private final LoadedModel model;
  private final JointSpace space;

  SharedSpace(LoadedModel model, JointSpace space) {
    this.model = model;
    this.space = space;
  }

  @Override
  public ModelDescription model() {
    return model.description();
  }

  @Override
  public int batch() {
    return Math.max(1, space.batch() / SHARE);
  }

  @Override
  public PixelTensor prepare(ImageBytes image) throws ImageException {
    return space.prepare(image);
  }

  @Override
  public float[][] images(List<PixelTensor> images) {
    return model.inTurn(() -> space.images(images));
  }

  @Override
  public float[][] captions(List<String> captions) {
    return model.inTurn(() -> space.captions(captions));
  }

  @Override
  public void close() {}
}
