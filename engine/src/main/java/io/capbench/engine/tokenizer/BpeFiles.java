package io.capbench.engine.tokenizer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the files in which byte pair vocabularies are published. */
final class BpeFiles {
  /** OpenAI's file. */
  static final String OPENAI = "bpe_simple_vocab_16e6.txt.gz";

  private static final String OPENAI_BEGIN = "<start_of_text>";
  private static final String OPENAI_END = "<end_of_text>";
  private static final String HUGGING_FACE_BEGIN = "<|startoftext|>";
  private static final String HUGGING_FACE_END = "<|endoftext|>";

  /** OpenAI's file holds more pairs than its models know. */
  private static final int OPENAI_PAIRS = 49_152 - 256 - 2;

  private static final int MOST_BYTES = 64 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private BpeFiles() {}

  /** Reads OpenAI's file: the pairs, of which the tokens follow. */
  static BpeTokenizer openAi(Path file, int contextLength) {
    List<String> pairs = pairs(file, true);
    Map<String, Integer> ids = new HashMap<>();
    char[] letters = ByteAlphabet.letters();
    for (int value : ByteAlphabet.order()) {
      ids.put(String.valueOf(letters[value]), ids.size());
    }
    for (int value : ByteAlphabet.order()) {
      ids.put(letters[value] + BpeVocabulary.WORD_END, ids.size());
    }
    int next = ids.size();
    for (String pair : pairs) {
      ids.put(pair.replace(" ", ""), next++);
    }
    ids.put(OPENAI_BEGIN, next++);
    ids.put(OPENAI_END, next);
    return new BpeTokenizer(
        "OpenAI BPE, " + file.getFileName(),
        contextLength,
        vocabulary(file, ids, pairs),
        OPENAI_BEGIN,
        OPENAI_END);
  }

  /** Reads Hugging Face's two files. */
  static BpeTokenizer huggingFace(Path vocabulary, Path merges, int contextLength) {
    Map<String, Integer> ids = ids(vocabulary);
    if (!ids.containsKey(HUGGING_FACE_BEGIN) || !ids.containsKey(HUGGING_FACE_END)) {
      throw new CapbenchException(
          vocabulary
              + " has no tokens "
              + HUGGING_FACE_BEGIN
              + " and "
              + HUGGING_FACE_END
              + ", so it is not a CLIP model's. Put the vocab.json and merges.txt of the model there.");
    }
    return new BpeTokenizer(
        "OpenAI BPE, vocab.json and merges.txt",
        contextLength,
        vocabulary(merges, ids, pairs(merges, false)),
        HUGGING_FACE_BEGIN,
        HUGGING_FACE_END);
  }

  private static BpeVocabulary vocabulary(Path file, Map<String, Integer> ids, List<String> pairs) {
    try {
      return new BpeVocabulary(ids, pairs);
    } catch (IllegalArgumentException e) {
      throw new CapbenchException(
          file
              + " is damaged: "
              + e.getMessage()
              + ". Fetch it again from where the model is published.",
          e);
    }
  }

  private static Map<String, Integer> ids(Path file) {
    try {
      return JSON.readValue(bytes(file, false), new TypeReference<Map<String, Integer>>() {});
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static List<String> pairs(Path file, boolean compressed) {
    try {
      List<String> pairs = new ArrayList<>();
      String all = new String(bytes(file, compressed), StandardCharsets.UTF_8);
      // The first line names the version.
      all.lines().skip(1).limit(OPENAI_PAIRS).filter(line -> !line.isBlank()).forEach(pairs::add);
      return pairs;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static byte[] bytes(Path file, boolean compressed) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream content = compressed ? new GZIPInputStream(in) : in) {
      byte[] bytes = content.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it holds more than 64 MiB");
      }
      return bytes;
    }
  }

  static CapbenchException unreadable(Path file, Exception cause) {
    return new CapbenchException(
        file
            + " cannot be read as a tokenizer's file: "
            + reason(cause)
            + ". Fetch it again from where the model is published.",
        cause);
  }

  private static @Nullable String reason(Exception cause) {
    if (cause instanceof JacksonException damage && damage.getLocation() != null) {
      return damage.getOriginalMessage()
          + " in line "
          + damage.getLocation().getLineNr()
          + ", column "
          + damage.getLocation().getColumnNr();
    }
    return cause.getMessage();
  }
}
