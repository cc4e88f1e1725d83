package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void whatATerminalWouldObeyIsEscapedAndReadsBackTheSame() throws Exception {
    String text = "\u001b[2J \u009b31m \u007f \u202egpj\u202c \u2028 é 猫 \ud83d\ude00 \"\n";

    String line = new Json().line(List.of(text));

    assertThat(line)
        .contains("\\u001B", "\\u009B", "\\u007F", "\\u202E", "\\u2028", "é 猫 \ud83d\ude00")
        .doesNotContain("\u009b", "\u007f", "\u202e", "\n");
    assertThat(new ObjectMapper().readTree(line).get(0).asText()).isEqualTo(text);
  }
}
