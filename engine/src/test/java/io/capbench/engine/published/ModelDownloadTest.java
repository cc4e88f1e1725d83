package io.capbench.engine.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.Progress;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelDownloadTest {
  private static final int SIZE = 300_000;

  @TempDir Path models;
  private final byte[] content = new byte[SIZE];
  private FileServer server;
  private ModelDownload download;

  @BeforeEach
  void serve() throws IOException {
    new Random(7).nextBytes(content);
    server = new FileServer(content);
    download = new ModelDownload(models, Duration.ofMinutes(5));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFileComesWholeAndItsProgressIsTold() throws Exception {
    List<Progress> told = new ArrayList<>();
    PublishedModel model = model("/file");
    assertThat(download.complete(model)).isFalse();

    Path folder = download.get(model, new ForegroundContext(told::add));

    assertThat(folder).isEqualTo(models.resolve("small"));
    assertThat(folder.resolve("w.pt")).hasBinaryContent(content);
    assertThat(folder.toFile().list()).containsExactly("w.pt");
    assertThat(told).last().isEqualTo(new Progress(SIZE, SIZE, "bytes"));
    assertThat(download.complete(model)).isTrue();
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws Exception {
    PublishedModel model = model("/file");
    download.get(model, JobContext.unwatched());
    download.get(model, JobContext.unwatched());

    assertThat(server.requests()).containsExactly("all");
  }

  @Test
  void aConnectionThatBreaksIsTakenUpWhereItStopped() throws Exception {
    server.breakAfter = 100_000;

    Path folder = download.get(model("/file"), JobContext.unwatched());

    assertThat(folder.resolve("w.pt")).hasBinaryContent(content);
    assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3).startsWith("all");
    assertThat(server.requests().get(1)).matches("bytes=[1-9]\\d*-");
  }

  @Test
  void whatWasCancelledIsGoneOnWithLater() throws Exception {
    List<ForegroundContext> contexts = new ArrayList<>();
    ForegroundContext context =
        new ForegroundContext(
            progress -> {
              if (progress.done() > 0) {
                contexts.get(0).cancel();
              }
            });
    contexts.add(context);
    PublishedModel model = model("/file");

    assertThatThrownBy(() -> download.get(model, context))
        .isInstanceOf(CancellationException.class);
    assertThat(models.resolve("small/w.pt")).doesNotExist();
    long had = Files.size(models.resolve("small/w.pt.part"));
    assertThat(had).isPositive();

    download.get(model, JobContext.unwatched());
    assertThat(models.resolve("small/w.pt")).hasBinaryContent(content);
    assertThat(server.requests()).containsExactly("all", "bytes=" + had + "-");
    assertThat(models.resolve("small").toFile().list()).containsExactly("w.pt");
  }

  @Test
  void aFileThatChangedMeanwhileIsFetchedFromItsStart() throws Exception {
    PublishedModel model = model("/file");
    part(content, 1000, "\"old\"");
    server.content = new byte[2000];
    server.tag = "\"new\"";
    PublishedModel renewed = model("/file", hash(server.content));

    download.get(renewed, JobContext.unwatched());

    assertThat(models.resolve("small/w.pt")).hasBinaryContent(new byte[2000]);
    assertThat(server.requests()).containsExactly("bytes=1000-");
    assertThat(model.name()).isEqualTo(renewed.name());
  }

  @Test
  void aPartThatIsLongerThanTheFileStartsAnew() throws Exception {
    part(new byte[SIZE + 5], SIZE + 5, null);

    download.get(model("/file"), JobContext.unwatched());

    assertThat(models.resolve("small/w.pt")).hasBinaryContent(content);
    assertThat(server.requests()).containsExactly("bytes=" + (SIZE + 5) + "-", "all");
  }

  @Test
  void aServerThatKnowsNoRangesSendsAllAgain() throws Exception {
    part(content, 1000, "\"one\"");
    server.ranges = false;

    download.get(model("/file"), JobContext.unwatched());

    assertThat(models.resolve("small/w.pt")).hasBinaryContent(content);
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    download.get(model("/moved/file"), JobContext.unwatched());

    assertThat(models.resolve("small/w.pt")).hasBinaryContent(content);
  }

  @Test
  void aFileThatIsNotWhatWasPublishedIsDeleted() throws Exception {
    server.content = new byte[10];
    PublishedModel model = model("/file");

    assertThatThrownBy(() -> download.get(model, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(server.url("/file").toString())
        .hasMessageContaining("SHA-256 differs");
    assertThat(models.resolve("small")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"403, asks for a login", "404, has moved", "500, Try again later"})
  void aRefusalSaysWhatToDo(int status, String said) throws Exception {
    server.status = status;
    PublishedModel model = model("/file");

    assertThatThrownBy(() -> download.get(model, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("status " + status)
        .hasMessageContaining(said)
        .hasMessageContaining(models.resolve("small/w.pt").toString());
  }

  @Test
  void aServerThatFallsSilentIsGivenUpAndThePartIsKept() throws Exception {
    server.stallAfter = 50_000;
    ModelDownload impatient = new ModelDownload(models, Duration.ofMillis(200));
    PublishedModel model = model("/file");

    assertThatThrownBy(() -> impatient.get(model, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("broke off")
        .hasMessageContaining("goes on where it stopped");
    assertThat(models.resolve("small/w.pt.part")).exists();
    assertThat(models.resolve("small/w.pt")).doesNotExist();
  }

  @Test
  void aFileThatDoesNotFitOnTheDiskIsNotBegun() throws Exception {
    server.claimed = 1L << 60;
    PublishedModel model = model("/file");

    assertThatThrownBy(() -> download.get(model, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("disk has room for");
    assertThat(models.resolve("small/w.pt.part")).doesNotExist();
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws Exception {
    PublishedModel model = model("/file");
    server.close();

    assertThatThrownBy(() -> download.get(model, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(server.url("/file").toString())
        .hasMessageContaining("Check the connection");
  }

  @Test
  void whatOnlyAPersonMayFetchIsSaidWhenTheRestIsThere() throws Exception {
    PublishedFile vocabulary =
        new PublishedFile("v.txt", server.url("/file"), hash(content), false);
    PublishedFile weights =
        new PublishedFile("w.pt", URI.create("https://drive.example/w"), null, true);
    PublishedModel model = model(List.of(weights, vocabulary), "v.txt", "ViT-B-16-quickgelu");

    assertThatThrownBy(() -> download.get(model, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("https://drive.example/w")
        .hasMessageContaining("save the file as " + models.resolve("small/w.pt"));
    assertThat(models.resolve("small/v.txt")).hasBinaryContent(content);
    assertThat(models.resolve("small/open_clip_config.json"))
        .content()
        .contains("\"quick_gelu\": true");

    Files.write(models.resolve("small/w.pt"), new byte[1]);
    assertThat(download.get(model, JobContext.unwatched())).isEqualTo(models.resolve("small"));
  }

  private void part(byte[] bytes, int length, @Nullable String tag) throws IOException {
    Path folder = Files.createDirectories(models.resolve("small"));
    Files.write(folder.resolve("w.pt.part"), java.util.Arrays.copyOf(bytes, length));
    if (tag != null) {
      Files.writeString(folder.resolve("w.pt.part.etag"), tag);
    }
  }

  private PublishedModel model(String path) throws Exception {
    return model(path, hash(content));
  }

  private PublishedModel model(String path, String hash) {
    PublishedFile file = new PublishedFile("w.pt", server.url(path), hash, false);
    return model(List.of(file), "w.pt", null);
  }

  private static PublishedModel model(
      List<PublishedFile> files, String tokenizer, @Nullable String preset) {
    return new PublishedModel(
        "small",
        "Small",
        "ViT",
        preset,
        tokenizer,
        "MIT",
        URI.create("https://models.example"),
        null,
        files);
  }

  private static String hash(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
