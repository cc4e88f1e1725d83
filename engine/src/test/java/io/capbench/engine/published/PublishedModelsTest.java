package io.capbench.engine.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.engine.clip.Presets;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublishedModelsTest {
  private static final String GOOD =
      "{\"name\":\"m\",\"title\":\"M\",\"architecture\":\"ViT\",\"tokenizer\":\"v.txt\","
          + "\"licence\":\"MIT\",\"page\":\"https://e.org\",\"files\":"
          + "[{\"name\":\"v.txt\",\"url\":\"https://e.org/v.txt\"}]}";

  @TempDir Path folder;

  @Test
  void theBundledListHasTheModelsOfTheField() {
    PublishedModels models = PublishedModels.bundled();

    assertThat(models.all())
        .extracting(PublishedModel::name)
        .contains(
            "openai-vit-b-32",
            "openai-vit-b-16",
            "openai-vit-l-14",
            "openai-vit-l-14-336",
            "laion-vit-b-16",
            "clips-vit-l-14",
            "dreamlip-vit-b-16-cc3m",
            "dreamlip-vit-b-16-cc30m",
            "capsfus-llama");
  }

  @Test
  void everyBundledModelBringsItsConfigurationOrNamesAPresetThatIsThere() {
    for (PublishedModel model : PublishedModels.bundled().all()) {
      boolean brings =
          model.files().stream()
              .anyMatch(
                  file -> List.of("open_clip_config.json", "config.json").contains(file.name()));
      if (model.preset() == null) {
        assertThat(brings).as(model.name()).isTrue();
      } else {
        assertThat(new Presets().names()).contains(model.preset());
      }
    }
  }

  @Test
  void openAiPutsTheHashIntoTheAddress() {
    PublishedModel model = PublishedModels.bundled().named("openai-vit-b-32");

    assertThat(model.files().get(0).url().getPath()).contains("/" + model.files().get(0).sha256());
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> PublishedModels.bundled().named("gpt"))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("\"gpt\"")
        .hasMessageContaining("openai-vit-b-32, openai-vit-b-16");
  }

  @Test
  void anotherListIsReadFromAFile() throws IOException {
    assertThat(read("[" + GOOD + "]").named("m").files().get(0).name()).isEqualTo("v.txt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"m\" | \"../m\" | no name of small letters",
        "\"v.txt\",\"url\" | \"../v.txt\",\"url\" | no plain file name",
        "\"v.txt\",\"url\" | \"/etc/v\",\"url\" | no plain file name",
        "https://e.org/v.txt | http://e.org/v.txt | no https address",
        "https://e.org/v.txt | file:///etc/passwd | no https address",
        "\"tokenizer\":\"v.txt\" | \"tokenizer\":\"w.txt\" | no file of its tokenizer w.txt",
        "\"licence\":\"MIT\", | '' | lacks title",
        "\"licence\" | \"license\" | lacks title",
      })
  void aListThatCouldDoHarmIsRefused(String good, String bad, String cause) {
    assertThatThrownBy(() -> read("[" + GOOD.replace(good, bad) + "]"))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("list.json")
        .hasMessageContaining(cause);
  }

  @Test
  void twoModelsOfOneNameAreRefused() {
    assertThatThrownBy(() -> read("[" + GOOD + "," + GOOD + "]"))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("m is there twice");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path gone = folder.resolve("gone.json");

    assertThatThrownBy(() -> PublishedModels.read(gone))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(gone.toString());
  }

  private PublishedModels read(String json) throws IOException {
    return PublishedModels.read(Files.writeString(folder.resolve("list.json"), json));
  }
}
