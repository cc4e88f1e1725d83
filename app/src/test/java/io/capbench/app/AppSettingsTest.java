package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.viewer.fuse.FuserChoice;
import io.capbench.viewer.ground.GroundPreferences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppSettingsTest {
  @TempDir Path folder;

  @Test
  void whatIsSavedIsLoaded() throws Exception {
    AppSettings settings =
        new AppSettings(
            "dark",
            15,
            false,
            true,
            0.2,
            0.5,
            0.7,
            1000,
            700,
            true,
            "/w.capbench",
            "anna",
            false,
            new GroundPreferences(
                "/m",
                List.of("/m", "/n"),
                "grouping",
                "dreamlip",
                "0.3",
                new GroundPreferences.Overlay(0.5, 0.25, false)),
            FuserChoice.server("http://localhost:8000/v1", "capsfus", "CAPSFUS_KEY"));
    Path file = folder.resolve("new/settings.json");

    settings.save(file);

    assertThat(AppSettings.load(file)).isEqualTo(settings);
    assertThat(file.resolveSibling("settings.json.part")).doesNotExist();
  }

  @Test
  void theLastWorkspaceIsUsedIfItHasAUsableName() throws Exception {
    Path other = Path.of("other");
    Path file = folder.resolve("s.json");
    assertThat(AppSettings.DEFAULT.workspaceOr(other)).isEqualTo(other);
    Files.writeString(file, "{\"workspace\": \"a.capbench\"}");
    assertThat(AppSettings.load(file).workspaceOr(other)).isEqualTo(Path.of("a.capbench"));
    for (String unusable : List.of("", "a\\u0000b")) {
      Files.writeString(file, "{\"workspace\": \"" + unusable + "\"}");
      assertThat(AppSettings.load(file).workspaceOr(other)).isEqualTo(other);
    }
  }

  @Test
  void missingAndDamagedFilesAreAsOnTheFirstStart() throws Exception {
    Path damaged = Files.writeString(folder.resolve("damaged.json"), "{\"theme\": ");

    assertThat(AppSettings.load(folder.resolve("none.json"))).isEqualTo(AppSettings.DEFAULT);
    assertThat(AppSettings.load(damaged)).isEqualTo(AppSettings.DEFAULT);
    assertThat(AppSettings.load(folder)).isEqualTo(AppSettings.DEFAULT);
    for (String other : List.of("", "null", "[1]", "{\"width\": \"wide\"}", "\u0000")) {
      Files.writeString(damaged, other);
      assertThat(AppSettings.load(damaged)).as(other).isEqualTo(AppSettings.DEFAULT);
    }
  }

  @Test
  void settingsOfAnotherVersionLoad() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("s.json"),
            "{\"theme\":\"dark\",\"sound\":1,\"ground\":{\"model\":\"/m\",\"smell\":2}}");

    AppSettings loaded = AppSettings.load(file);
    assertThat(loaded.theme()).isEqualTo("dark");
    assertThat(loaded.groundOrDefault().model()).isEqualTo("/m");
    assertThat(loaded.width()).isEqualTo(AppSettings.DEFAULT.width());
    assertThat(loaded.textSize()).isEqualTo(AppSettings.DEFAULT.textSize());
    assertThat(loaded.leftShown()).isTrue();
  }

  @Test
  void whoChoseNoModelAndNoMethodHasNoneTheNextTime() throws Exception {
    Path file = folder.resolve("s.json");
    Files.writeString(file, "{\"textSize\": 15, \"ground\": {\"rule\": \"sentences\"}}");

    AppSettings loaded = AppSettings.load(file);
    assertThat(loaded.textSize()).as("it was read").isEqualTo(15);
    assertThat(loaded.groundOrDefault().model()).isNull();
    assertThat(loaded.groundOrDefault().method()).isNull();
    AppSettings.DEFAULT.save(file);
    assertThat(AppSettings.load(file).groundOrDefault().method()).isNull();
    assertThat(AppSettings.load(file).fuser()).isNull();
  }
}
