package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.image.Pictures;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.query.RowQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCheckTest {
  @TempDir Path temp;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private DatasetOpener opener;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(path);
          if (path.startsWith("/hang")) {
            hanging.countDown();
            await(ended);
          }
          byte[] body = path.startsWith("/ok") ? Pictures.encoded("png", 4, 4) : new byte[] {1};
          exchange.sendResponseHeaders(path.startsWith("/gone") ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    opener = new DatasetOpener(temp.resolve("cache"), true);
  }

  @AfterEach
  void stop() {
    ended.countDown();
    opener.web().close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void everyImageIsLookedAtOnceAndCounted() throws Exception {
    try (Dataset dataset = dataset("ok1", "ok2", "gone1", "gone2", "gone3", "text", "ok1")) {
      assertThat(count(dataset).byStatus()).isEqualTo(Map.of(ImageStatus.UNKNOWN, 7L));
      List<String> units = new ArrayList<>();
      ForegroundContext context =
          new ForegroundContext(
              progress -> {
                synchronized (units) {
                  units.add(progress.done() + " " + progress.unit());
                }
              });
      ImageCounts counts = check(dataset, context);
      Map<ImageStatus, Long> expected =
          Map.of(ImageStatus.OK, 3L, ImageStatus.GONE, 3L, ImageStatus.NOT_AN_IMAGE, 1L);
      assertThat(counts.byStatus()).isEqualTo(expected);
      assertThat(counts.rows()).isEqualTo(7);
      assertThat(counts.failed().get(0)).isEqualTo(Map.entry(ImageStatus.GONE, 3L));
      assertThat(units).endsWith("7 images, 4 failed (3 × 404, 1 × not an image)");
      assertThat(requests)
          .containsExactlyInAnyOrder("/ok1", "/ok2", "/gone1", "/gone2", "/gone3", "/text");
      assertThat(count(dataset)).isEqualTo(counts);
      assertThat(check(dataset, JobContext.unwatched())).isEqualTo(counts);
      assertThat(requests).as("known ones are not asked again").hasSize(6);
    }
  }

  @Test
  void aCheckThatWasStoppedGoesOnWhereItWas() throws Exception {
    String[] names = new String[60];
    for (int i = 0; i < names.length; i++) {
      names[i] = i < 40 ? "ok" + i : "hang" + i;
    }
    try (Dataset dataset = dataset(names)) {
      ForegroundContext context = new ForegroundContext(progress -> {});
      threads.execute(
          () -> {
            await(hanging);
            context.cancel();
          });
      assertThatThrownBy(() -> check(dataset, context)).isInstanceOf(CancellationException.class);
      long known = count(dataset).of(ImageStatus.OK);
      ended.countDown();
      requests.clear();
      ImageCounts counts = check(dataset, JobContext.unwatched());
      assertThat(counts.of(ImageStatus.OK)).isEqualTo(40);
      assertThat(counts.of(ImageStatus.NOT_AN_IMAGE)).isEqualTo(20);
      // What was on its way when it was stopped may have become known a moment later.
      assertThat(known).isPositive();
      assertThat(requests.stream().filter(path -> path.startsWith("/ok")))
          .hasSizeLessThanOrEqualTo((int) (40 - known));
    }
  }

  @Test
  void switchedOffNothingIsFetchedAndNothingIsCalledAFailure() throws Exception {
    opener.web().setOnline(false);
    try (Dataset dataset = dataset("ok1", "gone1")) {
      assertThat(check(dataset, JobContext.unwatched()).byStatus())
          .isEqualTo(Map.of(ImageStatus.UNKNOWN, 2L));
      assertThat(requests).isEmpty();
    }
  }

  @Test
  void imagesInFilesAreLookedAtToo() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("photos"));
    Files.write(folder.resolve("a.png"), Pictures.encoded("png", 4, 4));
    Files.writeString(folder.resolve("b.png"), "nothing");
    Files.writeString(
        folder.resolve("metadata.jsonl"),
        """
        {"file_name": "a.png", "caption": "a cat"}
        {"file_name": "b.png", "caption": "a dog"}
        {"file_name": "c.png", "caption": "a cow"}
        """);
    try (Dataset dataset = opener.open(List.of(folder), JobContext.unwatched())) {
      assertThat(count(dataset).of(ImageStatus.UNKNOWN)).isEqualTo(3);
      assertThat(check(dataset, JobContext.unwatched()).byStatus())
          .isEqualTo(
              Map.of(ImageStatus.OK, 1L, ImageStatus.NOT_AN_IMAGE, 1L, ImageStatus.MISSING, 1L));
      assertThat(count(dataset).of(ImageStatus.MISSING)).isEqualTo(1);
    }
  }

  private ImageCounts check(Dataset dataset, JobContext context) {
    try (RowView rows = rows(dataset)) {
      return new ImageCheck(rows, dataset).run(context);
    }
  }

  private ImageCounts count(Dataset dataset) {
    try (RowView rows = rows(dataset)) {
      return new ImageCheck(rows, dataset).count(JobContext.unwatched());
    }
  }

  private static RowView rows(Dataset dataset) {
    return dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched());
  }

  private Dataset dataset(String... names) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
      lines.append("{\"url\": \"").append(url).append("\", \"caption\": \"a cat\"}\n");
    }
    Path file = Files.writeString(temp.resolve("rows.jsonl"), lines);
    return opener.open(List.of(file), JobContext.unwatched());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
