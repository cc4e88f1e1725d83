package io.capbench.samples.clip;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that the model knows, each one token, and {@code tokenizer.json}, which cuts texts into
 * them: BERT's way with whole words, where an unknown word is [UNK]. The end has the greatest
 * number, as open_clip wants it where it looks for the end of a caption.
 */
final class Vocabulary {
  private static final String PAD = "[PAD]";
  private static final String UNKNOWN = "[UNK]";
  private static final String BEGIN = "[CLS]";
  private static final String END = "[SEP]";
  private static final Pattern PIECE = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");
  private static final int LONGEST_WORD = 100;

  private final SortedMap<String, Integer> counts = new TreeMap<>();

  /** Counts the words of a text. */
  void read(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{Mn}", "")
            .toLowerCase(Locale.ROOT);
    Matcher matcher = PIECE.matcher(plain);
    while (matcher.find()) {
      counts.merge(matcher.group(), 1, Integer::sum);
    }
  }

  /** Words that were read at least that often, in the order of the alphabet. */
  List<String> words(int often) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= often)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Writes a tokenizer.
   *
   * @return how many tokens it knows
   */
  static int write(Path file, List<String> words) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    ObjectNode vocabulary = json.createObjectNode();
    vocabulary.put(PAD, 0).put(UNKNOWN, 1).put(BEGIN, 2).put("##s", 3);
    words.forEach(word -> vocabulary.put(word, vocabulary.size()));
    vocabulary.put(END, vocabulary.size());
    ObjectNode tokenizer = json.createObjectNode().put("version", "1.0");
    ArrayNode added = tokenizer.putArray("added_tokens");
    for (String mark : List.of(PAD, UNKNOWN, BEGIN, END)) {
      added
          .addObject()
          .put("id", vocabulary.get(mark).asInt())
          .put("content", mark)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    tokenizer
        .putObject("normalizer")
        .put("type", "BertNormalizer")
        .put("clean_text", true)
        .put("handle_chinese_chars", true)
        .putNull("strip_accents")
        .put("lowercase", true);
    tokenizer.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode around = tokenizer.putObject("post_processor").put("type", "BertProcessing");
    around.putArray("sep").add(END).add(vocabulary.get(END));
    around.putArray("cls").add(BEGIN).add(vocabulary.get(BEGIN));
    tokenizer
        .putObject("model")
        .put("type", "WordPiece")
        .put("unk_token", UNKNOWN)
        .put("continuing_subword_prefix", "##")
        .put("max_input_chars_per_word", LONGEST_WORD)
        .set("vocab", vocabulary);
    Files.writeString(
        file, json.writerWithDefaultPrettyPrinter().writeValueAsString(tokenizer) + "\n");
    return vocabulary.size();
  }
}
