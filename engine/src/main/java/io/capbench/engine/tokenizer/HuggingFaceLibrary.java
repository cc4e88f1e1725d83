package io.capbench.engine.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.storage.model.CapbenchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Hugging Face's tokenizer library. */
final class HuggingFaceLibrary {
  private static final String FLAVOUR = "RUST_FLAVOR";

  private HuggingFaceLibrary() {}

  /**
   * Starts the library with a tokenizer that neither cuts nor pads. To be closed by the caller.
   *
   * @param file that it came from, for people
   * @param tokenizer what stands in a tokenizer.json
   * @throws CapbenchException if the library does not start or does not know the tokenizer
   */
  static HuggingFaceTokenizer start(Path file, JsonNode tokenizer) {
    if (System.getenv(FLAVOUR) == null && System.getProperty(FLAVOUR) == null) {
      // With a graphics card the library would fetch another build of itself from the web.
      System.setProperty(FLAVOUR, "cpu");
    }
    byte[] json = tokenizer.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
    } catch (IOException | RuntimeException e) {
      throw BpeFiles.unreadable(file, e);
    } catch (LinkageError e) {
      throw new CapbenchException(
          "The tokenizer library does not start on this machine ("
              + e.getMessage()
              + "). Run \"capbench doctor\", which says what is missing.",
          e);
    }
  }
}
