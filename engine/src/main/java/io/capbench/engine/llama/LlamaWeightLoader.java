package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.torch.WeightReader;
import io.capbench.storage.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings a model's weights to a device, tensor by tensor. For one use. */
final class LlamaWeightLoader {
  private final LlamaConfig config;
  private final WeightReader reader;
  private final JobContext context;
  private final NumberType type;
  private final boolean bytes;

  LlamaWeightLoader(
      LlamaConfig config, WeightReader reader, Precision precision, JobContext context) {
    this.config = config;
    this.reader = reader;
    this.context = context;
    this.bytes = precision == Precision.INT8;
    this.type =
        switch (precision) {
          case F32 -> NumberType.F32;
          case BF16, INT8 -> NumberType.BF16;
          case STORED -> storedType();
        };
  }

  LlamaWeights load() {
    NDArray table = reader.tensor(LlamaTensors.TABLE, type);
    List<LlamaWeights.Layer> layers = new ArrayList<>();
    for (int i = 0; i < config.sizes().layers(); i++) {
      context.checkCancelled();
      layers.add(layer(LlamaTensors.layer(i)));
      context.progress(i + 1L, config.sizes().layers(), "layers");
    }
    Linear head =
        config.tiedHead()
            ? new Linear.Dense(table, null)
            : new Linear.Dense(reader.tensor(LlamaTensors.HEAD + ".weight", type), null);
    return new LlamaWeights(table, layers, reader.tensor(LlamaTensors.NORM, type), head, type);
  }

  private LlamaWeights.Layer layer(String prefix) {
    boolean bias = config.attention().bias();
    boolean otherBias = config.feedForwardBias();
    return new LlamaWeights.Layer(
        reader.tensor(prefix + "input_layernorm.weight", type),
        new LlamaWeights.Attention(
            linear(prefix + "self_attn.q_proj", bias),
            linear(prefix + "self_attn.k_proj", bias),
            linear(prefix + "self_attn.v_proj", bias),
            linear(prefix + "self_attn.o_proj", bias)),
        reader.tensor(prefix + "post_attention_layernorm.weight", type),
        new LlamaWeights.FeedForward(
            linear(prefix + "mlp.gate_proj", otherBias),
            linear(prefix + "mlp.up_proj", otherBias),
            linear(prefix + "mlp.down_proj", otherBias)));
  }

  private Linear linear(String name, boolean biased) {
    @Nullable NDArray bias = biased ? reader.tensor(name + ".bias", type) : null;
    if (!bytes) {
      return new Linear.Dense(reader.tensor(name + ".weight", type), bias);
    }
    return new Linear.Int8(
        reader.tensor(name + ".weight", NumberType.INT8),
        reader.tensor(name + ByteWeights.SCALES, type),
        bias);
  }

  /** What the table of tokens is stored in; models of double precision are computed in single. */
  private NumberType storedType() {
    NumberType stored = reader.stored(LlamaTensors.TABLE);
    return stored == NumberType.F64 ? NumberType.F32 : stored;
  }
}
