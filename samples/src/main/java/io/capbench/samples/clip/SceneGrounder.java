package io.capbench.samples.clip;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.explain.ClipGrounder;
import io.capbench.engine.explain.Grounding;
import io.capbench.engine.pixels.ImageTransform;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.engine.score.ClipSpace;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.samples.Picture;
import io.capbench.samples.draw.ScenePainter;
import io.capbench.samples.world.Scene;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageInspector;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.List;

/** A model as users get it: loaded from its folder, given encoded pictures. For one thread. */
final class SceneGrounder implements AutoCloseable {
  private static final String NAME = "scene.jpg";

  private final ScenePainter painter = new ScenePainter();
  private final ImageInspector inspector = new ImageInspector();
  private final ClipModel model;
  private final ImageTransform transform;
  private final ClipGrounder grounder;

  /**
   * Loads a model.
   *
   * @param folder of the model
   * @param cache for what the loader remembers
   */
  SceneGrounder(Path folder, Path cache) {
    model = new ClipLoader(cache).load(folder, DeviceChoice.CPU, null, JobContext.unwatched());
    transform = new ImageTransform(model.config().preprocess());
    grounder = new ClipGrounder(model, model.tokenizer(), transform);
  }

  /** Compares captions and pictures, with the same weights. */
  ClipSpace space() {
    return new ClipSpace(model);
  }

  /** The picture of a scene. */
  ImageBytes picture(Scene scene) {
    try {
      return inspector.inspect(Picture.encode(painter.paint(scene), NAME), NAME);
    } catch (ImageException e) {
      throw undecodable(e);
    }
  }

  /** What the model is given of a picture. */
  PixelTensor pixels(ImageBytes picture) {
    try {
      return transform.apply(picture);
    } catch (ImageException e) {
      throw undecodable(e);
    }
  }

  /** Looks where the parts of a caption are. */
  Grounding ground(ImageBytes picture, String caption, List<SubCaption> parts) {
    try {
      return grounder.ground(picture, caption, parts, JobContext.unwatched());
    } catch (ImageException e) {
      throw undecodable(e);
    }
  }

  private static CapbenchException undecodable(ImageException e) {
    return new CapbenchException("A painted picture does not decode: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    model.close();
  }
}
