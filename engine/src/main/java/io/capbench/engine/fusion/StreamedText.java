package io.capbench.engine.fusion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of a streamed answer together: server-sent events whose data are JSON, the last
 * of them {@code [DONE]}. Bytes may be cut anywhere. For one thread at a time.
 */
final class StreamedText {
  private static final String DATA = "data:";

  private final EndpointApi api;
  private final ObjectMapper json = new ObjectMapper();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder text = new StringBuilder();
  private @Nullable String finish;
  private @Nullable JsonNode error;
  private int promptTokens;

  /** An answer of which nothing came yet. */
  StreamedText(EndpointApi api) {
    this.api = api;
  }

  /**
   * Takes the next bytes.
   *
   * @return whether there is more text now
   * @throws JsonProcessingException if an event is no JSON
   */
  boolean take(byte[] bytes) throws JsonProcessingException {
    int before = text.length();
    for (byte b : bytes) {
      if (b == '\n') {
        event(line.toString(StandardCharsets.UTF_8).strip());
        line.reset();
      } else {
        line.write(b);
      }
    }
    return text.length() > before;
  }

  private void event(String event) throws JsonProcessingException {
    String data = event.startsWith(DATA) ? event.substring(DATA.length()).strip() : "";
    if (data.isEmpty() || data.equals("[DONE]")) {
      return;
    }
    JsonNode node = json.readTree(data);
    JsonNode choice = node.path("choices").path(0);
    String piece = api.piece(choice);
    if (piece != null) {
      text.append(piece);
    }
    if (choice.path("finish_reason").isTextual()) {
      finish = choice.path("finish_reason").textValue();
    }
    promptTokens = Math.max(promptTokens, node.path("usage").path("prompt_tokens").asInt(0));
    if (node.hasNonNull("error")) {
      error = node;
    }
  }

  String text() {
    return text.toString();
  }

  /** Why the text ended; null if it has not, so that an answer that stops here was cut. */
  @Nullable String finish() {
    return finish;
  }

  /** What the server says is wrong, or null if nothing is. */
  @Nullable JsonNode error() {
    return error;
  }

  int promptTokens() {
    return promptTokens;
  }
}
