package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.SampleShards;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drags files from another window into this one, which only a window system can do. */
@Tag("window-system")
class DropTest {
  @TempDir Path temp;

  @Test
  void aFileThatIsDroppedOnTheWindowOpens() throws Exception {
    Path cars = SampleShards.parquet(temp.resolve("cars.parquet"), 30);
    Path dropped = SampleShards.jsonLines(temp.resolve("dropped.jsonl"), 5);
    TestWindow window = new TestWindow(temp, cars);
    Label file = new Label("a file");
    Stage desktop = FxThread.call(() -> desktop(file, dropped.toFile()));
    try {
      window.robot().drag(file).dropTo(window.workbench());
      window.untilText("#dataset", "dropped.jsonl");
      assertThat(window.text("#count")).isEqualTo("5 of 5");
    } finally {
      FxThread.run(desktop::close);
      window.close();
    }
  }

  private static Stage desktop(Label label, File file) {
    label.setMinSize(200, 200);
    label.setOnDragDetected(
        event -> {
          Dragboard board = label.startDragAndDrop(TransferMode.COPY);
          ClipboardContent content = new ClipboardContent();
          content.putFiles(List.of(file));
          board.setContent(content);
          event.consume();
        });
    Stage stage = new Stage();
    stage.setScene(new Scene(label));
    stage.setX(1600);
    stage.setY(100);
    stage.show();
    return stage;
  }
}
