package io.capbench.engine.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tokenizer of a language model, as transformers' {@code AutoTokenizer} reads it from {@code
 * tokenizer.json}, or {@code tokenizer.model} where there is none, and {@code
 * tokenizer_config.json}. Thread-safe; whoever opens it closes it.
 */
public final class LlamaTokenizer implements AutoCloseable {
  private static final String CONFIG = "tokenizer_config.json";
  private static final int NONE = -1;

  /** What transformers puts right after decoding, one after another, where it is wanted. */
  private static final List<String> SPACED =
      List.of(" .", " ?", " !", " ,", " ' ", " n't", " 'm", " 's", " 've", " 're");

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final int size;
  private final boolean marksItself;
  private final int begin;
  private final int end;
  private final boolean cleans;

  private LlamaTokenizer(Path file, JsonNode json, JsonNode config) {
    this.file = file;
    this.size = HuggingFaceFiles.size(json);
    // transformers' own class for LLaMA puts the marks of the configuration around a text; all
    // others leave it to the tokenizer.
    boolean llama = config.path("tokenizer_class").asText("LlamaTokenizer").startsWith("Llama");
    this.marksItself = !llama;
    this.begin =
        mark(json, config, "bos_token", "<s>", config.path("add_bos_token").asBoolean(true));
    this.end =
        mark(json, config, "eos_token", "</s>", config.path("add_eos_token").asBoolean(false));
    // In transformers 4.28, the classes for LLaMA leave texts alone where nothing is said; all
    // others do not.
    this.cleans = config.path("clean_up_tokenization_spaces").asBoolean(!llama);
    this.tokenizer = HuggingFaceLibrary.start(file, json);
  }

  /**
   * Opens the tokenizer of a model.
   *
   * @param folder with tokenizer.json or tokenizer.model
   * @throws CapbenchException if it is not there or damaged
   */
  public static LlamaTokenizer open(Path folder) {
    Path file = folder.resolve(HuggingFaceFiles.TOKENIZER);
    Path pieces = folder.resolve(SentencePieceFile.NAME);
    boolean converts = !Files.isRegularFile(file) && Files.isRegularFile(pieces);
    if (!converts && !Files.isRegularFile(file)) {
      throw new CapbenchException(
          folder
              + " has no tokenizer.json or tokenizer.model, so that no text can be made of what its"
              + " model says. Put the one there that was published with it.");
    }
    Path config = folder.resolve(CONFIG);
    return new LlamaTokenizer(
        converts ? pieces : file,
        converts
            ? new SentencePieceConversion(pieces).tokenizer()
            : HuggingFaceFiles.tokenizer(file),
        Files.isRegularFile(config)
            ? HuggingFaceFiles.tokenizer(config)
            : MissingNode.getInstance());
  }

  /** The file it came from. */
  public Path file() {
    return file;
  }

  /** One more than the greatest number of a token. */
  public int size() {
    return size;
  }

  /** What it is, for people. */
  public String name() {
    return "byte pairs, " + file.getFileName();
  }

  /**
   * What is said where a model knows another number of tokens.
   *
   * @param vocabulary how many the model knows
   */
  public Optional<String> mismatch(int vocabulary) {
    return vocabulary == size
        ? Optional.empty()
        : Optional.of(
            file
                + " knows "
                + size
                + " tokens, the model in config.json "
                + vocabulary
                + "; captions with one that only one of them knows are given a reason instead.");
  }

  /**
   * The tokens of a text.
   *
   * @param marked whether with the mark of the beginning, and all others that the model expects
   *     around a text
   */
  public List<Integer> encode(String text, boolean marked) {
    List<Integer> tokens = new ArrayList<>();
    if (marked && !marksItself && begin != NONE) {
      tokens.add(begin);
    }
    for (long id : tokenizer.encode(text, marked && marksItself, false).getIds()) {
      tokens.add((int) id);
    }
    if (marked && !marksItself && end != NONE) {
      tokens.add(end);
    }
    return List.copyOf(tokens);
  }

  /**
   * The text of tokens. Numbers that are no token are left out.
   *
   * @param marked whether marks such as {@code </s>} are written too
   */
  public String decode(List<Integer> tokens, boolean marked) {
    long[] ids = tokens.stream().mapToLong(Integer::longValue).toArray();
    String text = tokenizer.decode(ids, !marked);
    if (cleans) {
      for (String spaced : SPACED) {
        text = text.replace(spaced, spaced.strip());
      }
    }
    return text;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  /** The number of a mark; none if it is not wanted or not known. */
  private static int mark(
      JsonNode json, JsonNode config, String name, String otherwise, boolean wanted) {
    if (!wanted) {
      return NONE;
    }
    JsonNode value = config.path(name);
    String text =
        value.isObject() ? value.path("content").asText(otherwise) : value.asText(otherwise);
    for (JsonNode token : json.path("added_tokens")) {
      if (token.path("content").asText().equals(text)) {
        return token.path("id").asInt(NONE);
      }
    }
    return json.path("model").path("vocab").path(text).asInt(NONE);
  }
}
