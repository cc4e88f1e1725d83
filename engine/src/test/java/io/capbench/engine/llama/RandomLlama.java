package io.capbench.engine.llama;

import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Writes small models with random weights, and keeps the weights. Tests of the app use it too. */
public final class RandomLlama {
  private final Map<String, Object> config = new TreeMap<>();
  private final Map<String, float[]> weights = new LinkedHashMap<>();

  /** A model of two layers with a vocabulary of 50 tokens. */
  public RandomLlama() {
    config.put("architectures", "[\"LlamaForCausalLM\"]");
    config.put("model_type", "\"llama\"");
    config.put("hidden_size", 24);
    config.put("num_hidden_layers", 2);
    config.put("num_attention_heads", 4);
    config.put("num_key_value_heads", 2);
    config.put("intermediate_size", 40);
    config.put("vocab_size", 50);
    config.put("rms_norm_eps", 1e-5);
    config.put("bos_token_id", 1);
    config.put("eos_token_id", 2);
  }

  /** Sets a field of config.json; null takes it out. */
  public RandomLlama with(String field, Object json) {
    if (json == null) {
      config.remove(field);
    } else {
      config.put(field, json);
    }
    return this;
  }

  /** Writes config.json and model.safetensors. */
  public RandomLlama write(Path folder, TensorType type, long seed) throws IOException {
    writeConfig(folder);
    Random random = new Random(seed);
    Map<TensorInfo, ByteBuffer> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, List<Long>> tensor :
        LlamaTensors.expected(LlamaConfig.read(folder)).entrySet()) {
      TensorInfo info = new TensorInfo(tensor.getKey(), type, tensor.getValue());
      float[] numbers = new float[(int) info.elements()];
      ByteBuffer bytes =
          ByteBuffer.allocate((int) info.byteLength()).order(ByteOrder.LITTLE_ENDIAN);
      boolean norm = tensor.getKey().endsWith("norm.weight");
      for (int i = 0; i < numbers.length; i++) {
        float number = (float) (norm ? 1 + 0.1 * random.nextGaussian() : random.nextGaussian() / 3);
        numbers[i] = put(bytes, type, number);
      }
      weights.put(tensor.getKey(), numbers);
      tensors.put(info, bytes.flip());
    }
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"), List.copyOf(tensors.keySet()), tensors::get);
    return this;
  }

  /** Writes config.json. */
  public RandomLlama writeConfig(Path folder) throws IOException {
    StringBuilder json = new StringBuilder("{");
    config.forEach(
        (name, value) -> {
          json.append(json.length() == 1 ? "" : ", ");
          json.append('"').append(name).append("\": ").append(value);
        });
    Files.writeString(folder.resolve("config.json"), json.append('}').toString());
    return this;
  }

  /** The numbers of a tensor after rounding to the type they were written in; null if not there. */
  float[] weight(String name) {
    return weights.get(name);
  }

  private static float put(ByteBuffer bytes, TensorType type, float number) {
    int bits = Float.floatToRawIntBits(number);
    switch (type) {
      case F32 -> bytes.putFloat(number);
      case F64 -> bytes.putDouble(number);
      case BF16 -> bytes.putShort((short) (bits >>> 16));
      case F16 -> bytes.putShort(half(bits));
      default -> throw new IllegalArgumentException(type.name());
    }
    return switch (type) {
      case BF16 -> Float.intBitsToFloat(bits & 0xffff0000);
      case F16 -> Float.intBitsToFloat(halfExponent(bits) > 0 ? bits & 0xffffe000 : 0);
      default -> number;
    };
  }

  /** Cut off, and 0 where half precision has no normal number. */
  private static short half(int bits) {
    int exponent = halfExponent(bits);
    int sign = (bits >>> 16) & 0x8000;
    return (short) (exponent > 0 ? sign | exponent << 10 | ((bits >>> 13) & 0x3ff) : sign);
  }

  private static int halfExponent(int bits) {
    return ((bits >>> 23) & 0xff) - 127 + 15;
  }
}
