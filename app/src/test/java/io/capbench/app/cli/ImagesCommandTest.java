package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesCommandTest {
  @TempDir Path folder;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Path dataset;
  private Cli cli;

  @BeforeEach
  void start() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", png);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI().getPath());
          boolean gone = exchange.getRequestURI().getPath().startsWith("/gone");
          exchange.sendResponseHeaders(gone ? 404 : 200, png.size());
          exchange.getResponseBody().write(png.toByteArray());
          exchange.close();
        });
    server.start();
    StringBuilder lines = new StringBuilder();
    for (String name : List.of("a", "b", "gone1", "gone2", "gone3")) {
      lines.append("{\"url\": \"http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
      lines.append("\", \"caption\": \"a cat\"}\n");
    }
    dataset = Files.writeString(folder.resolve("rows.jsonl"), lines);
    cli = new Cli(folder);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void imagesAreCountedAndOnlyFetchedWhenThatIsWanted() throws IOException {
    cli.environment(Map.of("CAPBENCH_ALLOW_PRIVATE_ADDRESSES", "true"));
    JsonNode before = cli.run("images", dataset, "--json").json();
    assertThat(Cli.fields(before)).containsExactly("dataset", "rows", "statuses");
    assertThat(before.get("rows").asInt()).isEqualTo(5);
    assertThat(before.get("statuses").toString()).isEqualTo("{\"unknown\":5}");
    assertThat(requests).isEmpty();

    JsonNode checked = cli.run("images", dataset, "--check", "--json").json();
    assertThat(checked.get("statuses").toString()).isEqualTo("{\"ok\":2,\"404\":3}");
    assertThat(requests).hasSize(5);

    Cli.Result known = cli.run("images", dataset, "--where", "url LIKE '%gone%'");
    assertThat(known.code()).isZero();
    assertThat(known.out()).isEqualToNormalizingWhitespace("3 404 not there any more (404) 3 rows");
    assertThat(requests).hasSize(5);
  }

  @Test
  void thisMachineIsNotAskedUnlessThatIsAllowed() throws IOException {
    JsonNode checked = cli.run("images", dataset, "--check", "--json").json();
    assertThat(checked.get("statuses").toString()).isEqualTo("{\"refused address\":5}");
    assertThat(requests).isEmpty();
  }

  @Test
  void offlineNothingIsChecked() {
    cli.environment(Map.of("CAPBENCH_OFFLINE", "1"));
    Cli.Result result = cli.run("images", dataset, "--check");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("CAPBENCH_OFFLINE");
    assertThat(cli.run("images", dataset).code()).isZero();
  }
}
