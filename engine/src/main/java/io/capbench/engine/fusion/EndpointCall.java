package io.capbench.engine.fusion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.storage.image.LimitedBody;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one request to a server and says what became of it. Thread-safe. */
final class EndpointCall {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointCall.class);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MESSAGE_LENGTH = 300;

  /** Bytes of an answer; one that is longer than any caption is refused. */
  private static final int LONGEST = 4 << 20;

  private final EndpointAddress address;
  private final @Nullable String model;
  private final @Nullable ApiKey key;
  private final int maxNewTokens;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          // A key must not follow to wherever an answer points.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Prepares calls.
   *
   * @param model the server's name of it, or null if it has but one
   * @param key or null if the server wants none
   */
  EndpointCall(
      EndpointAddress address, @Nullable String model, @Nullable ApiKey key, int maxNewTokens) {
    this.address = address;
    this.model = model;
    this.key = key;
    this.maxNewTokens = maxNewTokens;
  }

  /**
   * A request on its way.
   *
   * @param answer what the server says
   * @param told when that has been told
   */
  record Sent(CompletableFuture<HttpResponse<byte[]>> answer, CompletableFuture<Void> told) {
    /** Gives it up. */
    void cancel() {
      answer.cancel(true);
    }
  }

  /**
   * Sends a request.
   *
   * @param part is told the whole text so far, on a thread of the connection; null to have the
   *     answer at once
   * @param end is told once what becomes of it, on a thread of the connection
   */
  Sent send(
      String prompt, EndpointApi api, @Nullable Consumer<String> part, Consumer<Outcome> end) {
    HttpRequest request = request(prompt, api, part != null);
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> body(info, api, part));
    return new Sent(
        answer,
        answer
            .handle(
                (response, failure) ->
                    failure == null ? outcome(response, api) : connection(request, failure))
            .thenAccept(end));
  }

  private HttpRequest request(String prompt, EndpointApi api, boolean streamed) {
    ObjectNode content = json.createObjectNode();
    if (model != null) {
      content.put("model", model);
    }
    api.ask(content, prompt);
    content.put("max_tokens", maxNewTokens).put("temperature", 0).put("stream", streamed);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.of(api))
            .header("Content-Type", "application/json")
            .header("Accept", streamed ? "text/event-stream, application/json" : "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(content.toString()));
    if (key != null) {
      request.header("Authorization", key.header());
    }
    return request.build();
  }

  private static LimitedBody body(
      HttpResponse.ResponseInfo info, EndpointApi api, @Nullable Consumer<String> part) {
    if (part == null
        || info.statusCode() != 200
        || !streamed(info.headers().firstValue("Content-Type").orElse(""))) {
      return new LimitedBody(LONGEST, piece -> {});
    }
    StreamedText text = new StreamedText(api);
    return new LimitedBody(
        LONGEST,
        piece -> {
          try {
            if (text.take(piece)) {
              part.accept(text.text());
            }
          } catch (JsonProcessingException e) {
            LOG.debug(
                "An event that is no JSON; the whole answer is looked at once it is there", e);
          }
        });
  }

  private static boolean streamed(String contentType) {
    return contentType.startsWith("text/event-stream");
  }

  private Outcome outcome(HttpResponse<byte[]> response, EndpointApi api) {
    int status = response.statusCode();
    if (response.body().length > LONGEST) {
      return broken("the answer is longer than 4 MB");
    }
    if (status == 200) {
      String type = response.headers().firstValue("Content-Type").orElse("");
      try {
        return streamed(type) ? events(response.body(), api) : whole(response.body(), api);
      } catch (IOException e) {
        LOG.debug("An answer that is no JSON", e);
        return new Outcome.Again("The server's answer is no JSON", null, false);
      }
    }
    return failure(status, response);
  }

  private Outcome failure(int status, HttpResponse<byte[]> response) {
    String said = "The server answers " + status + said(response.body());
    if (status >= 300 && status < 400) {
      String to = response.headers().firstValue("Location").orElse("another address");
      return new Outcome.Ended(
          shown(
              "The server sends requests on to "
                  + to
                  + ", where no key is carried to. Give that"
                  + " address as the endpoint if you trust it."));
    }
    return switch (status) {
      case 401, 403 ->
          new Outcome.Ended(
              said
                  + (key == null
                      ? ". It wants a key: name the environment variable that has it with"
                          + " --api-key-env."
                      : ". Check that the key is right and may use this model."));
      case 404, 405, 501 -> new Outcome.UnknownWay(said);
      case 408, 425, 429, 500, 502, 503, 504, 529 ->
          new Outcome.Again(
              said,
              response
                  .headers()
                  .firstValue("Retry-After")
                  .map(value -> RetryDelay.retryAfter(value, Instant.now()))
                  .orElse(null),
              false);
      default -> new Outcome.Refused(said);
    };
  }

  private Outcome whole(byte[] body, EndpointApi api) throws IOException {
    JsonNode node = json.readTree(body);
    if (node.hasNonNull("error")) {
      return new Outcome.Refused("The server says" + said(body));
    }
    JsonNode choice = node.path("choices").path(0);
    String text = api.text(choice);
    if (text == null) {
      return new Outcome.Again("The server's answer has no text in it", null, false);
    }
    return done(
        text,
        choice.path("finish_reason").asText("stop"),
        node.path("usage").path("prompt_tokens").asInt(0));
  }

  private Outcome events(byte[] body, EndpointApi api) throws IOException {
    StreamedText text = new StreamedText(api);
    text.take(body);
    JsonNode error = text.error();
    if (error != null) {
      return new Outcome.Refused(
          "The server says" + said(error.toString().getBytes(StandardCharsets.UTF_8)));
    }
    String finish = text.finish();
    if (finish == null) {
      return new Outcome.Again("The server's answer breaks off", null, false);
    }
    return done(text.text(), finish, text.promptTokens());
  }

  private Outcome done(String text, String finish, int promptTokens) {
    if (finish.equals("content_filter")) {
      return new Outcome.Refused("The server keeps the text back (content_filter)");
    }
    Finish why = finish.equals("length") ? Finish.LENGTH : Finish.EOS;
    return new Outcome.Done(
        new FusedCaption(text.strip(), List.of(), Double.NaN, Math.max(0, promptTokens), why));
  }

  private Outcome connection(HttpRequest request, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    LOG.debug("No answer from {}", address.host(), cause);
    if (cause instanceof ConnectException
        || cause instanceof java.net.http.HttpConnectTimeoutException) {
      return new Outcome.Again("Nothing answers at " + request.uri(), null, true);
    }
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return broken(message);
  }

  private Outcome broken(String why) {
    return new Outcome.Again(
        shown("The connection to " + address.host() + " breaks off: " + why), null, false);
  }

  /** The server's own words on what is wrong, after a colon; empty if it has none. */
  private String said(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      JsonNode node = json.readTree(body);
      for (String at : List.of("/error/message", "/error", "/message", "/detail")) {
        JsonNode found = node.at(at);
        if (found.isTextual()) {
          text = found.textValue();
          break;
        }
      }
    } catch (IOException e) {
      LOG.trace("The server explains itself in plain text", e);
    }
    String said = shown(text.strip());
    return said.isEmpty() ? "" : ": " + said;
  }

  /** What others said, short, on one line, and without the key. */
  private String shown(String text) {
    String hidden = key == null ? text : key.hideIn(text);
    String line = hidden.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() <= MESSAGE_LENGTH ? line : line.substring(0, MESSAGE_LENGTH) + "...";
  }
}
