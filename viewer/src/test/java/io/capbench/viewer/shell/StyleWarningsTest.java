package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.theme.Theme;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JavaFX only logs what is wrong with a stylesheet; here that fails the build. */
class StyleWarningsTest {
  @TempDir Path temp;
  private final Logger css = Logger.getLogger("javafx.css");
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          warnings.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    css.addHandler(listener);
  }

  @AfterEach
  void stopListening() {
    css.removeHandler(listener);
  }

  @Test
  void bothThemesDressTheWholeWindowWithoutAWarning() throws Exception {
    TestWindow window =
        new TestWindow(temp, SampleShards.parquet(temp.resolve("cars.parquet"), 30));
    try {
      for (int theme = 0; theme < 2; theme++) {
        window.push(KeyCode.A);
        window.push(KeyCode.DIGIT1);
        for (KeyCode sheet : List.of(KeyCode.F1, KeyCode.M)) {
          window.push(sheet);
          assertThat(window.showing("#overlay")).isTrue();
          window.push(KeyCode.ESCAPE);
        }
        window.push(KeyCode.CONTROL, KeyCode.E);
        assertThat(window.showing("#export-sheet")).isTrue();
        window.push(KeyCode.ESCAPE);
        window.open(temp.resolve("nothing.parquet"));
        window.push(KeyCode.ESCAPE);
        window.push(KeyCode.E);
        window.untilFocused("#editor");
        window.push(KeyCode.ESCAPE);
        window.push(KeyCode.CONTROL, KeyCode.D);
      }
    } finally {
      window.close();
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aColourThatDoesNotExistWouldBeHeardOf() {
    FxThread.run(
        () -> {
          Label label = new Label("x");
          label.setStyle("-fx-text-fill: -cb-no-such-colour;");
          Scene scene = new Scene(new StackPane(label));
          Theme.LIGHT.applyTo(scene);
          label.applyCss();
        });
    assertThat(warnings).isNotEmpty();
  }
}
