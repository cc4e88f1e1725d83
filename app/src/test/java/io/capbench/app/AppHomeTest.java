package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppHomeTest {
  @TempDir private Path folder;

  @Test
  void theSampleLiesBelowTheHome() {
    assertThat(new AppHome(Path.of("/opt/capbench")).sample())
        .isEqualTo(Path.of("/opt/capbench/samples/sample-world/sample-world.parquet"));
  }

  @Test
  void theLaunchScriptNamesTheHome() {
    String before = System.getProperty(AppHome.PROPERTY);
    System.setProperty(AppHome.PROPERTY, "/opt/capbench/.");
    try {
      assertThat(AppHome.find()).isEqualTo(new AppHome(Path.of("/opt/capbench")));
    } finally {
      if (before == null) {
        System.clearProperty(AppHome.PROPERTY);
      } else {
        System.setProperty(AppHome.PROPERTY, before);
      }
    }
  }

  @Test
  void theModelsThatComeWithTheProgramLieBesideTheSampleIfTheyAreThere() throws IOException {
    AppHome home = new AppHome(folder);
    assertThat(home.sampleClip()).isNull();
    assertThat(home.sampleFuser()).isNull();

    Path models = Files.createDirectories(folder.resolve("samples/models"));
    Path clip = Files.createDirectory(models.resolve("sample-clip"));
    Files.writeString(models.resolve("sample-fuser"), "no folder");

    assertThat(home.sampleClip()).isEqualTo(clip);
    assertThat(home.sampleFuser()).isNull();
  }
}
