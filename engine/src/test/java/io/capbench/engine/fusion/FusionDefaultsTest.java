package io.capbench.engine.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FusionDefaultsTest {
  @TempDir private Path folder;

  @Test
  void aModelWithoutAPromptIsUsedAsCapsFusionDoes() throws IOException {
    write("generation_config.json", "{\"num_beams\": 9, \"max_new_tokens\": 5}");

    assertThat(FusionDefaults.of(folder)).isEqualTo(FusionDefaults.capsFusion());
    assertThat(FusionDefaults.capsFusion().prompt()).isEqualTo(FusionPrompt.capsFusion());
    assertThat(FusionDefaults.capsFusion().search()).isEqualTo(LocalOptions.Search.original());
  }

  @Test
  void aModelWithAPromptOfItsOwnIsGivenThat() throws IOException {
    write("fusion_prompt.txt", "A: {raw}\nB: {synthetic}\nC:\n");

    FusionDefaults defaults = FusionDefaults.of(folder);

    assertThat(defaults.prompt().template()).isEqualTo("A: {raw}\nB: {synthetic}\nC:");
    assertThat(defaults.search()).isEqualTo(LocalOptions.Search.original());
  }

  @Test
  void thenItsGenerationFileSaysHowTextIsLookedFor() throws IOException {
    write("fusion_prompt.txt", "A: {raw}\nB: {synthetic}\nC:");
    write("generation_config.json", "{\"num_beams\": 1, \"max_new_tokens\": 160}");

    LocalOptions.Search search = FusionDefaults.of(folder).search();

    assertThat(search.beams()).isEqualTo(1);
    assertThat(search.maxNewTokens()).isEqualTo(160);
    assertThat(search.scoring()).isEqualTo(LocalOptions.Search.original().scoring());
  }

  @Test
  void whatCannotBeIsRefusedByName() throws IOException {
    write("fusion_prompt.txt", "A: {raw}\nB: {synthetic}\nC:");
    write("generation_config.json", "{\"num_beams\": 0}");
    assertThatThrownBy(() -> FusionDefaults.of(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("num_beams 0");

    write("generation_config.json", "{");
    assertThatThrownBy(() -> FusionDefaults.of(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("generation_config.json is not JSON");

    write("fusion_prompt.txt", "A: {raw}");
    assertThatThrownBy(() -> FusionDefaults.of(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("{synthetic}");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
