package io.capbench.storage.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.ImageRef;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebImagesTest {
  private static final byte[] PNG = Pictures.encoded("png", 9, 7);
  private static final long LIMIT = 100_000;
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path temp;
  private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private WebImages images;

  /** What the server does with the requests, the last one with all that follow. */
  private interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    images = images(LONG);
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void anImageIsFetchedOnceAndThenComesFromTheDisk() throws Exception {
    answers(body(200, PNG));
    ImageBytes image = images.read(url("/a.png"));
    assertThat(image.width()).isEqualTo(9);
    assertThat(image.bytes()).isEqualTo(PNG);
    HttpExchange request = requests.get(0);
    assertThat(request.getRequestHeaders().getFirst("Accept")).isEqualTo("image/*");
    assertThat(request.getRequestHeaders().getFirst("User-Agent")).startsWith("Capbench");
    assertThat(request.getRequestHeaders()).doesNotContainKeys("Accept-encoding", "Cookie");
    server.stop(0);
    assertThat(images(LONG).read(url("/a.png")).bytes()).isEqualTo(PNG);
    assertThat(requests).hasSize(1);
  }

  @Test
  void aDamagedFileInTheCacheIsFetchedAgain() throws Exception {
    answers(body(200, PNG));
    images.read(url("/a.png"));
    try (Stream<Path> files = Files.walk(temp.resolve("images"))) {
      for (Path file : files.filter(f -> f.toString().matches(".*[0-9a-f]{64}")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
    assertThat(requests).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void whatIsGoneIsNotAskedForAgain(int status) {
    answers(body(status, new byte[0]), body(200, PNG));
    assertFails("/a.png", Reason.NOT_FOUND, String.valueOf(status));
    assertFails("/a.png", Reason.NOT_FOUND, String.valueOf(status));
    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"403, 1", "401, 1", "204, 1", "500, 3", "503, 3", "429, 3"})
  void otherStatusesAreSaidAndThoseThatPassAreTriedThrice(int status, int tries) throws Exception {
    answers(body(status, new byte[0]));
    assertFails("/a.png", Reason.HTTP_ERROR, String.valueOf(status));
    assertThat(requests).hasSize(tries);
    assertThat(pauses).hasSize(tries - 1);
    assertFails("/a.png", Reason.HTTP_ERROR, String.valueOf(status));
    assertThat(requests).as("asked again at once").hasSize(tries);
    answers(body(200, PNG));
    later(Duration.ofMinutes(11));
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
  }

  @Test
  void aServerThatFailsOnceIsAskedAgainAfterAShortPause() throws Exception {
    answers(body(500, new byte[10]), body(200, PNG));
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
    assertThat(pauses).containsExactly(Duration.ofMillis(500));
  }

  @Test
  void thePausesBetweenTriesGrow() throws Exception {
    answers(body(500, new byte[10]), body(503, new byte[10]), body(200, PNG));
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
    assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(2));
  }

  @Test
  void aFailureIsRememberedByAnotherProgramToo() {
    answers(body(404, new byte[0]));
    assertFails("/a.png", Reason.NOT_FOUND, "404");
    images = images(LONG);
    assertFails("/a.png", Reason.NOT_FOUND, "404");
    assertThat(requests).hasSize(1);
    assertThat(images.statuses().of(url("/a.png").name())).isEqualTo(ImageStatus.GONE);
  }

  @Test
  void whatLastsIsAskedForAgainAfterAMonthOrWhenAPersonWantsIt() throws Exception {
    answers(body(404, new byte[0]), body(404, new byte[0]), body(200, PNG));
    assertFails("/a.png", Reason.NOT_FOUND, "404");
    later(Duration.ofDays(29));
    assertFails("/a.png", Reason.NOT_FOUND, "404");
    assertThat(requests).hasSize(1);
    later(Duration.ofDays(2));
    assertFails("/a.png", Reason.NOT_FOUND, "404");
    assertThat(requests).hasSize(2);
    images.statuses().retryAll(ImageStatus.TIMEOUT);
    assertFails("/a.png", Reason.NOT_FOUND, "404");
    assertThat(requests).hasSize(2);
    images.statuses().retryAll(ImageStatus.GONE);
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
    assertThat(images.statuses().of(url("/a.png").name())).isEqualTo(ImageStatus.OK);
  }

  @Test
  void aServersWishToBeLeftAloneIsKeptInMind() {
    answers(header("Retry-After", "600", 503, new byte[0]));
    assertFails("/a.png", Reason.HTTP_ERROR, "503");
    later(Duration.ofSeconds(599));
    assertFails("/a.png", Reason.HTTP_ERROR, "503");
    assertThat(requests).hasSize(1);
    later(Duration.ofSeconds(2));
    assertFails("/a.png", Reason.HTTP_ERROR, "503");
    assertThat(requests).hasSize(2);
  }

  @Test
  void anImageThatManyWantAtOnceIsFetchedOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    answers(
        exchange -> {
          asked.countDown();
          await(go);
          body(200, PNG).give(exchange);
        });
    List<Future<ImageBytes>> readers = new ArrayList<>();
    readers.add(threads.submit(() -> images.read(url("/a.png"))));
    asked.await();
    for (int i = 0; i < 5; i++) {
      readers.add(threads.submit(() -> images.read(url("/a.png"))));
    }
    go.countDown();
    for (Future<ImageBytes> reader : readers) {
      assertThat(reader.get().bytes()).isEqualTo(PNG);
    }
    assertThat(requests).hasSize(1);
  }

  @Test
  void whoIsStoppedWhileFetchingLeavesItToTheNext() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    answers(
        exchange -> {
          asked.countDown();
          await();
        },
        body(200, PNG));
    Future<ImageBytes> first = threads.submit(() -> images.read(url("/a.png")));
    asked.await();
    Future<ImageBytes> second = threads.submit(() -> images.read(url("/a.png")));
    first.cancel(true);
    assertThat(second.get().bytes()).isEqualTo(PNG);
    assertThat(images.statuses().of(url("/a.png").name())).isEqualTo(ImageStatus.OK);
  }

  @Test
  void oneImageUnderTwoAddressesIsKeptOnce() throws Exception {
    answers(body(200, PNG));
    images.read(url("/a.png"));
    images.read(url("/b.png"));
    assertThat(requests).hasSize(2);
    assertThat(images.size()).isEqualTo(new WebImages.Size(1, PNG.length));
    images.clear();
    assertThat(images.size()).isEqualTo(new WebImages.Size(0, 0));
    assertThat(images.statuses().of(url("/a.png").name())).isEqualTo(ImageStatus.UNKNOWN);
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
    assertThat(requests).hasSize(3);
  }

  @Test
  void switchedOffTheWebIsNotAskedAndWhatIsKeptStillComes() throws Exception {
    answers(body(200, PNG));
    images.read(url("/a.png"));
    images.setOnline(false);
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
    assertFails("/b.png", Reason.OFFLINE, "switched off");
    assertThat(images.statuses().of(url("/b.png").name())).isEqualTo(ImageStatus.UNKNOWN);
    assertThat(requests).hasSize(1);
    images.setOnline(true);
    assertThat(images.read(url("/b.png")).bytes()).isEqualTo(PNG);
  }

  @Test
  void whatWasRefusedIsAskedForOncePrivateAddressesAreAllowed() throws Exception {
    answers(body(200, PNG));
    images = new WebImages(temp.resolve("own"), false);
    assertFails("/a.png", Reason.REFUSED, "127.0.0.1");
    assertFails("/a.png", Reason.REFUSED, "127.0.0.1");
    assertThat(images.statuses().of(url("/a.png").name())).isEqualTo(ImageStatus.REFUSED);
    images.close();
    images = new WebImages(temp.resolve("own"), true);
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
    images.close();
  }

  @Test
  void aServerIsLeftAloneForAsLongAsItWants() throws Exception {
    answers(header("Retry-After", "5", 429, new byte[0]), body(200, PNG));
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
    assertThat(pauses).containsExactly(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"6", "999999999", "9999999999999", "Fri, 20 Nov 2026 10:00:00 GMT", "-1"})
  void aServerThatWantsToBeLeftAloneForLongIsNotTriedAgain(String after) {
    answers(header("Retry-After", after, 503, new byte[0]));
    assertFails("/a.png", Reason.HTTP_ERROR, "503");
    assertThat(requests).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    answers(
        header("Location", "/b/c.png", 301, new byte[10]),
        header("Location", "d.png?x", 302, new byte[0]),
        body(200, PNG));
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
    assertThat(requests.stream().map(request -> request.getRequestURI().toString()))
        .containsExactly("/a.png", "/b/c.png", "/b/d.png?x");
  }

  @Test
  void redirectsInACircleEnd() {
    answers(header("Location", "/a.png", 302, new byte[0]));
    assertFails("/a.png", Reason.HTTP_ERROR, "redirects more than 5 times");
    assertThat(requests).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/a.png",
        "//169.254.169.254/a",
        "http://two.example/",
        "file:///a"
      })
  void aRedirectToWhatMayNotBeAskedIsRefused(String location) {
    answers(header("Location", location, 302, new byte[0]));
    assertFails("/a.png", Reason.REFUSED, "not");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aRedirectToNowhereIsSaid() {
    answers(body(302, new byte[0]));
    assertFails("/a.png", Reason.HTTP_ERROR, "without saying where to");
  }

  @Test
  void byDefaultThisMachineIsNotAsked() {
    answers(body(200, PNG));
    images = new WebImages(temp.resolve("default"), false);
    assertFails("/a.png", Reason.REFUSED, "127.0.0.1, which is not on the public internet");
    assertThat(requests).isEmpty();
  }

  @Test
  void aHostThatIsNotKnownIsSaid() {
    assertThat(failure("http://nowhere.example/a.png").reason()).isEqualTo(Reason.DNS);
  }

  @Test
  void aServerThatIsNotThereIsSaid() {
    server.stop(0);
    assertFails("/a.png", Reason.UNREADABLE, "cannot be read");
  }

  @Test
  void aServerThatDoesNotAgreeOnEncryptionIsSaid() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(
          () -> {
            try (Socket connection = plain.accept()) {
              // It hears the greeting and answers with a fatal alert: handshake failure.
              connection.getInputStream().readNBytes(5);
              connection.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
              connection.getOutputStream().flush();
              await();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      String address = "https://127.0.0.1:" + plain.getLocalPort() + "/a.png";
      assertThat(failure(address).reason()).isEqualTo(Reason.TLS);
    }
  }

  @Test
  void aLengthAboveTheLimitIsNotRead() {
    answers(
        exchange -> {
          exchange.sendResponseHeaders(200, LIMIT + 1);
          exchange.getResponseBody().write(PNG);
          exchange.getResponseBody().flush();
          await();
        });
    assertFails("/a.png", Reason.TOO_LARGE, "limit");
  }

  @Test
  void aBodyWithoutLengthEndsAtTheLimit() {
    answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[(int) LIMIT + 1]);
          exchange.getResponseBody().flush();
          await();
        });
    assertFails("/a.png", Reason.TOO_LARGE, "limit");
    assertFails("/a.png", Reason.TOO_LARGE, "limit");
    assertThat(requests).hasSize(1);
  }

  @Test
  void theBodyOfAFailureIsNotWaitedFor() {
    answers(
        exchange -> {
          exchange.sendResponseHeaders(404, 0);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          await();
        });
    assertFails("/a.png", Reason.NOT_FOUND, "404");
  }

  @Test
  void aBodyThatDoesNotComeToItsEndRunsOutOfTime() {
    answers(
        exchange -> {
          exchange.sendResponseHeaders(200, PNG.length);
          exchange.getResponseBody().write(PNG, 0, 10);
          exchange.getResponseBody().flush();
          await();
        });
    images = images(Duration.ofMillis(400));
    assertFails("/a.png", Reason.TIMEOUT, "in time");
    assertThat(pauses).as("what took its time is not waited for twice").isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerRunsOutOfTime() {
    answers(exchange -> await());
    images = images(Duration.ofMillis(400));
    assertFails("/a.png", Reason.TIMEOUT, "in time");
  }

  @Test
  void whatIsNoImageIsNotAskedForAgain() {
    answers(body(200, "<html>gone</html>".getBytes(UTF_8)), body(200, PNG));
    assertFails("/a.png", Reason.NOT_AN_IMAGE, "an HTML page");
    assertFails("/a.png", Reason.NOT_AN_IMAGE, "an HTML page");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aBodyThatBreaksOffIsNotKept() throws Exception {
    answers(
        exchange -> {
          exchange.sendResponseHeaders(200, PNG.length);
          exchange.getResponseBody().write(PNG, 0, PNG.length - 5);
          exchange.getResponseBody().flush();
          exchange.close();
        },
        body(200, PNG));
    assertFails("/a.png", Reason.UNREADABLE, "cannot be read");
    later(Duration.ofMinutes(11));
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
  }

  @Test
  void anImageWithoutItsEndIsNoImage() {
    answers(body(200, Arrays.copyOf(PNG, PNG.length - 12)));
    assertFails("/a.png", Reason.NOT_AN_IMAGE, "cut off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"noai", "all, NoImageAI", "noindex", "noimageindex", "Capbench: noai"})
  void anImageThatMayNotBeUsedIsNot(String tag) {
    answers(header("X-Robots-Tag", tag, 200, PNG));
    assertFails("/a.png", Reason.REFUSED, "Use of image disallowed by X-Robots-Tag directive");
    assertFails("/a.png", Reason.REFUSED, "Use of image disallowed by X-Robots-Tag directive");
    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "nofollow", "googlebot: noindex"})
  void whatIsSaidToOthersDoesNotCount(String tag) throws Exception {
    answers(header("X-Robots-Tag", tag, 200, PNG));
    assertThat(images.read(url("/a.png")).bytes()).isEqualTo(PNG);
  }

  @Test
  void whoIsInterruptedStaysInterrupted() {
    answers(body(200, PNG));
    Thread.currentThread().interrupt();
    ImageException stopped = failure(url("/a.png").name());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stopped.reason()).isEqualTo(Reason.UNREADABLE);
  }

  private WebImages images(Duration whole) {
    return new WebImages(
        new WebClient(
            new WebClient.Limits(LONG, whole, LIMIT),
            WebImagesTest::resolve,
            address -> address.isLoopbackAddress() || PublicAddresses.contain(address)),
        new WebCache(temp.resolve("images"), 1 << 20),
        new ImageStatuses(temp.resolve("images/statuses.db"), () -> now),
        pauses::add,
        false);
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  // Knows no name by asking others.
  private static InetAddress[] resolve(String host) throws UnknownHostException {
    if (host.equals("two.example")) {
      return new InetAddress[] {
        InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1")
      };
    }
    if (host.endsWith(".example")) {
      throw new UnknownHostException(host);
    }
    return InetAddress.getAllByName(host);
  }

  private void answers(Answer... answers) {
    int before = requests.size();
    if (before > 0) {
      server.removeContext("/");
    }
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange);
          int index = Math.min(requests.size() - before, answers.length) - 1;
          answers[index].give(exchange);
        });
  }

  private static Answer body(int status, byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
      exchange.close();
    };
  }

  private static Answer header(String name, String value, int status, byte[] body) {
    return exchange -> {
      exchange.getResponseHeaders().add(name, value);
      body(status, body).give(exchange);
    };
  }

  private void await() {
    await(ended);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ImageRef.Url url(String path) {
    return new ImageRef.Url("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void assertFails(String path, Reason reason, String words) {
    ImageException failure = failure(url(path).name());
    assertThat(failure).hasMessageContaining(words);
    assertThat(failure.reason()).isEqualTo(reason);
  }

  private ImageException failure(String address) {
    ImageException failure =
        catchThrowableOfType(ImageException.class, () -> images.read(new ImageRef.Url(address)));
    assertThat(failure).isNotNull();
    return failure;
  }
}
