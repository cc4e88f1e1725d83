package io.capbench.samples.fuser;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.engine.fusion.FusionDefaults;
import io.capbench.engine.weights.ModelAdvice;
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

/** Writes the fuser's folder, as Hugging Face lays it out. */
final class FuserFiles {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  /** A caption that is longer has gone astray. */
  private static final int MOST_NEW_TOKENS = 160;

  /** What people are told of the model. */
  private static final String NOTE =
      "Demonstration model: it only knows captions of Capbench's sample world.";

  private final Path folder;

  /**
   * Writes into a folder.
   *
   * @param folder made if it is not there
   */
  FuserFiles(Path folder) {
    this.folder = folder;
  }

  /** How large the model is. */
  record Size(int layers, int width, int heads, int feedForward) {}

  /** All but the weights. */
  void describe(Size size, WordTokenizer tokenizer) {
    write("config.json", config(size, tokenizer.size()));
    ObjectNode generation = JSON.createObjectNode();
    generation.put("bos_token_id", WordTokenizer.BEGIN).put("eos_token_id", WordTokenizer.END);
    generation.put("pad_token_id", WordTokenizer.PADDING);
    generation.put("do_sample", false).put("num_beams", 1).put("max_new_tokens", MOST_NEW_TOKENS);
    write("generation_config.json", generation);
    write("tokenizer.json", tokenizer.json());
    ObjectNode marks = JSON.createObjectNode().put("tokenizer_class", "PreTrainedTokenizerFast");
    marks.put("bos_token", "<s>").put("eos_token", "</s>").put("pad_token", "<pad>");
    marks.put("clean_up_tokenization_spaces", false).put("model_max_length", 512);
    marks.put("padding_side", "left");
    write("tokenizer_config.json", marks);
    text(FusionDefaults.PROMPT, FuserPairs.PROMPT.template() + "\n");
    advise();
  }

  private void advise() {
    try {
      new ModelAdvice(NOTE, null, null).write(folder);
    } catch (IOException e) {
      throw failed(ModelAdvice.FILE, e);
    }
  }

  private static ObjectNode config(Size size, int vocabulary) {
    ObjectNode config = JSON.createObjectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    config.put("model_type", "llama").put("hidden_act", "silu");
    config.put("hidden_size", size.width()).put("intermediate_size", size.feedForward());
    config.put("num_hidden_layers", size.layers()).put("num_attention_heads", size.heads());
    config.put("num_key_value_heads", size.heads()).put("vocab_size", vocabulary);
    config.put("max_position_embeddings", 512).put("rms_norm_eps", 1e-5);
    config.put("rope_theta", 10000.0).put("tie_word_embeddings", true);
    config.put("attention_bias", false).put("mlp_bias", false).put("initializer_range", 0.02);
    config.put("bos_token_id", WordTokenizer.BEGIN).put("eos_token_id", WordTokenizer.END);
    config.put("pad_token_id", WordTokenizer.PADDING).put("torch_dtype", "bfloat16");
    return config;
  }

  /** The weights, rounded to bfloat16. */
  void weights(Map<String, NDArray> weights) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          List<Long> shape = new ArrayList<>();
          for (long length : weight.getShape().getShape()) {
            shape.add(length);
          }
          tensors.put(name, new TensorInfo(name, TensorType.BF16, shape));
        });
    make();
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        List.copyOf(tensors.values()),
        info -> rounded(weights, info.name()));
  }

  private static ByteBuffer rounded(Map<String, NDArray> weights, String name) {
    NDArray weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("no weight " + name);
    }
    float[] numbers = weight.toFloatArray();
    ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putShort(bfloat16(number));
    }
    return bytes.flip();
  }

  /** The nearest bfloat16; of two, the even one. */
  static short bfloat16(float number) {
    int bits = Float.floatToRawIntBits(number);
    int even = (bits >>> 16) & 1;
    return (short) ((bits + 0x7fff + even) >>> 16);
  }

  private void write(String name, ObjectNode content) {
    try {
      text(name, JSON.writer(PRETTY).writeValueAsString(content) + "\n");
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** A file of text. */
  void text(String name, String content) {
    make();
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private void make() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failed("", e);
    }
  }

  private CapbenchException failed(String name, IOException cause) {
    return new CapbenchException(
        "Cannot write "
            + folder.resolve(name)
            + ": "
            + cause.getMessage()
            + ". Check that you may write there.",
        cause);
  }
}
