package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.capbench.engine.torch.DecoderOps;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.torch.TorchDevice;
import io.capbench.engine.torch.TorchFailure;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.engine.torch.WeightReader;
import io.capbench.engine.weights.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A LLaMA model on a device (Touvron et al., "LLaMA: Open and Efficient Foundation Language
 * Models", 2023). For one thread at a time; whoever loads it closes it.
 */
public final class LlamaModel implements AutoCloseable {
  private final LlamaConfig config;
  private final LlamaWeights weights;
  private final DecoderOps ops;
  private final NDManager manager;
  private final RopeAngles angles;

  private LlamaModel(LlamaConfig config, LlamaWeights weights, DecoderOps ops, NDManager manager) {
    this.config = config;
    this.weights = weights;
    this.ops = ops;
    this.manager = manager;
    this.angles = new RopeAngles(config, ops);
  }

  /**
   * Loads a model.
   *
   * @param folder with {@code config.json} and weights
   * @param torch stays the caller's, and open until the model is closed
   * @param device where to
   * @throws io.capbench.storage.model.CapbenchException if the folder is no such model, is damaged,
   *     or does not fit into the device's memory; nothing stays allocated then
   */
  public static LlamaModel load(
      Path folder, Precision precision, TorchRuntime torch, TorchDevice device) {
    LlamaConfig config = LlamaConfig.read(folder);
    NDManager manager = torch.newManager(device);
    try (Checkpoint checkpoint = Checkpoint.open(folder);
        WeightReader reader = new WeightReader(checkpoint, manager)) {
      DecoderOps ops = new DecoderOps(manager);
      LlamaWeights weights =
          TorchFailure.explained(
              "reading the weights of " + folder,
              () -> new LlamaWeightLoader(config, checkpoint, reader, ops, precision).load());
      return new LlamaModel(config, weights, ops, manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** What {@code config.json} says of it. */
  public LlamaConfig config() {
    return config;
  }

  /** What it computes in. */
  public NumberType type() {
    return weights.type();
  }

  DecoderOps ops() {
    return ops;
  }

  /** A manager on the model's device. */
  NDManager newManager() {
    return manager.newSubManager();
  }

  /**
   * Computes tokens, which may be of several rows, some at their prompt and some after it.
   *
   * @param step the caller's; owns the result
   * @param segments the tokens
   * @param cache has the keys and values of all that they see; theirs are added
   * @return [N, W] after the last normalisation, segment by segment
   */
  NDArray forward(NDManager step, List<Segment> segments, KvCache cache) {
    return forward(step, segments, cache, layer -> {});
  }

  /** As {@link #forward}, showing what goes into each layer and what comes out at the end. */
  NDArray forward(
      NDManager step, List<Segment> segments, KvCache cache, Consumer<NDArray> observer) {
    StepInputs inputs = new StepInputs(step, segments, this, cache);
    NDArray x = ops.embed(inputs.tokens(), weights.table());
    for (int i = 0; i < weights.layers().size(); i++) {
      observer.accept(x);
      NDArray before = x;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        x = layer(i, before, inputs, cache);
        NDScope.unregister(x);
      }
      before.close();
    }
    NDArray normed = ops.rmsNorm(x, weights.norm(), config.normEpsilon());
    observer.accept(normed);
    return normed;
  }

  /**
   * The output layer.
   *
   * @param x [N, W] as {@link #forward} returns it
   * @return [N, V], in the type that is computed in
   */
  NDArray logits(NDArray x) {
    return weights.head().apply(ops, x);
  }

  /** x + attention(norm(x)), then x + feedForward(norm(x)). */
  private NDArray layer(int index, NDArray x, StepInputs inputs, KvCache cache) {
    LlamaWeights.Layer layer = weights.layers().get(index);
    NDArray attended =
        attention(
            layer.attention(),
            ops.rmsNorm(x, layer.attentionNorm(), config.normEpsilon()),
            inputs,
            cache.keys(index),
            cache.values(index));
    NDArray h = x.add(attended);
    NDArray n = ops.rmsNorm(h, layer.feedForwardNorm(), config.normEpsilon());
    LlamaWeights.FeedForward part = layer.feedForward();
    return h.add(
        part.down().apply(ops, ops.swiglu(part.gate().apply(ops, n), part.up().apply(ops, n))));
  }

  /** Keys and values go into the cache, then every token looks at the cells its mask shows. */
  private NDArray attention(
      LlamaWeights.Attention part, NDArray x, StepInputs inputs, NDArray keys, NDArray values) {
    NDArray q = ops.rotate(part.query().apply(ops, x), inputs.cosine(), inputs.sine());
    NDArray k = ops.rotate(part.key().apply(ops, x), inputs.cosine(), inputs.sine());
    ops.store(k, inputs.cells(), keys);
    ops.store(part.value().apply(ops, x), inputs.cells(), values);
    return part.output().apply(ops, inputs.attend(q, keys, values));
  }

  RopeAngles angles() {
    return angles;
  }

  @Override
  public void close() {
    manager.close();
  }
}
