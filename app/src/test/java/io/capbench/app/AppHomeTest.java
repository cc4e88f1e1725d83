package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AppHomeTest {
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
}
