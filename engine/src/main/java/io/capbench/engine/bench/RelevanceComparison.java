package io.capbench.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.clip.TextConfig;
import io.capbench.engine.clip.VisionConfig;
import io.capbench.engine.explain.ImagePass;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.torch.Layers;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Relevance maps of some sub-captions in one image, all blocks: Capbench's way and that of the
 * notebook, with the same numbers. One thread at a time.
 */
public final class RelevanceComparison implements AutoCloseable {
  private static final double NANOS = 1e6;

  /** What single precision leaves of a map whose largest number is 1. */
  private static final float TOLERANCE = 2e-5f;

  private final ClipModel model;
  private final NDManager manager;
  private final NDArray pixels;
  private final NDArray texts;

  /**
   * Makes an image and sub-captions at random, always the same.
   *
   * @param model not closed
   * @param count T, sub-captions
   */
  public RelevanceComparison(ClipModel model, int count) {
    this.model = model;
    this.manager = model.newManager();
    Random random = new Random(5);
    VisionConfig vision = model.config().vision();
    float[] values = new float[3 * vision.imageHeight() * vision.imageWidth()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    this.pixels =
        manager.create(values, new Shape(1, 3, vision.imageHeight(), vision.imageWidth()));
    this.texts = Layers.normalize(model.text().forward(ids(random, count), manager).features());
  }

  private List<int[]> ids(Random random, int count) {
    TextConfig text = model.config().text();
    List<int[]> ids = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      ids.add(random.ints(text.contextLength(), 0, text.vocabSize()).toArray());
    }
    return ids;
  }

  /** What Capbench computes and how long it takes, in milliseconds. */
  public record Own(List<List<PatchMap>> maps, double millis) {}

  /** Computes Capbench's way: the maps from all blocks. */
  public Own own() {
    long start = System.nanoTime();
    try (NDManager image = manager.newSubManager()) {
      NDArray input = pixels.duplicate();
      input.attach(image);
      ImagePass pass = new ImagePass(model.vision(), model.logitScale(), input);
      List<List<PatchMap>> maps = new ArrayList<>();
      for (long t = 0; t < texts.getShape().get(0); t++) {
        try (NDArray text = texts.get(t)) {
          maps.add(pass.relevance(text));
        }
      }
      return new Own(maps, (System.nanoTime() - start) / NANOS);
    }
  }

  /**
   * Computes the notebook's way and compares.
   *
   * @param own what it has to be
   * @return milliseconds
   * @throws CapbenchException if the maps differ by more than single precision explains
   */
  public double notebook(Own own, JobContext context) {
    NotebookRelevance notebook =
        new NotebookRelevance(model.vision(), model.logitScale(), pixels, texts);
    List<float[]> maps = notebook.run(context);
    for (int t = 0; t < maps.size(); t++) {
      compare(own.maps().get(t).get(0), maps.get(t));
    }
    return notebook.millis();
  }

  private static void compare(PatchMap own, float[] notebook) {
    float largest = 0;
    float difference = 0;
    for (int p = 0; p < notebook.length; p++) {
      largest = Math.max(largest, Math.abs(notebook[p]));
      difference = Math.max(difference, Math.abs(notebook[p] - own.get(p)));
    }
    if (!(largest > 0) || !(difference <= TOLERANCE * Math.max(largest, 1e-2f))) {
      throw new CapbenchException(
          "The relevance maps differ by "
              + difference
              + " where the largest number is "
              + largest
              + ": the figures compare nothing.");
    }
  }

  /** Milliseconds of the vision tower alone, without gradients, for one image. */
  public double forward() {
    long start = System.nanoTime();
    try (NDManager image = manager.newSubManager()) {
      NDArray input = pixels.duplicate();
      input.attach(image);
      model.vision().forward(input).features().toFloatArray();
      return (System.nanoTime() - start) / NANOS;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
