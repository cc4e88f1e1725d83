package io.capbench.engine.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.pixels.ImageTransform;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.engine.tokenizer.ClipTokenizer;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.TorchFailure;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.job.JobContext;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The joint space of a CLIP model. */
public final class ClipSpace implements JointSpace {
  /** Enough for whole matrices, and few enough that a scoring stops within seconds. */
  private static final int ON_PROCESSOR = 4;

  private static final int ON_GPU = 64;

  private final ClipModel model;
  private final ClipTokenizer tokenizer;
  private final ImageTransform transform;

  /**
   * A space.
   *
   * @param model closed with this
   * @throws io.capbench.storage.model.CapbenchException if no tokenizer lies beside the weights;
   *     the model stays open then
   */
  public ClipSpace(ClipModel model) {
    this.model = model;
    this.tokenizer = model.tokenizer();
    this.transform = new ImageTransform(model.config().preprocess());
  }

  /**
   * Loads a model with the tokenizer that lies beside it.
   *
   * @param path a folder with weights, configuration and tokenizer, or the file of weights in one
   * @param preset name of a configuration to take instead of the one found, or null
   * @param loader loads the weights
   * @param context is told how far it is, and ends it
   * @throws io.capbench.storage.model.CapbenchException if there is no such model or tokenizer, if
   *     it is damaged or of another kind, or if there is not enough memory
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public static ClipSpace open(
      Path path,
      DeviceChoice device,
      @Nullable String preset,
      ClipLoader loader,
      JobContext context) {
    ClipModel model = loader.load(path, device, preset, context);
    try {
      return new ClipSpace(model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public ModelDescription model() {
    return model.description();
  }

  @Override
  public int batch() {
    return model.device().isGpu() ? ON_GPU : ON_PROCESSOR;
  }

  @Override
  public PixelTensor prepare(ImageBytes image) throws ImageException {
    return transform.apply(image);
  }

  @Override
  public float[][] images(List<PixelTensor> images) {
    int size = images.get(0).size();
    int each = images.get(0).values().length;
    FloatBuffer pixels = FloatBuffer.allocate(images.size() * each);
    images.forEach(image -> pixels.put(image.values()));
    pixels.flip();
    Shape shape = new Shape(images.size(), 3, size, size);
    return places(
        "looking at images",
        manager -> model.vision().forward(manager.create(pixels, shape)).features());
  }

  @Override
  public float[][] captions(List<String> captions) {
    List<int[]> ids = captions.stream().map(caption -> tokenizer.encode(caption).ids()).toList();
    return places("reading captions", manager -> model.text().forward(ids, manager).features());
  }

  /** Features of length 1: [N, D]. */
  private float[][] places(String doing, Function<NDManager, NDArray> features) {
    return TorchFailure.explained(
        doing,
        () ->
            GradientMode.unrecorded(
                () -> {
                  try (NDManager manager = model.newManager()) {
                    NDArray found = Layers.normalize(features.apply(manager));
                    int width = (int) found.getShape().get(1);
                    float[] flat = found.toFloatArray();
                    float[][] places = new float[flat.length / width][];
                    for (int i = 0; i < places.length; i++) {
                      places[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
                    }
                    return places;
                  }
                }));
  }

  @Override
  public void close() {
    model.close();
  }
}
