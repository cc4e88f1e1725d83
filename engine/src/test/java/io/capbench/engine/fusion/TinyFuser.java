package io.capbench.engine.fusion;

import io.capbench.engine.llama.LlamaConfig;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Writes folders of small language models with random weights and a tokenizer of 700 tokens. */
final class TinyFuser {
  private static final long WIDTH = 16;
  private static final long INNER = 24;

  private TinyFuser() {}

  /** Writes a model whose vocabulary has that size. */
  static Path write(Path folder, int vocabulary, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.copy(tokenizer().resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 16,
         "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 24,
         "vocab_size": %d, "rms_norm_eps": 1e-5, "bos_token_id": 1, "eos_token_id": 2}
        """
            .formatted(vocabulary));
    LlamaConfig.read(folder);
    Random random = new Random(seed);
    Map<TensorInfo, ByteBuffer> tensors = new LinkedHashMap<>();
    add(tensors, random, "model.embed_tokens.weight", vocabulary, WIDTH);
    for (String name : List.of("q", "k", "v", "o")) {
      add(tensors, random, "model.layers.0.self_attn." + name + "_proj.weight", WIDTH, WIDTH);
    }
    add(tensors, random, "model.layers.0.mlp.gate_proj.weight", INNER, WIDTH);
    add(tensors, random, "model.layers.0.mlp.up_proj.weight", INNER, WIDTH);
    add(tensors, random, "model.layers.0.mlp.down_proj.weight", WIDTH, INNER);
    add(tensors, random, "model.layers.0.input_layernorm.weight", WIDTH);
    add(tensors, random, "model.layers.0.post_attention_layernorm.weight", WIDTH);
    add(tensors, random, "model.norm.weight", WIDTH);
    add(tensors, random, "lm_head.weight", vocabulary, WIDTH);
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        List.copyOf(tensors.keySet()),
        info ->
            Objects.requireNonNull(tensors.get(info)).duplicate().order(ByteOrder.LITTLE_ENDIAN));
    return folder;
  }

  /** Makes all weights of a model numbers that are none. */
  static void spoil(Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(Math.toIntExact(Long.BYTES + bytes.getLong(0)));
    while (bytes.hasRemaining()) {
      bytes.putFloat(Float.NaN);
    }
    Files.write(file, bytes.array());
  }

  private static void add(
      Map<TensorInfo, ByteBuffer> tensors, Random random, String name, long... shape) {
    TensorInfo info = new TensorInfo(name, TensorType.F32, Arrays.stream(shape).boxed().toList());
    ByteBuffer bytes = ByteBuffer.allocate((int) info.byteLength()).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) (shape.length == 1 ? 1 : random.nextGaussian() / 2));
    }
    tensors.put(info, bytes.flip());
  }

  /** The folder with the tokenizer. */
  static Path tokenizer() {
    try {
      return Path.of(
          Objects.requireNonNull(TinyFuser.class.getResource("/golden/llama_tokenizer/own_vocab"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
