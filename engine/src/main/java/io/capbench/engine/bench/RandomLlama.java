package io.capbench.engine.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A LLaMA model of any size with random weights in bfloat16, the same on every machine: as much
 * work as a trained one, and no sense. Its tokenizer knows bytes only.
 *
 * @param layers how many
 * @param width W
 * @param heads H, of queries; divides W
 * @param keyHeads G, of keys and values; divides H
 * @param feedForward F
 * @param vocabulary V, at least {@link #FIRST_WORD}
 */
public record RandomLlama(
    int layers, int width, int heads, int keyHeads, int feedForward, int vocabulary) {
  /** The shape of TinyLlama. */
  public static final RandomLlama TINY_LLAMA = new RandomLlama(22, 2048, 32, 4, 5632, 32_000);

  /** Small enough to be asked a thousand times. */
  public static final RandomLlama SMALL = new RandomLlama(2, 128, 4, 2, 192, 512);

  /** The first token that is neither a mark nor a byte. */
  public static final int FIRST_WORD = 259;

  /** The token that ends a text. */
  public static final int END = 2;

  private static final int BEGIN = 1;
  private static final int BYTES = 256;
  private static final int CONTEXT = 2048;

  /** How far the logits of one token differ, in standard deviations of a plain random layer. */
  private static final float SHARPNESS = 3;

  /** The end comes as often as if captions were about as long as real ones. */
  private static final float ENDING = 3.4f;

  /**
   * Writes weights, configuration and tokenizer, unless weights of the same size are there.
   *
   * @param folder made if it is not there
   * @throws CapbenchException if they cannot be written
   */
  public void write(Path folder) {
    Path file = folder.resolve("model.safetensors");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file) || Files.size(file) < bytes()) {
        SplittableRandom random = new SplittableRandom(7);
        SafetensorsWriter.write(file, tensors(), info -> numbers(info, random));
      }
      ObjectMapper json = new ObjectMapper();
      json.writeValue(folder.resolve("config.json").toFile(), config());
      json.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer());
    } catch (IOException e) {
      throw new CapbenchException(folder + " cannot be written: " + e + "; name another folder", e);
    }
  }

  /** Bytes of the weights. */
  public long bytes() {
    return tensors().stream().mapToLong(TensorInfo::byteLength).sum();
  }

  /** Bytes that one token of a single text reads: all weights but the table of tokens. */
  public long bytesPerToken() {
    return bytes() - (long) vocabulary * width * Short.BYTES;
  }

  /** {@link #bytesPerToken} where the layers' weights are bytes with a scale for each row. */
  public long bytesPerTokenOfBytes() {
    long head = (long) vocabulary * width * Short.BYTES;
    return (bytesPerToken() - head) / Short.BYTES + head;
  }

  /** Bytes of keys and values of so many tokens. */
  public long cacheBytes(long tokens) {
    return 2L * layers * keyHeads * (width / heads) * Short.BYTES * tokens;
  }

  private Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("LlamaForCausalLM"));
    config.put("model_type", "llama");
    config.put("hidden_size", width);
    config.put("num_hidden_layers", layers);
    config.put("num_attention_heads", heads);
    config.put("num_key_value_heads", keyHeads);
    config.put("intermediate_size", feedForward);
    config.put("vocab_size", vocabulary);
    config.put("max_position_embeddings", CONTEXT);
    config.put("rms_norm_eps", 1e-5);
    config.put("rope_theta", 10_000.0);
    config.put("tie_word_embeddings", false);
    config.put("bos_token_id", BEGIN);
    config.put("eos_token_id", END);
    return config;
  }

  /** A tokenizer of bytes; the words of the vocabulary stand for nothing. */
  private Map<String, Object> tokenizer() {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("<unk>", 0);
    words.put("<s>", BEGIN);
    words.put("</s>", END);
    for (int i = 0; i < BYTES; i++) {
      words.put(String.format("<0x%02X>", i), 3 + i);
    }
    for (int i = FIRST_WORD; i < vocabulary; i++) {
      words.put("\u2581w" + i, i);
    }
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("unk_token", "<unk>");
    model.put("fuse_unk", true);
    model.put("byte_fallback", true);
    model.put("vocab", words);
    model.put("merges", List.of());
    List<Map<String, Object>> added =
        List.of(special("<unk>", 0), special("<s>", BEGIN), special("</s>", END));
    Map<String, Object> decoder =
        Map.of(
            "type",
            "Sequence",
            "decoders",
            List.of(Map.of("type", "ByteFallback"), Map.of("type", "Fuse")));
    return Map.of("version", "1.0", "added_tokens", added, "decoder", decoder, "model", model);
  }

  private static Map<String, Object> special(String content, int id) {
    return Map.of(
        "id",
        id,
        "content",
        content,
        "single_word",
        false,
        "lstrip",
        false,
        "rstrip",
        false,
        "normalized",
        false,
        "special",
        true);
  }

  private List<TensorInfo> tensors() {
    int size = width / heads;
    List<TensorInfo> all = new ArrayList<>();
    add(all, "model.embed_tokens.weight", vocabulary, width);
    for (int i = 0; i < layers; i++) {
      String layer = "model.layers." + i + ".";
      add(all, layer + "input_layernorm.weight", width);
      add(all, layer + "self_attn.q_proj.weight", (long) heads * size, width);
      add(all, layer + "self_attn.k_proj.weight", (long) keyHeads * size, width);
      add(all, layer + "self_attn.v_proj.weight", (long) keyHeads * size, width);
      add(all, layer + "self_attn.o_proj.weight", width, (long) heads * size);
      add(all, layer + "post_attention_layernorm.weight", width);
      add(all, layer + "mlp.gate_proj.weight", feedForward, width);
      add(all, layer + "mlp.up_proj.weight", feedForward, width);
      add(all, layer + "mlp.down_proj.weight", width, feedForward);
    }
    add(all, "model.norm.weight", width);
    add(all, "lm_head.weight", vocabulary, width);
    return all;
  }

  private static void add(List<TensorInfo> all, String name, long... shape) {
    all.add(new TensorInfo(name, TensorType.BF16, LongStream.of(shape).boxed().toList()));
  }

  /**
   * 1 for norms, else evenly spread around 0 so that a layer keeps the size of what it is given.
   */
  private ByteBuffer numbers(TensorInfo info, SplittableRandom random) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(info.byteLength())).order(ByteOrder.LITTLE_ENDIAN);
    boolean norm = info.name().contains("norm");
    boolean head = info.name().startsWith("lm_head");
    boolean table = info.name().contains("embed");
    long inputs = info.shape().get(info.shape().size() - 1);
    double plain = table ? 1 : Math.sqrt(3.0 / inputs);
    for (long i = 0; i < info.elements(); i++) {
      double largest = plain;
      if (head) {
        largest *= SHARPNESS * (i / inputs == END ? ENDING : 1);
      }
      float number = norm ? 1 : (float) ((2 * random.nextDouble() - 1) * largest);
      bytes.putShort((short) (Float.floatToRawIntBits(number) >>> Short.SIZE));
    }
    return bytes.flip();
  }
}
