package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.app.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void aFolderWhoseNameIsNotUnderstoodEndsInASentence() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(out, err, () -> false, () -> false, Map.of());

    int code = Main.run(new String[0], Map.of(AppFolders.HOME_VARIABLE, "a\0b"), terminal);

    assertThat(code).isEqualTo(1);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("capbench: Capbench's folders")
        .contains("LC_ALL=C.UTF-8")
        .hasLineCount(1);
  }
}
