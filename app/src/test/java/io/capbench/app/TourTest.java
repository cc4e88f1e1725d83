package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.capbench.engine.llama.LlamaConfig;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tour through the whole program, in a process of its own, from installations with a fault. */
class TourTest {
  private static final AppHome HOME = AppHome.find();

  @TempDir Path folder;
  private AppHome home;

  @BeforeEach
  void install() throws IOException {
    home = new AppHome(Files.createDirectories(folder.resolve("installed")));
    Files.createDirectories(home.sample().getParent());
    Files.createDirectories(home.folder().resolve("samples/models"));
    Files.copy(HOME.sample(), home.sample());
  }

  @Test
  void aSampleThatIsNoneEndsItWithTheWindowsSentence() throws Exception {
    Files.writeString(home.sample(), "no parquet");

    assertThat(tour()).isEqualTo(1);
    assertThat(said("err"))
        .contains("capbench: The tour waited for the sample to open, but the window says: ")
        .contains("sample-world.parquet is not a parquet file, whatever its name says");
    assertThat(pictures()).isZero();
  }

  @Test
  void aModelThatCannotBeUsedEndsItAtItsStepWithTheWindowsSentence() throws Exception {
    copy("sample-clip");
    Path fuser = copy("sample-fuser");
    Files.writeString(fuser.resolve("config.json"), "{\"model_type\": \"bert\"}");
    CapbenchException cause =
        catchThrowableOfType(CapbenchException.class, () -> LlamaConfig.read(fuser));

    assertThat(tour()).isEqualTo(1);
    assertThat(said("err"))
        .contains("capbench: The tour waited for the fused caption, but the window says: ")
        .contains(cause.getMessage());
    assertThat(said("out")).contains("Looked with L").doesNotContain("Merged", "Searched");
  }

  @Test
  void withoutTheModelsAllElseHappensAndItIsNotCalledWhole() throws Exception {
    assertThat(tour()).isEqualTo(1);
    assertThat(said("err")).contains("capbench: The tour is not whole", "samples/models");
    assertThat(said("out")).contains("Took a hasty rejection back", "Exported the accepted rows");
    assertThat(folder.resolve("tour/export/manifest.json")).exists();
  }

  /** Gives the tour; returns its exit code. */
  private int tour() throws Exception {
    Process program =
        Program.start(
            folder,
            "-D" + AppHome.PROPERTY + "=" + home.folder(),
            "tour",
            "--out",
            folder.resolve("tour").toString());
    try {
      return program.waitFor();
    } finally {
      program.destroyForcibly();
    }
  }

  private String said(String stream) throws IOException {
    return Files.readString(folder.resolve(stream));
  }

  private long pictures() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tour"))) {
      return files.filter(file -> file.toString().endsWith(".png")).count();
    }
  }

  private Path copy(String model) throws IOException {
    Path to = Files.createDirectories(home.folder().resolve("samples/models").resolve(model));
    try (Stream<Path> files = Files.list(HOME.folder().resolve("samples/models").resolve(model))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }
}
