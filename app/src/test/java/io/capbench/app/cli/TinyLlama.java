package io.capbench.app.cli;

import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes folders of small language models with random weights that read and write bytes. */
final class TinyLlama {
  private static final long WIDTH = 16;
  private static final long INNER = 24;

  /** Three marks and the bytes. */
  private static final int VOCABULARY = 3 + 256;

  private TinyLlama() {}

  static Path write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 16,
         "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 24,
         "vocab_size": 259, "rms_norm_eps": 1e-5, "bos_token_id": 1, "eos_token_id": 2}
        """);
    Random random = new Random(seed);
    Map<TensorInfo, ByteBuffer> tensors = new LinkedHashMap<>();
    add(tensors, random, "model.embed_tokens.weight", VOCABULARY, WIDTH);
    for (String name : List.of("q", "k", "v", "o")) {
      add(tensors, random, "model.layers.0.self_attn." + name + "_proj.weight", WIDTH, WIDTH);
    }
    add(tensors, random, "model.layers.0.mlp.gate_proj.weight", INNER, WIDTH);
    add(tensors, random, "model.layers.0.mlp.up_proj.weight", INNER, WIDTH);
    add(tensors, random, "model.layers.0.mlp.down_proj.weight", WIDTH, INNER);
    add(tensors, random, "model.layers.0.input_layernorm.weight", WIDTH);
    add(tensors, random, "model.layers.0.post_attention_layernorm.weight", WIDTH);
    add(tensors, random, "model.norm.weight", WIDTH);
    add(tensors, random, "lm_head.weight", VOCABULARY, WIDTH);
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        List.copyOf(tensors.keySet()),
        info ->
            Objects.requireNonNull(tensors.get(info)).duplicate().order(ByteOrder.LITTLE_ENDIAN));
    return folder;
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

  private static String tokenizer() {
    String bytes =
        IntStream.range(0, 256)
            .mapToObj(i -> String.format(Locale.ROOT, "\"<0x%02X>\": %d", i, i + 3))
            .collect(Collectors.joining(", "));
    String marks =
        List.of("<unk>", "<s>", "</s>").stream()
            .map(
                mark ->
                    "{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false,"
                            .formatted(List.of("<unk>", "<s>", "</s>").indexOf(mark), mark)
                        + " \"rstrip\": false, \"normalized\": false, \"special\": true}")
            .collect(Collectors.joining(", "));
    return """
        {"version": "1.0", "added_tokens": [%s],
         "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]},
         "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
           "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, %s}, "merges": []}}
        """
        .formatted(marks, bytes);
  }
}
