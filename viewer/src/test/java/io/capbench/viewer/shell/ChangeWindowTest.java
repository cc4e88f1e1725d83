package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.Decision;
import io.capbench.storage.model.Verdict;
import io.capbench.viewer.change.Notice;
import io.capbench.viewer.fixture.FxThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is written anew while it is open is noticed, and its decisions find their rows. */
class ChangeWindowTest {
  @TempDir Path temp;
  private Path file;
  private TestWindow window;

  @BeforeEach
  void open() throws Exception {
    file = temp.resolve("cars.jsonl");
    write("a red car", "a blue bus", "a green van");
    window = new TestWindow(temp, file);
  }

  @AfterEach
  void close() throws Exception {
    window.close();
  }

  @Test
  void decisionsFollowTheirRowsIntoTheNewFile() throws Exception {
    window.push(KeyCode.A);
    window.push(KeyCode.X);
    window.until(() -> window.decision(1).isPresent());
    window.lookForChanges();
    assertThat(notice()).as("nothing changed").isNull();

    write("a white ship", "a plane", "a train", "a red car");
    window.lookForChanges();
    window.until(() -> notice() instanceof Notice.FilesChanged);
    assertThat(window.text("#notice-text")).contains("cars.jsonl").contains("has grown");
    window.push(KeyCode.N);
    window.untilFocused("#notice-act");
    window.push(KeyCode.ENTER);

    window.until(() -> notice() instanceof Notice.DecisionsWithoutRows);
    assertThat(window.text("#notice-text")).contains("2 decisions");
    assertThat(verdict(3)).isEmpty();
    window.untilSelected(2);
    window.click("#notice-act");

    window.until(() -> notice() instanceof Notice.Reanchored);
    assertThat(verdict(3)).contains(Verdict.ACCEPTED);
    window.until(() -> window.models().review().countsProperty().get().accepted() == 1);
    window.click("#notice-act");
    TableView<?> unmatched =
        FxThread.call(() -> (TableView<?>) window.workbench().lookup("#unmatched .table-view"));
    assertThat(unmatched.getItems()).hasSize(1);
    window.push(KeyCode.ESCAPE);
    window.click("#notice-dismiss");
    assertThat(notice()).isNull();

    window.open(file);
    window.lookForChanges();
    assertThat(notice()).as("what was done is not offered again").isNull();
  }

  @Test
  void aFileThatIsGoneIsNamedOnce() throws Exception {
    Files.delete(file);
    window.lookForChanges();
    window.until(() -> notice() instanceof Notice.FilesChanged);
    assertThat(window.text("#notice-text")).contains("cars.jsonl is gone");
    window.click("#notice-dismiss");
    window.lookForChanges();
    assertThat(notice()).isNull();
    window.push(KeyCode.A);
    window.until(() -> window.decision(0).isPresent());
  }

  private Notice notice() {
    return window.models().change().noticeProperty().get();
  }

  private Optional<Verdict> verdict(long row) {
    return window.decision(row).map(Decision::verdict);
  }

  private void write(String... captions) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String caption : captions) {
      lines.append("{\"caption\": \"").append(caption).append("\"}\n");
    }
    Files.writeString(file, lines);
  }
}
