package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchFolderTest {
  @TempDir Path parent;

  @Test
  void closingRemovesTheFolderAndItsContent() throws Exception {
    ScratchFolder folder = new ScratchFolder(parent.resolve("new"));
    Files.writeString(Files.createDirectory(folder.path().resolve("deep")).resolve("file"), "x");
    folder.close();
    folder.close();
    assertThat(list(parent.resolve("new"))).isEmpty();
  }

  @Test
  void foldersOfThisProgramStayWhileTheyAreOpen() throws Exception {
    try (ScratchFolder first = new ScratchFolder(parent);
        ScratchFolder second = new ScratchFolder(parent)) {
      assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
    }
  }

  @Test
  void whatAnotherProgramUsesStaysUntilThatHasEnded() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ScratchingProgram.class.getName(),
                parent.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      Path foreign = Path.of(said.readLine());
      new ScratchFolder(parent).close();
      assertThat(foreign.resolve("spilt")).hasContent("much");

      other.destroyForcibly().waitFor();
      new ScratchFolder(parent).close();
      assertThat(list(parent)).isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void whatLooksAlikeStays() throws Exception {
    Path folder = Files.createDirectory(parent.resolve("scratch-1-2-" + UUID.randomUUID()));
    Path file = Files.createFile(parent.resolve("scratch-1.lock"));
    new ScratchFolder(parent).close();
    assertThat(list(parent)).containsExactlyInAnyOrder(folder, file);
  }

  private static List<Path> list(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
