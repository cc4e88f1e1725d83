package io.capbench.engine.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.VisionOutput;
import io.capbench.engine.clip.VisionPool;
import io.capbench.engine.clip.VisionTower;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.torch.Layers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One image's way through the vision tower, kept so that any number of sub-captions can be traced
 * back through it: one forward pass for all, and one backward pass for each that gives the
 * gradients of all blocks.
 *
 * <p>Relevance maps are those of {@code interpret} in the CLIP notebook of
 * Transformer-MM-Explainability (Chefer et al. 2021): R = I; for each block from the first that
 * counts on, R = R + cam R with cam = E_heads(max(0, gradient * attention)); the map is R's row of
 * the CLS token without its own column. Of R only that row is needed. It is propagated from the
 * last block down, r = r + r cam, which is the same product from the other side: so the maps from
 * every first block come on the way, for the price of one. Where the feature is the mean of the
 * patches (CLIPS) there is no such row, and the mean of the patches' rows of R is taken; it has a
 * constant 1/P more in every place.
 *
 * <p>Everything belongs to the manager of the pixels and is freed with it. Not thread-safe.
 */
public final class ImagePass {
  private final NDManager manager;
  private final float logitScale;
  private final AttentionProbes probes;
  private final NDArray feature;
  private final NDArray patches;
  private final NDArray readout;
  private final boolean projected;

  /**
   * Passes an image through the tower.
   *
   * @param logitScale what cosines are multiplied by to be logits
   * @param pixels [1, 3, H, S] normalised
   */
  public ImagePass(VisionTower tower, float logitScale, NDArray pixels) {
    this.manager = pixels.getManager();
    this.logitScale = logitScale;
    this.probes = new AttentionProbes(manager);
    VisionOutput output = GradientMode.recorded(() -> tower.forward(pixels, probes));
    this.feature = GradientMode.recorded(() -> Layers.normalize(output.features()));
    long width = output.localTokens().getShape().get(2);
    this.projected = width != output.features().getShape().get(1);
    this.patches =
        GradientMode.unrecorded(
            () ->
                Layers.scratch(
                    () -> {
                      NDArray local = output.localTokens().get(0);
                      return Layers.normalize(projected ? tower.projectPatches(local) : local);
                    }));
    this.readout = readout(tower.config().pool(), patches.getShape().get(0));
  }

  /** Which rows the feature is read from, [1, 1, N]: how much each counts. */
  private NDArray readout(VisionPool pool, long patchCount) {
    float[] row = new float[(int) patchCount + 1];
    switch (pool) {
      case TOKEN -> row[0] = 1;
      case AVERAGE -> Arrays.fill(row, 1, row.length, 1f / patchCount);
    }
    return manager.create(row, new Shape(1, 1, row.length));
  }

  /** L, the blocks of the tower. */
  public int blocks() {
    return probes.blocks();
  }

  /**
   * Whether patches were projected into the joint space to be compared: where they are wider than
   * it. (The released DreamLIP loss cuts such a matrix anew into rows as wide as the joint space,
   * which mixes patches; here it is not followed.)
   */
  public boolean projected() {
    return projected;
  }

  /**
   * Cosines of texts and the image.
   *
   * @param texts [T, D] each of length 1
   * @return [T]
   */
  public float[] similarity(NDArray texts) {
    return GradientMode.unrecorded(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return texts.matMul(feature.transpose()).toFloatArray();
          }
        });
  }

  /**
   * Cosines of texts, or tokens, and each patch: DreamLIP's grouping and FILIP's similarity of
   * words begin with them.
   *
   * @param texts [T, D] each of length 1
   * @return T maps
   */
  public List<PatchMap> patchSimilarity(NDArray texts) {
    return GradientMode.unrecorded(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            int count = (int) patches.getShape().get(0);
            return rows(texts.matMul(patches.transpose()).toFloatArray(), count, 0);
          }
        });
  }

  /**
   * Relevance maps of one text from every block on.
   *
   * @param text [D] of length 1
   * @return [L][P] raw; map l propagates from block l to the last
   */
  public List<PatchMap> relevance(NDArray text) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray logit = GradientMode.recorded(() -> feature.get(0).mul(text).sum().mul(logitScale));
      GradientMode.backward(logit);
      return GradientMode.unrecorded(this::propagate);
    }
  }

  private List<PatchMap> propagate() {
    NDList rows = new NDList();
    NDArray row = readout;
    for (int block = blocks() - 1; block >= 0; block--) {
      NDArray before = row;
      int l = block;
      row = Layers.scratch(() -> before.add(before.matMul(probes.relevance(l))));
      rows.add(0, row);
    }
    int positions = (int) readout.size();
    return rows(NDArrays.concat(rows).toFloatArray(), positions, 1);
  }

  /**
   * Attention rollout (Abnar and Zuidema 2020), heads averaged: the row of the product of all 0.5 A
   * + 0.5 I.
   *
   * @return [P]
   */
  public PatchMap rollout() {
    return GradientMode.unrecorded(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray row = readout;
            for (int block = blocks() - 1; block >= 0; block--) {
              row = row.matMul(probes.meanAttention(block)).add(row).mul(0.5f);
            }
            return rows(row.toFloatArray(), (int) readout.size(), 1).get(0);
          }
        });
  }

  /**
   * Attention of the last block's CLS token, mean over heads.
   *
   * @return [P]
   */
  public PatchMap clsAttention() {
    return GradientMode.unrecorded(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray row = readout.matMul(probes.meanAttention(blocks() - 1));
            return rows(row.toFloatArray(), (int) readout.size(), 1).get(0);
          }
        });
  }

  /** Cuts numbers into maps and leaves out the first of each row. */
  private static List<PatchMap> rows(float[] values, int width, int skip) {
    List<PatchMap> maps = new ArrayList<>();
    for (int from = 0; from < values.length; from += width) {
      maps.add(PatchMap.of(Arrays.copyOfRange(values, from + skip, from + width)));
    }
    return List.copyOf(maps);
  }
}
