package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AppFoldersTest {
  private static AppFolders of(String system, Map<String, String> environment) {
    Properties properties = new Properties();
    properties.setProperty("user.home", "/home/anna");
    properties.setProperty("os.name", system);
    return AppFolders.of(environment, properties);
  }

  @Test
  void linuxHasTheFoldersOfTheDesktopStandard() {
    assertThat(of("Linux", Map.of("XDG_DATA_HOME", "")))
        .isEqualTo(
            new AppFolders(
                Path.of("/home/anna/.config/capbench"),
                Path.of("/home/anna/.local/share/capbench"),
                Path.of("/home/anna/.cache/capbench")));
    assertThat(
            of(
                "Linux",
                Map.of("XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "/d", "XDG_CACHE_HOME", "/e")))
        .isEqualTo(
            new AppFolders(Path.of("/c/capbench"), Path.of("/d/capbench"), Path.of("/e/capbench")));
  }

  @Test
  void macAndWindowsHaveTheirs() {
    assertThat(of("Mac OS X", Map.of()).cache())
        .isEqualTo(Path.of("/home/anna/Library/Caches/capbench"));
    assertThat(of("Windows 11", Map.of("APPDATA", "/roaming", "LOCALAPPDATA", "/local")))
        .isEqualTo(
            new AppFolders(
                Path.of("/roaming/capbench"),
                Path.of("/local/capbench"),
                Path.of("/local/capbench/cache")));
  }

  @Test
  void onePlaceForEverythingWins() {
    AppFolders folders = of("Linux", Map.of("CAPBENCH_HOME", "/all", "XDG_DATA_HOME", "/d"));

    assertThat(folders.config()).isEqualTo(Path.of("/all/config"));
    assertThat(folders.settings()).isEqualTo(Path.of("/all/config/settings.json"));
    assertThat(folders.logs()).isEqualTo(Path.of("/all/data/logs"));
    assertThat(folders.defaultWorkspace()).isEqualTo(Path.of("/all/data/workspace.capbench"));
    assertThat(folders.cache()).isEqualTo(Path.of("/all/cache"));
  }
}
