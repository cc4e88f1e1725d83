package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.capbench.engine.torch.DecoderOps;
import java.util.function.Consumer;

/**
 * The layers of a model, as the paper has them, for those who use it and for those who train it:
 * what tokens look at is theirs.
 */
final class LlamaLayers {
  private final LlamaConfig config;
  private final LlamaWeights weights;
  private final DecoderOps ops;

  LlamaLayers(LlamaConfig config, LlamaWeights weights, DecoderOps ops) {
    this.config = config;
    this.weights = weights;
    this.ops = ops;
  }

  /** How tokens look at each other. */
  interface Gaze {

    /**
     * Attention of a layer.
     *
     * @param layer its number
     * @param q [N, H, C], turned
     * @param k [N, G, C], turned
     * @param v [N, G * C]
     * @return [N, H * C]
     */
    NDArray attend(int layer, NDArray q, NDArray k, NDArray v);
  }

  /**
   * Where tokens stand, as rotations.
   *
   * @param cosine [N, 1, C]
   * @param sine [N, 1, C]
   */
  record Turns(NDArray cosine, NDArray sine) {}

  /**
   * Passes tokens through all layers.
   *
   * @param tokens [N]; the result belongs to their manager
   * @param observer is shown what goes into each layer and what comes out at the end
   * @return [N, W] after the last normalisation
   */
  NDArray apply(NDArray tokens, Turns turns, Gaze gaze, Consumer<NDArray> observer) {
    NDArray x = ops.embed(tokens, weights.table());
    for (int i = 0; i < weights.layers().size(); i++) {
      observer.accept(x);
      NDArray before = x;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        x = layer(i, before, turns, gaze);
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
   * @param x [N, W] as {@link #apply} returns it
   * @return [N, V], in the type that is computed in
   */
  NDArray logits(NDArray x) {
    return weights.head().apply(ops, x);
  }

  /** x + attention(norm(x)), then x + feedForward(norm(x)). */
  private NDArray layer(int index, NDArray x, Turns turns, Gaze gaze) {
    LlamaWeights.Layer layer = weights.layers().get(index);
    NDArray normed = ops.rmsNorm(x, layer.attentionNorm(), config.normEpsilon());
    NDArray h = x.add(attention(index, layer.attention(), normed, turns, gaze));
    NDArray n = ops.rmsNorm(h, layer.feedForwardNorm(), config.normEpsilon());
    LlamaWeights.FeedForward part = layer.feedForward();
    return h.add(
        part.down().apply(ops, ops.swiglu(part.gate().apply(ops, n), part.up().apply(ops, n))));
  }

  private NDArray attention(
      int index, LlamaWeights.Attention part, NDArray x, Turns turns, Gaze gaze) {
    NDArray q = ops.rotate(part.query().apply(ops, x), turns.cosine(), turns.sine());
    NDArray k = ops.rotate(part.key().apply(ops, x), turns.cosine(), turns.sine());
    return part.output().apply(ops, gaze.attend(index, q, k, part.value().apply(ops, x)));
  }
}
