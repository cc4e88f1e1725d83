package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppSettingsTest {
  @TempDir Path folder;

  @Test
  void whatIsSavedIsLoaded() throws Exception {
    AppSettings settings =
        new AppSettings(
            "dark", 15, false, true, 0.2, 0.5, 0.7, 1000, 700, true, "/w.capbench", "anna");
    Path file = folder.resolve("new/settings.json");

    settings.save(file);

    assertThat(AppSettings.load(file)).isEqualTo(settings);
    assertThat(file.resolveSibling("settings.json.part")).doesNotExist();
  }

  @Test
  void missingAndDamagedFilesAreAsOnTheFirstStart() throws Exception {
    Path damaged = Files.writeString(folder.resolve("damaged.json"), "{\"theme\": ");

    assertThat(AppSettings.load(folder.resolve("none.json"))).isEqualTo(AppSettings.DEFAULT);
    assertThat(AppSettings.load(damaged)).isEqualTo(AppSettings.DEFAULT);
    assertThat(AppSettings.load(folder)).isEqualTo(AppSettings.DEFAULT);
  }

  @Test
  void settingsOfAnotherVersionLoad() throws Exception {
    Path file = Files.writeString(folder.resolve("s.json"), "{\"theme\":\"dark\",\"sound\":1}");

    assertThat(AppSettings.load(file).theme()).isEqualTo("dark");
  }
}
