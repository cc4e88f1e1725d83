package io.capbench.engine.fusion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers as it is told to: once each, then always in the last way. */
final class FaultyServer implements AutoCloseable {
  /** Answers one request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** What somebody asked. */
  record Asked(String path, String authorization, JsonNode body) {
    String prompt() {
      return body.has("prompt")
          ? body.path("prompt").asText()
          : body.at("/messages/0/content").asText();
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Answer otherwise = text("a fused caption");

  FaultyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next requests are answered like this, one each. */
  FaultyServer next(Answer... ways) {
    answers.addAll(List.of(ways));
    return this;
  }

  /** All others are answered like this. */
  FaultyServer always(Answer way) {
    otherwise = way;
    return this;
  }

  List<Asked> asked() {
    return asked;
  }

  /** How many requests it had at the same time at most. */
  int most() {
    return most.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try (exchange) {
      String key = exchange.getRequestHeaders().getFirst("Authorization");
      asked.add(
          new Asked(
              exchange.getRequestURI().getPath(),
              key == null ? "" : key,
              new ObjectMapper().readTree(exchange.getRequestBody())));
      Answer answer = answers.poll();
      (answer == null ? otherwise : answer).to(exchange);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      running.decrementAndGet();
    }
  }

  static Answer text(String text) {
    return exchange -> {
      boolean chat = exchange.getRequestURI().getPath().endsWith("/chat/completions");
      String quoted = new ObjectMapper().writeValueAsString(text);
      status(
              200,
              "{\"choices\": [{\"finish_reason\": \"stop\", "
                  + (chat ? "\"message\": {\"content\": " + quoted + "}" : "\"text\": " + quoted)
                  + "}], \"usage\": {\"prompt_tokens\": 7}}")
          .to(exchange);
    };
  }

  static Answer status(int status, String body, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Events as they are streamed, each in a piece of its own; they may be cut anywhere. */
  static Answer events(String... pieces) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      for (String piece : pieces) {
        exchange.getResponseBody().write(piece.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
    };
  }

  /** Promises more bytes than come. */
  static Answer cut(String body) {
    return exchange -> {
      exchange.sendResponseHeaders(200, body.length() + 1000L);
      exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    };
  }

  /** Begins an answer and then says nothing until the server is closed. */
  Answer silence() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
