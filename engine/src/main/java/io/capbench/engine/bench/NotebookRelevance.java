package io.capbench.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.capbench.engine.clip.AttentionHook;
import io.capbench.engine.clip.VisionTower;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.torch.Layers;
import io.capbench.storage.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Relevance maps as {@code interpret} of the CLIP notebook of Transformer-MM-Explainability
 * computes them (all blocks, the image's side only): the image is repeated for every text, and for
 * every block one {@code autograd.grad(one_hot, [blk.attn_probs], retain_graph=True)} goes back to
 * it. The yardstick of the benchmark.
 *
 * <p>DJL has no gradient with respect to one array only. So the graph that ends in a block is
 * recorded anew for each of them, and the clock stands still meanwhile: what counts is one forward
 * pass that records everything, one backward pass to each block that goes no further, and the
 * products. That is what the notebook does, without its gradients of the text tower.
 */
final class NotebookRelevance {
  private static final double NANOS = 1e6;
  private static final int ALL = -1;

  private final VisionTower tower;
  private final float logitScale;
  private final NDArray pixels;
  private final NDArray texts;
  private long nanos;

  /**
   * Prepares.
   *
   * @param pixels [1, 3, H, S] normalised
   * @param texts [T, D] each of length 1
   */
  NotebookRelevance(VisionTower tower, float logitScale, NDArray pixels, NDArray texts) {
    this.tower = tower;
    this.logitScale = logitScale;
    this.pixels = pixels;
    this.texts = texts;
  }

  /**
   * Computes the maps from the first block on.
   *
   * @return [T][P]
   */
  List<float[]> run(JobContext context) {
    nanos = 0;
    try (NDManager manager = pixels.getManager().newSubManager()) {
      int blocks = recordAll(manager);
      NDArray relevance = identity(manager);
      for (int block = 0; block < blocks; block++) {
        context.checkCancelled();
        NDArray before = relevance;
        relevance = step(manager, block, before);
        before.close();
      }
      return maps(relevance);
    }
  }

  /** Milliseconds of the last {@link #run} without what the notebook does not do. */
  double millis() {
    return nanos / NANOS;
  }

  /** The notebook's forward pass: every block's attention could be asked for its gradient. */
  private int recordAll(NDManager manager) {
    try (NDManager graph = manager.newSubManager()) {
      Leaves leaves = new Leaves(graph, ALL);
      long start = System.nanoTime();
      target(graph, leaves).toFloatArray();
      nanos += System.nanoTime() - start;
      return leaves.blocks;
    }
  }

  /** R + cam R with the gradient of one block. */
  private NDArray step(NDManager manager, int block, NDArray before) {
    try (NDManager graph = manager.newSubManager()) {
      Leaves leaves = new Leaves(graph, block);
      NDArray target = target(graph, leaves);
      target.toFloatArray(); // a GPU computes while others go on
      long start = System.nanoTime();
      GradientMode.backward(target);
      NDArray after =
          GradientMode.unrecorded(
              () -> Layers.scratch(() -> before.add(leaves.cam().matMul(before))));
      after.getFloat(0, 0, 0);
      nanos += System.nanoTime() - start;
      return after;
    }
  }

  /** The sum of every copy's logit with its own text. */
  private NDArray target(NDManager graph, Leaves leaves) {
    long count = texts.getShape().get(0);
    NDArray batch = pixels.repeat(0, count);
    batch.attach(graph);
    return GradientMode.recorded(
        () ->
            Layers.scratch(
                () -> {
                  NDArray images = Layers.normalize(tower.forward(batch, leaves).features());
                  NDArray logits = images.mul(logitScale).matMul(texts.transpose());
                  return logits.mul(graph.eye((int) count)).sum();
                }));
  }

  private NDArray identity(NDManager manager) {
    int patches = tower.config().rows() * tower.config().columns();
    NDArray one = manager.eye(patches + 1).expandDims(0);
    return one.repeat(0, texts.getShape().get(0));
  }

  private static List<float[]> maps(NDArray relevance) {
    long texts = relevance.getShape().get(0);
    List<float[]> maps = new ArrayList<>();
    for (long t = 0; t < texts; t++) {
      try (NDArray row = relevance.get(new NDIndex("{}, 0, 1:", t))) {
        maps.add(row.toFloatArray());
      }
    }
    return maps;
  }

  /** Makes the attention of one block, or of all, something that has a gradient. */
  private static final class Leaves implements AttentionHook {
    private final NDManager manager;
    private final int wanted;
    private @Nullable NDArray attention;
    private @Nullable NDArray leaf;
    private int blocks;

    Leaves(NDManager manager, int wanted) {
      this.manager = manager;
      this.wanted = wanted;
    }

    @Override
    public NDArray attend(int block, NDArray probabilities, NDArray values) {
      blocks++;
      if (wanted != ALL && wanted != block) {
        return probabilities.matMul(values);
      }
      NDArray zeros = manager.zeros(probabilities.getShape());
      zeros.setRequiresGradient(true);
      NDScope.unregister(probabilities, zeros);
      attention = probabilities;
      leaf = zeros;
      return probabilities.add(zeros).matMul(values);
    }

    /** [T, N, N] mean over heads of the positive part of gradient times attention. */
    NDArray cam() {
      NDArray gradient = Objects.requireNonNull(leaf).getGradient();
      return gradient.mul(Objects.requireNonNull(attention)).maximum(0).mean(new int[] {1});
    }
  }
}
