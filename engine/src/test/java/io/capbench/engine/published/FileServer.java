package io.capbench.engine.published;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server of one file on this machine that can break off, stall, change its file and refuse. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  volatile byte[] content;
  volatile @Nullable String tag = "\"one\"";
  volatile int status = 200;
  volatile boolean ranges = true;

  /** The next answers send so many bytes of their body at most; then the connection breaks. */
  volatile int breakAfter = Integer.MAX_VALUE;

  /** After that many bytes of the file nothing comes any more, and the connection stays. */
  volatile int stallAfter = Integer.MAX_VALUE;

  volatile @Nullable Long claimed;

  FileServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url(String path) {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
  }

  /** Range headers of the requests so far, "all" for those without. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    requests.add(range == null ? "all" : range);
    if (exchange.getRequestURI().getPath().startsWith("/moved/")) {
      exchange.getResponseHeaders().add("Location", "/file");
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
      return;
    }
    if (status != 200) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    if (tag != null) {
      exchange.getResponseHeaders().add("ETag", tag);
    }
    int from = 0;
    boolean same = condition == null || condition.equals(tag);
    if (range != null && ranges && same) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      if (from >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        exchange.close();
        return;
      }
      exchange
          .getResponseHeaders()
          .add(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    int length = content.length - from;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, claimed == null ? length : claimed);
    send(exchange, from, length);
  }

  private void send(HttpExchange exchange, int from, int length) throws IOException {
    int sent = Math.min(length, Math.min(breakAfter, Math.max(0, stallAfter - from)));
    OutputStream out = exchange.getResponseBody();
    out.write(content, from, sent);
    out.flush();
    if (stallAfter < from + length) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (sent < length || claimed != null) {
      // The server closes the connection of a handler that fails.
      throw new IOException("broken off");
    }
    exchange.close();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
