package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.torch.NumberType;
import java.util.ArrayList;
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

  /** Where weights come from. */
  interface Source {

    /** The tensor of that name, of {@link LlamaTensors#expected}. */
    NDArray tensor(String name);

    /** The linear layer whose tensors begin with that name. */
    Linear linear(String name, boolean biased);

    /** Is told before each layer's are asked for, and after the last. */
    void entered(int layer);
  }

  /**
   * All weights of a model.
   *
   * @param type what everything will be computed in
   */
  static LlamaWeights of(LlamaConfig config, NumberType type, Source source) {
    NDArray table = source.tensor(LlamaTensors.TABLE);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < config.sizes().layers(); i++) {
      source.entered(i);
      layers.add(layer(config, LlamaTensors.layer(i), source));
    }
    source.entered(layers.size());
    Linear head =
        config.tiedHead()
            ? new Linear.Dense(table, null)
            : new Linear.Dense(source.tensor(LlamaTensors.HEAD + ".weight"), null);
    return new LlamaWeights(table, layers, source.tensor(LlamaTensors.NORM), head, type);
  }

  private static Layer layer(LlamaConfig config, String prefix, Source source) {
    boolean bias = config.attention().bias();
    boolean otherBias = config.feedForwardBias();
    return new Layer(
        source.tensor(prefix + "input_layernorm.weight"),
        new Attention(
            source.linear(prefix + "self_attn.q_proj", bias),
            source.linear(prefix + "self_attn.k_proj", bias),
            source.linear(prefix + "self_attn.v_proj", bias),
            source.linear(prefix + "self_attn.o_proj", bias)),
        source.tensor(prefix + "post_attention_layernorm.weight"),
        new FeedForward(
            source.linear(prefix + "mlp.gate_proj", otherBias),
            source.linear(prefix + "mlp.up_proj", otherBias),
            source.linear(prefix + "mlp.down_proj", otherBias)));
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
