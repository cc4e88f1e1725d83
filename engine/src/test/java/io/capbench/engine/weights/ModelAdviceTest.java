package io.capbench.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAdviceTest {
  @TempDir private Path folder;

  @Test
  void aModelWithoutAdviceIsUsedAsUsual() {
    assertThat(ModelAdvice.of(folder)).isEqualTo(ModelAdvice.NONE);
    assertThat(ModelAdvice.of(folder.resolve("model.safetensors"))).isEqualTo(ModelAdvice.NONE);
  }

  @Test
  void whatIsWrittenIsReadFromTheFolderAndFromBesideItsWeights() throws IOException {
    ModelAdvice advice = new ModelAdvice("Only knows boats.", "relevance-all", 4.5);
    advice.write(folder);
    assertThat(ModelAdvice.of(folder)).isEqualTo(advice);
    assertThat(ModelAdvice.of(folder.resolve("model.safetensors"))).isEqualTo(advice);
    ModelAdvice.NONE.write(folder);
    assertThat(ModelAdvice.of(folder)).isEqualTo(ModelAdvice.NONE);
  }

  @Test
  void aNoteThatIsALongTextIsCut() throws IOException {
    new ModelAdvice("x".repeat(10_000), null, null).write(folder);
    assertThat(ModelAdvice.of(folder).note()).hasSize(301).endsWith("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"note\": 7}",
        "{\"note\": \" \"}",
        "{\"weak_margin\": -1}",
        "{\"weak_margin\": \"3\"}",
        "{\"grounding_method\": []}"
      })
  void whatIsNotPossibleIsSaidWithTheFile(String text) throws IOException {
    Files.writeString(folder.resolve(ModelAdvice.FILE), text);
    assertThatThrownBy(() -> ModelAdvice.of(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(ModelAdvice.FILE)
        .hasMessageContaining("Mend or delete");
  }
}
