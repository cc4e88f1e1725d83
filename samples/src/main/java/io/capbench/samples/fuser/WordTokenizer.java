package io.capbench.samples.fuser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words that are known are one token, with the blank before them; everything else is spelled, byte
 * by byte, so that names and codes that nobody has seen can be copied. What {@link #json} gives is
 * the same for Hugging Face's library; this class can also spell words that are known.
 */
final class WordTokenizer {
  static final int PADDING = 0;
  static final int BEGIN = 1;
  static final int END = 2;

  private static final List<String> MARKS = List.of("<pad>", "<s>", "</s>");
  private static final int BYTES = 256;

  /** How often a form of a word comes at least, of what is asked of the word. */
  private static final double RARE = 0.15;

  /** Words with the blank before them; digits, signs and other blanks each for themselves. */
  private static final String PIECES = " ?\\p{L}+|\\p{N}|[^ \\p{L}\\p{N}]| ";

  private static final Pattern PIECE = Pattern.compile(PIECES);
  private static final String[] BYTE_NAMES = byteNames();

  private final Map<String, Integer> words = new LinkedHashMap<>();

  /**
   * A tokenizer.
   *
   * @param words that are one token each, in the order of their numbers, with a blank before them
   *     where that belongs to them
   */
  WordTokenizer(List<String> words) {
    for (String word : words) {
      this.words.put(word, MARKS.size() + BYTES + this.words.size());
    }
  }

  /**
   * Learns the words that come at least so many times in texts, with all capitals that they come
   * with now and then.
   *
   * @param texts as a model is given them
   */
  static WordTokenizer of(Stream<String> texts, int times) {
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, Integer> words = new TreeMap<>();
    texts.forEach(
        text -> {
          Matcher matcher = PIECE.matcher(text);
          while (matcher.find()) {
            counts.merge(matcher.group(), 1, Integer::sum);
            words.merge(word(matcher.group()), 1, Integer::sum);
          }
        });
    return new WordTokenizer(
        counts.entrySet().stream()
            .filter(entry -> isWord(entry.getKey().strip()))
            .filter(entry -> words.getOrDefault(word(entry.getKey()), 0) >= times)
            .filter(entry -> entry.getValue() >= times * RARE)
            .map(Map.Entry::getKey)
            .toList());
  }

  /** Two capitals are a part of a code, not a word. */
  private static boolean isWord(String piece) {
    return piece.length() > 2
        || (piece.length() == 2 && !piece.equals(piece.toUpperCase(Locale.ROOT)));
  }

  private static String word(String piece) {
    return piece.strip().toLowerCase(Locale.ROOT);
  }

  /** How many tokens there are. */
  int size() {
    return MARKS.size() + BYTES + words.size();
  }

  /** The tokens of a text, without marks. */
  List<Integer> encode(String text) {
    return encode(text, Set.of());
  }

  /**
   * The tokens of a text, without marks.
   *
   * @param spelled words, in small letters, that are spelled although they may be known
   */
  List<Integer> encode(String text, Set<String> spelled) {
    List<Integer> tokens = new ArrayList<>();
    Matcher matcher = PIECE.matcher(text);
    while (matcher.find()) {
      String piece = matcher.group();
      Integer word = words.get(piece);
      if (word != null && !spelled.contains(word(piece))) {
        tokens.add(word);
      } else {
        for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
          tokens.add(MARKS.size() + (b & 0xff));
        }
      }
    }
    return tokens;
  }

  /** What stands in {@code tokenizer.json}. */
  ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode().put("version", "1.0");
    json.putNull("truncation").putNull("padding").putNull("normalizer");
    ArrayNode marks = json.putArray("added_tokens");
    for (int id = 0; id < MARKS.size(); id++) {
      ObjectNode mark = marks.addObject().put("id", id).put("content", MARKS.get(id));
      mark.put("single_word", false).put("lstrip", false).put("rstrip", false);
      mark.put("normalized", false).put("special", true);
    }
    ObjectNode before = json.putObject("pre_tokenizer").put("type", "Sequence");
    ArrayNode steps = before.putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", PIECES);
    split.put("behavior", "Isolated").put("invert", false);
    byteLevel(steps.addObject());
    ObjectNode after = json.putObject("post_processor").put("type", "TemplateProcessing");
    ArrayNode single = after.putArray("single");
    special(single.addObject());
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    ArrayNode pair = after.putArray("pair");
    special(pair.addObject());
    pair.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 0);
    ObjectNode begin = after.putObject("special_tokens").putObject(MARKS.get(BEGIN));
    begin.put("id", MARKS.get(BEGIN)).putArray("ids").add(BEGIN);
    begin.putArray("tokens").add(MARKS.get(BEGIN));
    ObjectNode decoder = json.putObject("decoder").put("type", "Sequence");
    ArrayNode decoders = decoder.putArray("decoders");
    byteLevel(decoders.addObject());
    // What is said begins behind a blank, which is not part of it.
    decoders.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    json.set("model", model(json));
    return json;
  }

  private ObjectNode model(ObjectNode factory) {
    ObjectNode model = factory.objectNode().put("type", "BPE");
    model.putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", true);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < MARKS.size(); id++) {
      vocabulary.put(MARKS.get(id), id);
    }
    for (int b = 0; b < BYTES; b++) {
      vocabulary.put(BYTE_NAMES[b], MARKS.size() + b);
    }
    words.forEach((word, id) -> vocabulary.put(byteLevel(word), id));
    model.putArray("merges");
    return model;
  }

  private static void special(ObjectNode node) {
    node.putObject("SpecialToken").put("id", MARKS.get(BEGIN)).put("type_id", 0);
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel").put("add_prefix_space", false);
    node.put("trim_offsets", false).put("use_regex", false);
  }

  private static String byteLevel(String word) {
    StringBuilder names = new StringBuilder();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      names.append(BYTE_NAMES[b & 0xff]);
    }
    return names.toString();
  }

  /** The letters that byte-level tokenizers write for bytes, as GPT-2 began it. */
  private static String[] byteNames() {
    String[] names = new String[BYTES];
    int next = BYTES;
    for (int b = 0; b < BYTES; b++) {
      boolean shown = (b > ' ' && b < 0x7f) || (b > 0xa0 && b != 0xad);
      names[b] = String.valueOf((char) (shown ? b : next++));
    }
    return names;
  }
}
