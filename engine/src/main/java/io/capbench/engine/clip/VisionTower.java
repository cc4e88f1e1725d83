package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.Ops;
import io.capbench.storage.model.CapbenchException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vision transformer, as {@code VisionTransformer} of open_clip's transformer.py. One thread at a
 * time.
 */
public final class VisionTower {
  private final VisionConfig config;
  private final NDArray patchKernel;
  private final NDArray classToken;
  private final PositionTable positions;
  private final NDArray @Nullable [] preNorm;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final NDArray[] finalNorm;
  private final NDArray projection;

  VisionTower(VisionConfig config, WeightSource weights, Ops ops) {
    this.config = config;
    this.patchKernel = weights.get("visual.conv1.weight");
    this.classToken = weights.get("visual.class_embedding");
    this.positions = new PositionTable(weights.get("visual.positional_embedding"), ops);
    this.preNorm = config.preNorm() ? weights.pair("visual.ln_pre.") : null;
    for (int i = 0; i < config.transformer().layers(); i++) {
      String prefix = "visual.transformer.resblocks." + i + ".";
      blocks.add(new TransformerBlock(config.transformer(), weights, prefix, ops));
    }
    this.finalNorm = weights.pair("visual.ln_post.");
    this.projection = weights.get("visual.proj");
  }

  /** Its shape. */
  public VisionConfig config() {
    return config;
  }

  /**
   * Looks at images, as fast as can be.
   *
   * @param pixels [I, 3, H, S] normalised; sides may differ from the configuration's, then the
   *     table of positions is resampled as open_clip does
   * @throws CapbenchException if the images are smaller than a patch
   */
  public VisionOutput forward(NDArray pixels) {
    return forward(pixels, null);
  }

  /**
   * Looks at images and shows what every block attends to. With a hook, everything is computed from
   * operations that have gradients.
   *
   * @param pixels [I, 3, H, S] normalised
   * @param hook sees the attention of every block, or null for the fast way
   * @throws CapbenchException if the images are smaller than a patch
   */
  public VisionOutput forward(NDArray pixels, @Nullable AttentionHook hook) {
    NDArray features;
    NDArray local;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = embed(pixels);
      for (int i = 0; i < blocks.size(); i++) {
        NDArray in = x;
        x =
            hook == null
                ? blocks.get(i).forward(in, false)
                : blocks.get(i).forward(in, i, null, hook);
        in.close();
      }
      NDArray tokens = config.finalNormAfterPool() ? x : norm(x, finalNorm);
      local = tokens.get(new NDIndex(":,1:"));
      NDArray pooled = pool(tokens, local);
      features = project(config.finalNormAfterPool() ? norm(pooled, finalNorm) : pooled);
      NDScope.unregister(features, local);
    }
    NDScope.register(features);
    NDScope.register(local);
    return new VisionOutput(features, local);
  }

  /**
   * Takes tokens of this tower into the joint space.
   *
   * @param tokens [..., W]
   * @return [..., D]
   */
  public NDArray project(NDArray tokens) {
    return Layers.linear(tokens, projection, null);
  }

  /**
   * Takes tokens of patches into the joint space as if each were the whole image: where the model
   * normalises the pooled feature and not the tokens, they are normalised first.
   *
   * @param localTokens [..., W] of {@link VisionOutput#localTokens}
   * @return [..., D]
   */
  public NDArray projectPatches(NDArray localTokens) {
    return project(config.finalNormAfterPool() ? norm(localTokens, finalNorm) : localTokens);
  }

  /** Patches of images, with the CLS token and positions: [I, 3, H, S] to [I, 1 + P, W]. */
  private NDArray embed(NDArray pixels) {
    Shape shape = pixels.getShape();
    if (shape.dimension() != 4 || shape.get(1) != 3) {
      throw new CapbenchException(
          "Pixels are images x 3 colours x height x width, not " + shape + ".");
    }
    int rows = (int) (shape.get(2) / config.patchHeight());
    int columns = (int) (shape.get(3) / config.patchWidth());
    if (rows < 1 || columns < 1) {
      throw new CapbenchException(
          "Images of "
              + shape.get(3)
              + " x "
              + shape.get(2)
              + " pixels are smaller than a patch of the model, "
              + config.patchWidth()
              + " x "
              + config.patchHeight()
              + ". Resize them to "
              + config.imageWidth()
              + " x "
              + config.imageHeight()
              + ".");
    }
    return Layers.scratch(
        () -> {
          long images = shape.get(0);
          long width = config.transformer().width();
          // [I, W, rows, columns] -> [I, W, P] -> [I, P, W]
          NDArray patches =
              Layers.patches(pixels, patchKernel)
                  .reshape(images, width, (long) rows * columns)
                  .swapAxes(1, 2);
          NDArray cls = classToken.reshape(1, 1, width).broadcast(new Shape(images, 1, width));
          NDArray x = NDArrays.concat(new NDList(cls, patches), 1);
          x.attach(pixels.getManager());
          x = x.add(positions.of(rows, columns));
          return preNorm == null ? x : norm(x, preNorm);
        });
  }

  private NDArray pool(NDArray tokens, NDArray local) {
    return switch (config.pool()) {
      case TOKEN -> tokens.get(new NDIndex(":,0"));
      case AVERAGE -> local.mean(new int[] {1});
    };
  }

  private NDArray norm(NDArray x, NDArray[] weights) {
    return Layers.layerNorm(x, weights[0], weights[1], config.transformer().epsilon());
  }
}
