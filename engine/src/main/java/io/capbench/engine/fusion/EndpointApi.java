package io.capbench.engine.fusion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The two ways of OpenAI's interface in which text is generated. */
public enum EndpointApi {
  /** The model goes on with the prompt: what checkpoints such as CapsFus-LLaMA were trained for. */
  COMPLETIONS("/completions"),

  /** The prompt is what a person says to an assistant. */
  CHAT("/chat/completions");

  private final String path;

  EndpointApi(String path) {
    this.path = path;
  }

  /** What follows {@code /v1} in its address. */
  String path() {
    return path;
  }

  /** Puts the prompt into a request. */
  void ask(ObjectNode request, String prompt) {
    if (this == COMPLETIONS) {
      request.put("prompt", prompt);
    } else {
      request.putArray("messages").addObject().put("role", "user").put("content", prompt);
    }
  }

  /** The whole text of an answer's choice, or null if it has none. */
  @Nullable String text(JsonNode choice) {
    JsonNode text = this == COMPLETIONS ? choice.path("text") : choice.path("message");
    return content(this == COMPLETIONS ? text : text.path("content"));
  }

  /** The next piece of a streamed text, or null if the choice has none. */
  @Nullable String piece(JsonNode choice) {
    return content(this == COMPLETIONS ? choice.path("text") : choice.at("/delta/content"));
  }

  private static @Nullable String content(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }
}
