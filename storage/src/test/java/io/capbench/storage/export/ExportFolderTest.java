package io.capbench.storage.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.storage.export.ExportRequest.Choice;
import io.capbench.storage.export.ExportRequest.Target;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the folder before, during and after an export, also one that does not end well. */
class ExportFolderTest {
  @TempDir Path folder;
  private final MemoryDataset data = new MemoryDataset().rows(25);
  private Path out;

  @BeforeEach
  void nameTheFolder() {
    out = folder.resolve("deep/out");
  }

  private void export(boolean overwrite, JobContext context) {
    new WebDatasetExporter()
        .export(
            new ExportRequest(
                data.source(),
                new Choice(
                    DecisionSelection.ALL,
                    CaptionPolicy.defaultFor(data.info().mapping()),
                    Map.of()),
                new Target(out, 10, overwrite)),
            context);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFolderThatIsNotEmptyIsRefusedUntouched() throws IOException {
    export(false, JobContext.unwatched());
    byte[] before = Files.readAllBytes(out.resolve("00000.tar"));
    data.rows.remove(0);
    assertThatThrownBy(() -> export(false, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll(out.toString(), "not empty", "overwrite");
    assertThat(out.resolve("00000.tar")).hasBinaryContent(before);
  }

  @Test
  void overwritingRemovesAnEarlierExportAndNothingElse() throws IOException {
    export(false, JobContext.unwatched());
    Files.writeString(out.resolve("notes.txt"), "keep me");
    Files.writeString(out.resolve("0001.tar"), "four digits: not ours");
    Files.writeString(out.resolve("00007.tar.part"), "left by a killed export");
    Files.createDirectory(out.resolve("00009.tar"));
    Files.createDirectory(out.resolve(".parquet-123"));
    Files.writeString(out.resolve(".parquet-123/spill"), "left by a killed export");
    data.rows.subList(5, 25).clear();

    export(true, JobContext.unwatched());

    assertThat(names())
        .containsExactly(
            "00000.parquet",
            "00000.tar",
            "00000_stats.json",
            "00009.tar",
            "0001.tar",
            "manifest.json",
            "notes.txt");
    assertThat(new TarReader(out.resolve("00000.tar")).names()).hasSize(15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000.tar", "00012.parquet", "manifest.json"})
  void overwritingRefusesWhatAnotherProgramWrote(String name) throws IOException {
    export(false, JobContext.unwatched());
    Files.writeString(out.resolve(name), "of img2dataset");
    List<String> before = names();
    assertThatThrownBy(() -> export(true, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll(out.toString(), name, "did not write");
    assertThat(names()).isEqualTo(before);
    assertThat(out.resolve(name)).hasContent("of img2dataset");
  }

  @Test
  void anExportWithoutSamplesCanBeReplaced() throws IOException {
    Files.createDirectories(out);
    Files.write(out.resolve("00000.tar"), new byte[1024]);
    export(true, JobContext.unwatched());
    assertThat(Files.size(out.resolve("00000.tar"))).isGreaterThan(1024);
  }

  @Test
  void theDatasetsOwnFolderIsRefusedEvenForOverwriting() throws IOException {
    Files.createDirectories(out);
    data.shard = Files.writeString(out.resolve("00000.parquet"), "the only copy");
    assertThatThrownBy(() -> export(true, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll(out.toString(), "00000.parquet", "Choose another folder");
    assertThat(data.shard).hasContent("the only copy");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(folder.resolve("deep"), "a file, not a folder");
    assertThatThrownBy(() -> export(false, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll("Cannot write " + out, "disk has room");
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedAndNoPartStays() throws IOException {
    Files.createDirectories(out.resolve("00001.tar.part"));
    assertThatThrownBy(() -> export(true, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("Cannot write " + out.resolve("00001.tar"));
    assertThat(names())
        .containsExactly("00000.parquet", "00000.tar", "00000_stats.json", "00001.tar.part");
  }

  @Test
  void cancellingLeavesWholeShardsAndNoParts() throws IOException {
    assertThatThrownBy(() -> export(false, new CancellableContext(15, new ArrayList<>())))
        .isInstanceOf(CancellationException.class);
    assertThat(names()).containsExactly("00000.parquet", "00000.tar", "00000_stats.json");
  }

  @Test
  void aKilledExportLeavesNothingThatLooksWholeAndIsNot() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ExportingProgram.class.getName(),
                out.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int pictures = 0;
    try (BufferedReader lines = program.inputReader()) {
      while (lines.readLine() != null) {
        if (++pictures == 55) { // at most 16 of them are not written yet
          program.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(program.waitFor()).isNotZero();

    List<String> names = names();
    assertThat(names).contains("00002_stats.json").doesNotContain("manifest.json");
    for (String name : names) {
      Path file = out.resolve(name);
      if (name.endsWith(".tar")) {
        assertThat(new TarReader(file).names()).as(name).hasSize(30);
      } else if (name.endsWith(".parquet")) {
        assertThat(rows(file)).as(name).isEqualTo(10);
      } else if (name.endsWith("_stats.json")) {
        assertThat(new ObjectMapper().readTree(file.toFile()).get("successes").asInt())
            .isEqualTo(10);
        String shard = name.replace("_stats.json", "");
        assertThat(names).contains(shard + ".tar", shard + ".parquet");
      } else {
        assertThat(name).matches(".*\\.part|\\.parquet-\\d+");
      }
    }

    export(true, JobContext.unwatched());
    assertThat(names())
        .hasSize(10)
        .contains("manifest.json")
        .noneMatch(name -> name.contains("part") || name.startsWith("."));
  }

  private static long rows(Path parquet) throws SQLException {
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var query = duck.createStatement();
        var result = query.executeQuery("SELECT count(*) FROM '" + parquet + "'")) {
      result.next();
      return result.getLong(1);
    }
  }
}
