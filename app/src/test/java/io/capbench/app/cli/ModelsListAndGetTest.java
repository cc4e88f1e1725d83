package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.capbench.app.cli.Cli.Result;
import io.capbench.engine.weights.ModelAdvice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelsListAndGetTest {
  private static final byte[] CONTENT = "vocabulary".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private HttpServer server;
  private Cli cli;
  private Path list;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v.txt",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    server.start();
    cli = new Cli(folder.resolve("home"));
    list = Files.writeString(folder.resolve("list.json"), list());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String list() throws Exception {
    InetSocketAddress address = server.getAddress();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
    return """
    [{"name": "tiny", "title": "Tiny", "architecture": "ViT", "tokenizer": "v.txt",
      "licence": "MIT", "page": "https://models.example", "megabytes": 1,
      "files": [{"name": "v.txt", "url": "http://%s:%d/v.txt", "sha256": "%s"}]}]
    """
        .formatted(address.getAddress().getHostAddress(), address.getPort(), hash);
  }

  @Test
  void theBundledListIsPrintedForPeopleAndScripts() throws Exception {
    assertThat(cli.run("models", "list").out())
        .containsPattern("(?m)^  openai-vit-b-32 +354  MIT +no +OpenAI CLIP ViT-B/32, https://");

    JsonNode models = cli.run("models", "list", "--json").json().path("models");
    assertThat(models).isNotEmpty();
    assertThat(Cli.fields(models.path(0)))
        .containsExactly(
            "name",
            "title",
            "architecture",
            "megabytes",
            "tokenizer",
            "licence",
            "page",
            "folder",
            "present",
            "files");
    assertThat(Cli.fields(models.path(0).path("files").path(0)))
        .containsExactly("name", "url", "sha256", "byHand");
    assertThat(models.path(0).path("present").isBoolean()).isTrue();
  }

  @Test
  void aModelIsFetchedIntoItsFolderWhichIsPrinted() throws Exception {
    Result result = cli.run("models", "get", "tiny", "--list", list);

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    Path model = cli.folders.models().resolve("tiny");
    assertThat(result.out().strip()).isEqualTo(model.toString());
    assertThat(model.resolve("v.txt")).hasBinaryContent(CONTENT);
    assertThat(cli.run("models", "list", "--list", list).out())
        .containsPattern("tiny +1 +MIT +yes");
  }

  @Test
  void anotherFolderMayBeNamed() throws Exception {
    Path into = folder.resolve("elsewhere");

    JsonNode report =
        cli.run("models", "get", "tiny", "--list", list, "--into", into, "--json").json();

    assertThat(Cli.fields(report)).containsExactly("name", "folder", "licence", "page");
    assertThat(report.path("folder").asText()).isEqualTo(into.resolve("tiny").toString());
    assertThat(into.resolve("tiny/v.txt")).exists();
  }

  @Test
  void nothingIsFetchedOffline() throws IOException {
    cli.environment(Map.of("CAPBENCH_OFFLINE", "1"));

    Result result = cli.run("models", "get", "tiny", "--list", list);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("CAPBENCH_OFFLINE", cli.folders.models().resolve("tiny").toString());
    assertThat(cli.folders.models()).doesNotExist();
  }

  @Test
  void anUnknownModelFailsAndTheKnownOnesAreNamed() {
    Result result = cli.run("models", "get", "gpt");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("\"gpt\"", "openai-vit-b-32");
  }

  @Test
  void theModelsThatComeWithTheProgramAreNamedWithWhatTheirMakerSays() throws Exception {
    assertThat(cli.run("models", "list", "--json").json().path("bundled")).isEmpty();
    assertThat(cli.run("models", "list").out()).doesNotContain("In the box");

    Path models = folder.resolve("home/samples/models");
    Path clip = Files.createDirectories(models.resolve("sample-clip"));
    Path fuser = Files.createDirectories(models.resolve("sample-fuser"));
    new ModelAdvice("It only knows \u001b[2J boats.", null, null).write(clip);

    JsonNode bundled = cli.run("models", "list", "--json").json().path("bundled");
    assertThat(bundled).hasSize(2);
    assertThat(Cli.fields(bundled.path(0))).containsExactly("name", "folder", "note");
    assertThat(bundled.at("/0/name").textValue()).isEqualTo("sample-clip");
    assertThat(bundled.at("/0/folder").textValue()).isEqualTo(clip.toString());
    assertThat(bundled.at("/0/note").textValue()).isEqualTo("It only knows \u001b[2J boats.");
    assertThat(bundled.at("/1/name").textValue()).isEqualTo("sample-fuser");
    assertThat(bundled.at("/1/note").isNull()).isTrue();
    assertThat(cli.run("models", "list").out())
        .contains("In the box: " + clip + ". It only knows \\u001b[2J boats.\n")
        .contains("In the box: " + fuser + "\n");
  }
}
