package io.capbench.engine.llama;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.capbench.engine.llama.LlamaConfig.Attention;
import io.capbench.engine.llama.LlamaConfig.Sizes;
import io.capbench.engine.llama.LlamaConfig.SpecialTokens;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the configuration files of a model's folder. For one use. */
final class LlamaConfigReader {
  static final String CONFIG = "config.json";

  static final String LAYERS = "num_hidden_layers";
  static final String WIDTH = "hidden_size";
  static final String VOCABULARY = "vocab_size";

  private static final String ARCHITECTURE = "LlamaForCausalLM";

  /** What language models' architectures end with, of today and of GPT-2's days. */
  private static final List<String> LANGUAGE = List.of("forcausallm", "lmheadmodel");

  private static final Set<String> SILU = Set.of("silu", "swish");
  private static final int MOST = 1 << 24;

  /** Each has tensors of its own, so that a wrong number would take memory. */
  private static final int MOST_LAYERS = 1 << 14;

  private static final String BEGIN = "bos_token_id";
  private static final String END = "eos_token_id";

  /** What transformers takes where no file says anything. */
  private static final int USUAL_BEGIN = 1;

  private static final int USUAL_END = 2;

  private final Path file;
  private final Path generationFile;
  private final JsonNode config;

  LlamaConfigReader(Path folder) {
    file = folder.resolve(CONFIG);
    generationFile = folder.resolve("generation_config.json");
    if (!Files.isRegularFile(file)) {
      throw new CapbenchException(
          folder
              + " has no config.json: it is not the folder of a language model. Name the folder"
              + " that holds config.json and the weights.");
    }
    config = json(file);
  }

  static boolean languageModel(Path folder) {
    Path file = folder.resolve(CONFIG);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    JsonNode config = json(file);
    String name = config.path("architectures").path(0).asText("").toLowerCase(Locale.ROOT);
    return LANGUAGE.stream().anyMatch(name::endsWith)
        || config.path("model_type").asText("").equals("llama");
  }

  LlamaConfig read() {
    checkArchitecture();
    int width = number(WIDTH, 0);
    int heads = number("num_attention_heads", 0);
    int keyHeads = number("num_key_value_heads", heads);
    int headSize = number("head_dim", width / heads);
    if (heads % keyHeads != 0 || headSize % 2 != 0) {
      throw refused(
          "has %d heads for %d heads of keys, of %d numbers each"
              .formatted(heads, keyHeads, headSize));
    }
    return new LlamaConfig(
        new Sizes(
            number(LAYERS, 0, MOST_LAYERS),
            width,
            number("intermediate_size", 0),
            number(VOCABULARY, 0)),
        new Attention(heads, keyHeads, headSize, truth("attention_bias")),
        rope(),
        fraction(config, "rms_norm_eps", 1e-6),
        truth("mlp_bias"),
        truth("tie_word_embeddings"),
        tokens());
  }

  /** What the file calls the architecture; empty if it says nothing. */
  String architecture() {
    JsonNode names = config.path("architectures");
    return names.isEmpty() ? config.path("model_type").asText("") : names.path(0).asText("");
  }

  /** A number as it stands in the file, sensible or not; empty if there is none. */
  Optional<Integer> stated(String name) {
    JsonNode value = config.path(name);
    return value.isInt() ? Optional.of(value.asInt()) : Optional.empty();
  }

  private void checkArchitecture() {
    JsonNode names = config.path("architectures");
    String name = architecture();
    boolean llama = names.isEmpty() ? name.equals("llama") : name.equalsIgnoreCase(ARCHITECTURE);
    if (!llama) {
      throw new CapbenchException(
          file
              + " is of "
              + (name.isEmpty() ? "no named architecture" : "the architecture " + name)
              + "; Capbench runs "
              + ARCHITECTURE
              + " on this machine. For another model, name a server with --endpoint.");
    }
    String activation = config.path("hidden_act").asText("silu");
    if (!SILU.contains(activation)) {
      throw refused("has the activation " + activation + ", not silu");
    }
    if (config.hasNonNull("quantization_config")) {
      throw refused("is of quantised weights, in a form that Capbench does not read");
    }
    if (fraction(config, "partial_rotary_factor", 1) != 1) {
      throw refused("turns a part of each head only (partial_rotary_factor)");
    }
  }

  private Rope rope() {
    JsonNode newer = config.path("rope_parameters");
    JsonNode scaling = newer.isObject() ? newer : config.path("rope_scaling");
    double theta = fraction(newer, "rope_theta", fraction(config, "rope_theta", 10_000));
    int positions = number("max_position_embeddings", 2048);
    String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
    return new Rope(
        theta,
        switch (type.toLowerCase(Locale.ROOT)) {
          case "default" -> new Rope.Plain();
          case "linear" -> new Rope.Linear(factor(scaling));
          case "dynamic" -> new Rope.Dynamic(factor(scaling));
          case "llama3" ->
              new Rope.Llama3(
                  factor(scaling),
                  fraction(scaling, "low_freq_factor", 1),
                  fraction(scaling, "high_freq_factor", 4),
                  (int) fraction(scaling, "original_max_position_embeddings", positions));
          default -> throw refused("stretches positions by " + type + ", which is not supported");
        },
        positions);
  }

  private double factor(JsonNode scaling) {
    double factor = fraction(scaling, "factor", 1);
    if (!(factor >= 1)) {
      throw refused("stretches positions by the factor " + factor);
    }
    return factor;
  }

  /** The generation file wins, unless it says that it only repeats the configuration. */
  private SpecialTokens tokens() {
    JsonNode generation =
        Files.isRegularFile(generationFile) ? json(generationFile) : MissingNode.getInstance();
    boolean repeats = generation.path("_from_model_config").asBoolean(false);
    JsonNode first = repeats ? config : generation;
    JsonNode second = repeats ? generation : config;
    List<Integer> ends = ids(first.path(END));
    if (ends.isEmpty()) {
      ends = ids(second.path(END));
    }
    if (!generation.has(END) && !config.has(END)) {
      ends = List.of(USUAL_END);
    }
    int padding = id(first, second, "pad_token_id");
    if (padding < 0 && !ends.isEmpty()) {
      padding = ends.get(0);
    }
    int begin = id(first, second, BEGIN);
    if (!generation.has(BEGIN) && !config.has(BEGIN)) {
      begin = USUAL_BEGIN;
    }
    return new SpecialTokens(begin, ends, padding);
  }

  private static int id(JsonNode first, JsonNode second, String name) {
    int id = first.path(name).asInt(-1);
    return id >= 0 ? id : second.path(name).asInt(-1);
  }

  private static List<Integer> ids(JsonNode value) {
    List<Integer> ids = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(id -> ids.add(id.asInt()));
    } else if (value.isInt()) {
      ids.add(value.asInt());
    }
    ids.removeIf(id -> id < 0);
    return ids;
  }

  private boolean truth(String name) {
    return config.path(name).asBoolean(false);
  }

  /** A whole number from 1 on; 0 as a default means that there is none. */
  private int number(String name, int otherwise) {
    return number(name, otherwise, MOST);
  }

  private int number(String name, int otherwise, int most) {
    JsonNode value = config.path(name);
    if (value.isMissingNode() || value.isNull()) {
      if (otherwise > 0) {
        return otherwise;
      }
      throw refused("does not say " + name);
    }
    if (!value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > most) {
      throw refused("says " + name + " " + value + ", which is not possible");
    }
    return value.asInt();
  }

  private double fraction(JsonNode object, String name, double otherwise) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw refused("says " + name + " " + value + ", which is not a number");
    }
    return value.asDouble();
  }

  private CapbenchException refused(String what) {
    return new CapbenchException(file + " " + what + ". Check the file, or choose another model.");
  }

  private static JsonNode json(Path file) {
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readString(file));
      if (!json.isObject()) {
        throw new CapbenchException(file + " holds no JSON object. Download it again.");
      }
      return json;
    } catch (JacksonException e) {
      throw new CapbenchException(
          file + " is not JSON: " + e.getOriginalMessage() + ". Download it again.", e);
    } catch (IOException e) {
      throw new CapbenchException(
          "Cannot read " + file + ": " + e.getMessage() + ". Check that it may be read.", e);
    }
  }
}
