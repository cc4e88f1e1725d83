package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.torch.NumberType;
import java.util.List;

/**
 * The weights of a model on a device.
 *
 * @param table [V, W], the vector of each token
 * @param layers the layers, in order
 * @param norm [W], of the last normalisation
 * @param head to [V]
 * @param type what everything is computed in
 */
record LlamaWeights(NDArray table, List<Layer> layers, NDArray norm, Linear head, NumberType type) {

  /** Copies the list. */
  LlamaWeights {
    layers = List.copyOf(layers);
  }

  /**
   * One layer.
   *
   * @param attentionNorm [W]
   * @param attention its attention
   * @param feedForwardNorm [W]
   * @param feedForward the rest
   */
  record Layer(
      NDArray attentionNorm,
      Attention attention,
      NDArray feedForwardNorm,
      FeedForward feedForward) {}

  /**
   * The four projections of attention.
   *
   * @param query W to H * C
   * @param key W to G * C
   * @param value W to G * C
   * @param output H * C to W
   */
  record Attention(Linear query, Linear key, Linear value, Linear output) {}

  /**
   * The three projections after attention.
   *
   * @param gate W to F
   * @param up W to F
   * @param down F to W
   */
  record FeedForward(Linear gate, Linear up, Linear down) {}
}
