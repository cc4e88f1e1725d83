package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.torch.DecoderOps;
import io.capbench.engine.torch.LinearLayers;
import io.capbench.engine.torch.LinearTable;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.torch.TorchDevice;
import io.capbench.engine.torch.TorchRuntime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A LLaMA model on a device (Touvron et al., "LLaMA: Open and Efficient Foundation Language
 * Models", 2023), loaded by {@link LlamaLoader}. For one thread at a time; whoever loads it closes
 * it.
 */
public final class LlamaModel implements AutoCloseable {
  private final LlamaConfig config;
  private final LlamaWeights weights;
  private final TorchRuntime torch;
  private final Home home;
  private final Optional<LinearLayers> linear;
  private final DecoderOps ops;
  private final NDManager manager;
  private final RopeAngles angles;
  private final LlamaLayers layers;

  /**
   * Takes over what was loaded.
   *
   * @param torch closed with the model
   * @param manager owns the weights; closed with the model
   * @param home where they are
   */
  LlamaModel(
      LlamaConfig config, LlamaWeights weights, TorchRuntime torch, NDManager manager, Home home) {
    this.config = config;
    this.torch = torch;
    this.home = home;
    this.weights = weights;
    this.linear = home.table().map(table -> new LinearLayers(manager, torch.threads(), table));
    this.ops =
        linear.map(fast -> new DecoderOps(manager, fast)).orElseGet(() -> new DecoderOps(manager));
    this.manager = manager;
    this.angles = new RopeAngles(config, ops);
    this.layers = new LlamaLayers(config, weights, ops);
  }

  /** What {@code config.json} says of it. */
  public LlamaConfig config() {
    return config;
  }

  /** What it computes in. */
  public NumberType type() {
    return weights.type();
  }

  /** Where it runs. */
  public TorchDevice device() {
    return home.device();
  }

  /** Bytes of its weights. */
  long bytes() {
    return home.bytes();
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
    return layers.apply(
        inputs.tokens(),
        inputs.turns(),
        (layer, q, k, v) -> inputs.attend(q, k, v, cache, layer),
        observer);
  }

  /**
   * The output layer.
   *
   * @param x [N, W] as {@link #forward} returns it
   * @return [N, V], in the type that is computed in
   */
  NDArray logits(NDArray x) {
    return layers.logits(x);
  }

  RopeAngles angles() {
    return angles;
  }

  @Override
  public void close() {
    linear.ifPresent(LinearLayers::close);
    manager.close();
    torch.close();
  }

  /**
   * Where weights are.
   *
   * @param device the device
   * @param bytes of its memory that they take
   * @param table how linear layers are best computed there; empty on a GPU
   */
  record Home(TorchDevice device, long bytes, Optional<LinearTable> table) {}
}
