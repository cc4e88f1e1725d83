package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.torch.WeightReader;
import io.capbench.storage.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Brings a model's weights to a device, tensor by tensor. For one use. */
final class LlamaWeightLoader implements LlamaWeights.Source {
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
    return LlamaWeights.of(config, type, this);
  }

  @Override
  public NDArray tensor(String name) {
    return reader.tensor(name, type);
  }

  @Override
  public void entered(int layer) {
    context.checkCancelled();
    context.progress(layer, config.sizes().layers(), "layers");
  }

  @Override
  public Linear linear(String name, boolean biased) {
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
