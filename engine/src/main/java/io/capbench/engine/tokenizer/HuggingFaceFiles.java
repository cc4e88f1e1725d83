package io.capbench.engine.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads tokenizer.json, or makes what would stand in it from BERT's vocab.txt. */
final class HuggingFaceFiles {
  static final String TOKENIZER = "tokenizer.json";
  static final String WORD_PIECES = "vocab.txt";

  private static final String CONFIG = "tokenizer_config.json";
  private static final List<String> MARKS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
  private static final int LONGEST_WORD = 100;
  private static final int MOST_BYTES = 256 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private HuggingFaceFiles() {}

  /** What stands in a tokenizer.json. */
  static JsonNode tokenizer(Path file) {
    try {
      return JSON.readTree(text(file));
    } catch (IOException e) {
      throw BpeFiles.unreadable(file, e);
    }
  }

  /** One more than the greatest number of a token. */
  static int size(JsonNode tokenizer) {
    int size = 0;
    JsonNode vocabulary = tokenizer.path("model").path("vocab");
    if (vocabulary.isArray()) {
      size = vocabulary.size();
    } else {
      for (JsonNode id : vocabulary) {
        size = Math.max(size, id.asInt() + 1);
      }
    }
    for (JsonNode token : tokenizer.path("added_tokens")) {
      size = Math.max(size, token.path("id").asInt() + 1);
    }
    return size;
  }

  /**
   * BERT's tokenizer: words of the vocabulary and their continuations, which begin with "##".
   *
   * @param file a token a line, its number being the line's, from 0; tokenizer_config.json beside
   *     it may say that capitals matter
   */
  static JsonNode wordPieces(Path file) {
    ObjectNode vocabulary = JSON.createObjectNode();
    try {
      int next = 0;
      for (String line : (Iterable<String>) text(file).lines()::iterator) {
        vocabulary.put(line, next++);
      }
      ObjectNode tokenizer = JSON.createObjectNode().put("version", "1.0");
      tokenizer.set("added_tokens", marks(file, vocabulary));
      tokenizer.putObject("normalizer").put("type", "BertNormalizer").put("clean_text", true);
      ((ObjectNode) tokenizer.get("normalizer"))
          .put("handle_chinese_chars", true)
          .putNull("strip_accents")
          .put("lowercase", lowerCase(file));
      tokenizer.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
      tokenizer.set("post_processor", around(vocabulary));
      ObjectNode model = tokenizer.putObject("model").put("type", "WordPiece");
      model.put("unk_token", "[UNK]").put("continuing_subword_prefix", "##");
      model.put("max_input_chars_per_word", LONGEST_WORD).set("vocab", vocabulary);
      return tokenizer;
    } catch (IOException e) {
      throw BpeFiles.unreadable(file, e);
    }
  }

  private static ArrayNode marks(Path file, ObjectNode vocabulary) {
    ArrayNode marks = JSON.createArrayNode();
    for (String mark : MARKS) {
      if (!vocabulary.has(mark)) {
        throw new CapbenchException(
            file
                + " has no line "
                + mark
                + ", so it is no BERT vocabulary. Put the vocab.txt there that the model was trained"
                + " with.");
      }
      marks
          .addObject()
          .put("id", vocabulary.get(mark).asInt())
          .put("content", mark)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    return marks;
  }

  private static ObjectNode around(ObjectNode vocabulary) {
    ObjectNode around = JSON.createObjectNode().put("type", "BertProcessing");
    around.putArray("sep").add("[SEP]").add(vocabulary.get("[SEP]").asInt());
    around.putArray("cls").add("[CLS]").add(vocabulary.get("[CLS]").asInt());
    return around;
  }

  private static boolean lowerCase(Path vocabulary) throws JsonProcessingException, IOException {
    Path config = vocabulary.resolveSibling(CONFIG);
    return !Files.isRegularFile(config)
        || JSON.readTree(text(config)).path("do_lower_case").asBoolean(true);
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("it is larger than 256 MiB");
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
