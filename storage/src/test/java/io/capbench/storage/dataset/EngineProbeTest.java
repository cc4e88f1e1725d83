package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineProbeTest {
  @TempDir Path scratch;

  @Test
  void everyLibraryAnswersAndLeavesNothingBehind() {
    EngineProbe probe = new EngineProbe(scratch);

    assertThat(probe.duckDb()).matches("v\\d+\\.\\d+.*");
    assertThat(probe.arrow()).isEqualTo(42);
    assertThat(probe.sqlite()).matches("3\\.\\d+.*");
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aScratchFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.createFile(scratch.resolve("file"));

    assertThatThrownBy(() -> new EngineProbe(file.resolve("below")).duckDb())
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(file.toString());
  }
}
