package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.flow.RowFlow;
import io.capbench.viewer.images.ImagesMenu;
import io.capbench.viewer.picture.Picture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebPicturesTest {
  @TempDir Path temp;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private TestWindow window;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(path);
          byte[] body = SampleShards.encoded("png", 20, 20);
          exchange.sendResponseHeaders(gone.contains(path) ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    gone.addAll(List.of("/0", "/2"));
    window = new TestWindow(temp, rows("web.jsonl", 3));
    window.until(
        () -> picture() instanceof Picture.Missing && whys().equals(List.of("404", "404")));
  }

  @AfterEach
  void close() throws InterruptedException {
    window.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aPictureThatIsNotThereSaysWhyAndIsAskedForAgainOnDemand() {
    assertThat(((Picture.Missing) picture()).message()).contains("404");
    assertThat(offers()).containsExactly("Try again (Ctrl+R)", "Try all that failed with 404");
    gone.remove("/0");
    window.push(KeyCode.CONTROL, KeyCode.R);
    window.until(() -> picture() instanceof Picture.Shown && whys().size() == 1);
    assertThat(requests.stream().filter("/2"::equals)).as("still known to be gone").hasSize(1);
  }

  @Test
  void allThatFailedInOneWayAreAskedForAgain() {
    gone.clear();
    FxThread.run(() -> ((Button) window.workbench().lookup("#offer-1")).fire());
    window.until(() -> picture() instanceof Picture.Shown && whys().isEmpty());
  }

  @Test
  void theWebCanBeSwitchedOffAndTheDatasetSaysThatItsImagesAreThere() {
    assertThat(FxThread.call(menu()::getText)).isEqualTo("Web images: on");
    FxThread.run(() -> ((CheckMenuItem) item("fetch-images")).setSelected(false));
    assertThat(FxThread.call(menu()::getText)).isEqualTo("Web images: off");
    gone.clear();
    int before = requests.size();
    window.push(KeyCode.CONTROL, KeyCode.R);
    window.until(() -> whys().equals(List.of("web is off", "web is off")));
    assertThat(requests).hasSize(before);
    window.until(() -> offers().equals(List.of("Fetch images from the web")));
    FxThread.run(() -> ((Button) window.workbench().lookup("#offer-0")).fire());
    window.until(() -> picture() instanceof Picture.Shown);
    assertThat(FxThread.call(menu()::getText)).isEqualTo("Web images: on");
  }

  @Test
  void theImagesOfTheRowsAreCheckedAndCounted() {
    FxThread.run(() -> item("check-images").fire());
    window.until(() -> window.models().images().summaryProperty().get().equals("1 ok, 2 404"));
    assertThat(window.models().images().checkingProperty().get()).isFalse();
  }

  @Test
  void aDatasetWithoutImagesHasNoMenuForThem() throws IOException {
    window.open(SampleShards.jsonLines(temp.resolve("text.jsonl"), 3));
    window.until(() -> !menu().isVisible());
    window.open(SampleShards.parquet(temp.resolve("cells.parquet"), 3));
    window.until(() -> menu().isVisible() && menu().getText().equals("Images"));
  }

  @Test
  void aFastScrollFetchesNothingOnItsWay() throws IOException {
    window.open(rows("many.jsonl", 2_000));
    window.until(() -> requests.contains("/1"));
    RowFlow flow = (RowFlow) window.workbench().lookup("#rows");
    FxThread.run(
        () -> {
          for (int row = 100; row <= 1_500; row += 7) {
            flow.scrollTo(row);
            flow.layout();
          }
        });
    window.until(() -> requests.contains("/1500"));
    // Those of the beginning may still come, as late as the machine likes.
    List<Integer> rows =
        requests.stream()
            .map(path -> Integer.valueOf(path.substring(1)))
            .filter(row -> row >= 100)
            .toList();
    assertThat(rows).allMatch(row -> row >= 1_400);
    long page = FxThread.call(flow::wholeRows) + 1;
    assertThat(rows).hasSizeLessThanOrEqualTo((int) (3 * page));
  }

  private Path rows(String name, int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < count; row++) {
      lines.append("{\"url\": \"http://127.0.0.1:" + server.getAddress().getPort() + "/" + row);
      lines.append("\", \"caption\": \"a cat\"}\n");
    }
    return Files.writeString(temp.resolve(name), lines);
  }

  private Picture picture() {
    return window.workbench().picture().getPicture();
  }

  private ImagesMenu menu() {
    return (ImagesMenu) window.workbench().lookup("#images");
  }

  private MenuItem item(String id) {
    return menu().getItems().stream()
        .filter(item -> id.equals(item.getId()))
        .findFirst()
        .orElseThrow();
  }

  private List<String> offers() {
    return window.workbench().picture().lookupAll(".button").stream()
        .map(node -> ((Button) node).getText())
        .toList();
  }

  private List<String> whys() {
    return window.workbench().lookupAll(".thumbnail-why").stream()
        .filter(
            node ->
                node.getParent().isVisible()
                    && node.getParent().getParent().getParent().isVisible())
        .map(node -> ((Label) node).getText())
        .toList();
  }
}
