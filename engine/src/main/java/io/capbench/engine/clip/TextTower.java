package io.capbench.engine.clip;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.Ops;
import io.capbench.storage.model.CapbenchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text transformer, as {@code encode_text} of open_clip's model.py. One thread at a time. */
public final class TextTower {
  private final TextConfig config;
  private final NDArray tokenTable;
  private final NDArray positions;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final NDArray[] finalNorm;
  private final @Nullable NDArray projection;
  private final @Nullable NDArray projectionBias;

  TextTower(TextConfig config, WeightSource weights, Ops ops) {
    this.config = config;
    this.tokenTable = weights.get("token_embedding.weight");
    this.positions = positions(weights.get("positional_embedding"), config.contextLength(), ops);
    for (int i = 0; i < config.transformer().layers(); i++) {
      String prefix = "transformer.resblocks." + i + ".";
      blocks.add(new TransformerBlock(config.transformer(), weights, prefix, ops));
    }
    this.finalNorm = weights.pair("ln_final.");
    boolean linear = config.projection() == TextProjection.LINEAR;
    this.projection =
        config.projection() == TextProjection.NONE
            ? null
            : weights.get(linear ? "text_projection.weight" : "text_projection");
    this.projectionBias = linear ? weights.get("text_projection.bias") : null;
  }

  /**
   * The table of positions for another context length than it was trained with, resampled as {@code
   * resize_text_pos_embed} of open_clip's model.py does.
   */
  private static NDArray positions(NDArray trained, int length, Ops ops) {
    Shape shape = trained.getShape();
    if (shape.get(0) == length) {
      return trained;
    }
    NDArray fit =
        Layers.scratch(
            () ->
                // [L, W] -> [1, W, L] -> [1, W, length] -> [length, W]
                ops.resizeLinear(
                        trained.toDevice(Device.cpu(), false).transpose().expandDims(0), length)
                    .squeeze(0)
                    .transpose()
                    .toDevice(trained.getDevice(), true));
    fit.attach(trained.getManager());
    return fit;
  }

  /** Its shape. */
  public TextConfig config() {
    return config;
  }

  /**
   * Reads captions, as fast as can be.
   *
   * @param ids [T][L] token ids, padded to the same length, at most the context length
   * @param manager owns the results
   * @throws CapbenchException if there are too many tokens, or ids that the model does not know
   */
  public TextOutput forward(List<int[]> ids, NDManager manager) {
    return forward(ids, manager, null);
  }

  /**
   * Reads captions and shows what every block attends to. With a hook, everything is computed from
   * operations that have gradients.
   *
   * @param ids [T][L] token ids, padded to the same length, at most the context length
   * @param manager owns the results
   * @param hook sees the attention of every block, or null for the fast way
   * @throws CapbenchException if there are too many tokens, or ids that the model does not know
   */
  public TextOutput forward(List<int[]> ids, NDManager manager, @Nullable AttentionHook hook) {
    check(ids);
    int[] pooled = ids.stream().mapToInt(this::pooledPosition).toArray();
    int length = length(ids, pooled);
    NDArray features;
    NDArray tokens;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = embed(ids, length, manager);
      NDArray mask = hook != null && config.causal() ? causalMask(length, manager) : null;
      for (int i = 0; i < blocks.size(); i++) {
        NDArray in = x;
        TransformerBlock block = blocks.get(i);
        x = hook == null ? block.forward(in, config.causal()) : block.forward(in, i, mask, hook);
        in.close();
      }
      double epsilon = config.transformer().epsilon();
      tokens = Layers.layerNorm(x, finalNorm[0], finalNorm[1], epsilon);
      features = project(rows(tokens, pooled, length));
      NDScope.unregister(features, tokens);
    }
    NDScope.register(features);
    NDScope.register(tokens);
    return new TextOutput(features, tokens);
  }

  /**
   * Takes tokens of this tower into the joint space.
   *
   * @param tokens [..., W]
   * @return [..., D]
   */
  public NDArray project(NDArray tokens) {
    return projection == null ? tokens : Layers.linear(tokens, projection, projectionBias);
  }

  /**
   * The position of a caption whose token becomes its feature.
   *
   * @param ids [L]
   */
  public int pooledPosition(int[] ids) {
    return switch (config.pool()) {
      case FIRST -> 0;
      case LAST -> ids.length - 1;
      case ARGMAX -> largest(ids);
      case END_TOKEN -> Math.max(0, indexOf(ids, config.endToken()));
    };
  }

  private static int largest(int[] ids) {
    int best = 0;
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] > ids[best]) {
        best = i;
      }
    }
    return best;
  }

  private static int indexOf(int[] ids, int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    return -1;
  }

  /** In a causal tower nothing after the last pooled position can change a feature. */
  private int length(List<int[]> ids, int[] pooled) {
    return config.causal() ? Arrays.stream(pooled).max().orElse(0) + 1 : ids.get(0).length;
  }

  private NDArray embed(List<int[]> ids, int length, NDManager manager) {
    long[] flat =
        ids.stream()
            .flatMapToInt(row -> Arrays.stream(row, 0, length))
            .mapToLong(id -> id)
            .toArray();
    NDArray numbers = Layers.rowNumbers(manager, flat, new Shape(ids.size(), length));
    NDArray here = positions.get(new NDIndex("0:{}", length));
    return Layers.embedding(numbers, tokenTable).add(here);
  }

  /** One position of every caption: [T, N, W] to [T, W]. */
  private NDArray rows(NDArray tokens, int[] pooled, int length) {
    long[] flat = new long[pooled.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (long) i * length + pooled[i];
    }
    NDArray index = Layers.rowNumbers(tokens.getManager(), flat, new Shape(flat.length));
    NDArray all = tokens.reshape((long) pooled.length * length, config.transformer().width());
    return Layers.embedding(index, all);
  }

  /** [N, N] 0 up to the diagonal, negative infinity above it. */
  private static NDArray causalMask(int length, NDManager manager) {
    float[] mask = new float[length * length];
    for (int row = 0; row < length; row++) {
      Arrays.fill(mask, row * length + row + 1, (row + 1) * length, Float.NEGATIVE_INFINITY);
    }
    return manager.create(mask, new Shape(length, length));
  }

  private void check(List<int[]> ids) {
    int length = ids.isEmpty() ? 0 : ids.get(0).length;
    if (length < 1 || length > config.contextLength()) {
      throw new CapbenchException(
          "The text tower reads 1 to "
              + config.contextLength()
              + " tokens of at least one caption, not "
              + length
              + " tokens of "
              + ids.size()
              + " captions.");
    }
    for (int[] row : ids) {
      if (row.length != length) {
        throw new CapbenchException("Captions have to be padded to the same number of tokens.");
      }
      for (int id : row) {
        if (id < 0 || id >= config.vocabSize()) {
          throw new CapbenchException(
              "The model knows the tokens 0 to "
                  + (config.vocabSize() - 1)
                  + ", not "
                  + id
                  + ". The tokenizer is that of another model.");
        }
      }
    }
  }
}
