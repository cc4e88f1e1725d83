package io.capbench.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.engine.tokenizer.SentencePieceFile.Piece;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what would stand in a tokenizer.json from a LLaMA model's SentencePiece file, as {@code
 * LlamaConverter} of transformers 4.28 does where a model was published without one. For one use.
 */
final class SentencePieceConversion {
  /** What LLaMA's first three tokens are called, whatever the file calls them. */
  private static final List<String> MARKS = List.of("<unk>", "<s>", "</s>");

  private static final String BEGIN = "<s>";
  private static final String SPACE = "\u2581";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<Piece> pieces;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * Reads the file; added_tokens.json and special_tokens_map.json beside it may name further
   * tokens.
   *
   * @throws CapbenchException if it is damaged or of another kind
   */
  SentencePieceConversion(Path file) {
    this.file = file;
    this.pieces = SentencePieceFile.read(file).pieces();
    if (pieces.size() < MARKS.size()) {
      throw new CapbenchException(
          file + " has no tokens. Fetch it again from where the model is published.");
    }
    for (int id = 0; id < pieces.size(); id++) {
      ids.put(text(id), id);
    }
  }

  /** What would stand in a tokenizer.json. */
  JsonNode tokenizer() {
    ObjectNode tokenizer = JSON.createObjectNode().put("version", "1.0");
    tokenizer.set("added_tokens", added());
    ArrayNode normalizers =
        tokenizer.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    normalizers.addObject().put("type", "Prepend").put("prepend", SPACE);
    replace(normalizers.addObject(), " ", SPACE);
    tokenizer.set("post_processor", around());
    ArrayNode decoders =
        tokenizer.putObject("decoder").put("type", "Sequence").putArray("decoders");
    replace(decoders.addObject(), SPACE, " ");
    decoders.addObject().put("type", "ByteFallback");
    decoders.addObject().put("type", "Fuse");
    decoders.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    ObjectNode model = tokenizer.putObject("model").put("type", "BPE");
    model.put("unk_token", MARKS.get(0)).put("fuse_unk", true).put("byte_fallback", true);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < pieces.size(); id++) {
      vocabulary.put(text(id), id);
    }
    ArrayNode merges = model.putArray("merges");
    merges().forEach(merge -> merges.add(text(merge.left()) + " " + text(merge.right())));
    return tokenizer;
  }

  private String text(int id) {
    return id < MARKS.size() ? MARKS.get(id) : pieces.get(id).text();
  }

  private record Merge(int left, int right, float score) {}

  /** Every way to make a token of two others, the best first. */
  private List<Merge> merges() {
    List<Merge> merges = new ArrayList<>();
    for (int id = MARKS.size(); id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      String text = piece.text();
      // The original takes a score of 0 for none.
      int from = piece.score() == 0 ? text.length() : 1;
      for (int at = from; at < text.length(); at++) {
        Integer left = ids.get(text.substring(0, at));
        Integer right = ids.get(text.substring(at));
        if (left != null && right != null) {
          merges.add(new Merge(left, right, piece.score()));
        }
      }
    }
    merges.sort(
        Comparator.comparingDouble((Merge merge) -> -merge.score())
            .thenComparingInt(Merge::left)
            .thenComparingInt(Merge::right));
    return merges;
  }

  private ArrayNode added() {
    ArrayNode added = JSON.createArrayNode();
    for (int id = 0; id < MARKS.size(); id++) {
      mark(added, id, MARKS.get(id), true, true);
    }
    String special = beside("special_tokens_map.json").toString();
    JsonNode further = beside("added_tokens.json");
    List<String> names = new ArrayList<>();
    further.fieldNames().forEachRemaining(names::add);
    names.sort(Comparator.comparingInt(name -> further.path(name).asInt()));
    for (String name : names) {
      int id = further.path(name).asInt(-1);
      if (id >= pieces.size()) {
        mark(
            added,
            id,
            name,
            false,
            special.contains(JSON.getNodeFactory().textNode(name).toString()));
      }
    }
    return added;
  }

  private static void mark(
      ArrayNode added, int id, String text, boolean normalized, boolean special) {
    added
        .addObject()
        .put("id", id)
        .put("content", text)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", normalized)
        .put("special", special);
  }

  private JsonNode beside(String name) {
    Path other = file.resolveSibling(name);
    return Files.isRegularFile(other)
        ? HuggingFaceFiles.tokenizer(other)
        : MissingNode.getInstance();
  }

  private static void replace(ObjectNode step, String text, String by) {
    step.put("type", "Replace").putObject("pattern").put("String", text);
    step.put("content", by);
  }

  /** The mark of the beginning before every text. */
  private static ObjectNode around() {
    ObjectNode around = JSON.createObjectNode().put("type", "TemplateProcessing");
    for (String kind : List.of("single", "pair")) {
      ArrayNode parts = around.putArray(kind);
      parts.addObject().putObject("SpecialToken").put("id", BEGIN).put("type_id", 0);
      parts.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
      if (kind.equals("pair")) {
        parts.addObject().putObject("Sequence").put("id", "B").put("type_id", 0);
      }
    }
    ObjectNode begin = around.putObject("special_tokens").putObject(BEGIN).put("id", BEGIN);
    begin.putArray("ids").add(MARKS.indexOf(BEGIN));
    begin.putArray("tokens").add(BEGIN);
    return around;
  }
}
