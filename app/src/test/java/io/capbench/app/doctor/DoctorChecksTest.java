package io.capbench.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.app.Display;
import io.capbench.app.doctor.Finding.State;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorChecksTest {
  @TempDir Path folder;

  private static Finding named(List<Finding> findings, String name) {
    return findings.stream().filter(found -> found.name().equals(name)).findFirst().orElseThrow();
  }

  private static Finding java(String key, String value, String name) {
    Properties properties = new Properties();
    properties.putAll(System.getProperties());
    properties.setProperty(key, value);
    return named(new JavaChecks(properties).examine(), name);
  }

  @Test
  void anOldJavaIsAProblem() {
    assertThat(java("java.specification.version", "1.8", "Java").state()).isEqualTo(State.PROBLEM);
    assertThat(java("java.specification.version", "16", "Java").state()).isEqualTo(State.PROBLEM);
    assertThat(java("java.specification.version", "17", "Java").state()).isEqualTo(State.OK);
    assertThat(java("java.specification.version", "25", "Java").state()).isEqualTo(State.OK);
  }

  @Test
  void aLocaleWithoutUtf8IsAWarning() {
    assertThat(java("sun.jnu.encoding", "ANSI_X3.4-1968", "file names").remedy())
        .contains("C.UTF-8");
    assertThat(java("sun.jnu.encoding", "UTF-8", "file names").state()).isEqualTo(State.OK);
  }

  @Test
  void aGpuThatPyTorchDoesNotFindIsAWarningThatNamesTheWay() throws Exception {
    Path driver = Files.createFile(folder.resolve("version"));

    Finding unused = new TorchChecks(driver, null).gpu(0);
    assertThat(unused.state()).isEqualTo(State.WARN);
    assertThat(unused.remedy()).contains("PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR=cu128");
    assertThat(new TorchChecks(driver, null).gpu(2).value()).startsWith("2, models run on gpu0");
    assertThat(new TorchChecks(folder.resolve("none"), null).gpu(0).state()).isEqualTo(State.OK);
  }

  @Test
  void librariesOfOnesOwnThatWereNotLoadedAreAWarning() {
    Path own = folder.resolve("libtorch");
    TorchChecks checks = new TorchChecks(folder, own.toString());

    assertThat(checks.libraries("2.7.1", folder.resolve("other")).remedy())
        .contains(own.toString(), System.mapLibraryName("torch"));
    assertThat(checks.libraries("2.7.1", own).state()).isEqualTo(State.OK);
  }

  @Test
  void pyTorchSaysItsVersionAndWhereItIs() {
    Finding found = named(TorchChecks.ofThisMachine().examine(), "PyTorch");

    assertThat(found.state()).isEqualTo(State.OK);
    assertThat(found.value()).matches("2\\.7\\.1, \\d+ threads, loaded from .+");
  }

  @Test
  void littleMemoryIsAWarning() {
    assertThat(JavaChecks.memory(100L << 20, 1L << 30).remedy()).contains("-Xmx");
    assertThat(JavaChecks.memory(512L << 20, 1L << 30).state()).isEqualTo(State.OK);
  }

  @Test
  void noDisplayAndNoGtkAreWarningsWithARemedy() {
    Finding none =
        named(
            new WindowChecks(new Display(Display.State.NO_DISPLAY, "There is none.")).examine(),
            "display");
    Finding gtk =
        named(
            new WindowChecks(new Display(Display.State.NO_GTK, "Install GTK.")).examine(),
            "display");

    assertThat(none.state()).isEqualTo(State.WARN);
    assertThat(none.remedy()).startsWith("There is none.").contains("capbench tour");
    assertThat(gtk).isEqualTo(Finding.warn("display", "GTK is missing", "Install GTK."));
    assertThat(
            named(new WindowChecks(new Display(Display.State.USABLE, "")).examine(), "display")
                .state())
        .isEqualTo(State.OK);
  }

  @Test
  void missingFontsAreNamedByScript() {
    assertThat(WindowChecks.fonts(true, true).state()).isEqualTo(State.OK);
    assertThat(WindowChecks.fonts(false, true).value()).isEqualTo("none for Chinese");
    assertThat(WindowChecks.fonts(true, false).value()).isEqualTo("none for Arabic");
    assertThat(WindowChecks.fonts(false, false).value()).isEqualTo("none for Chinese and Arabic");
  }

  @Test
  void aFolderThatIsNotMadeYetIsFineAndStaysUnmade() {
    Path missing = folder.resolve("a/b");

    Finding found = FolderCheck.examine("cache folder", missing);

    assertThat(found.state()).isEqualTo(State.OK);
    assertThat(found.value()).contains(missing.toString(), "not made yet", "MB free");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderIsMeasured() throws Exception {
    Files.write(folder.resolve("big"), new byte[3_000_000]);

    assertThat(FolderCheck.examine("cache folder", folder).value()).contains("1 files of 3 MB");
  }

  @Test
  void aFileWhereAFolderShouldBeIsAProblem() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    Finding found = FolderCheck.examine("cache folder", file.resolve("cache"));

    assertThat(found.state()).isEqualTo(State.PROBLEM);
    assertThat(found.value()).contains(file.toString());
    assertThat(found.remedy()).isNotBlank();
  }

  @Test
  void librariesThatCannotUnpackAreProblemsWithARemedy() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    List<Finding> findings =
        new StorageChecks(file.resolve("tmp"), folder.resolve("none")).examine();

    assertThat(named(findings, "DuckDB").state()).isEqualTo(State.PROBLEM);
    assertThat(named(findings, "DuckDB").remedy()).contains("java.io.tmpdir");
    assertThat(named(findings, "SQLite").state()).isEqualTo(State.OK);
  }

  @Test
  void theWorkspaceIsOpenedIfItExistsAndNotMadeIfNot() {
    Path file = folder.resolve("w.capbench");
    StorageChecks checks = new StorageChecks(folder, file);

    assertThat(named(checks.examine(), "workspace").value()).contains("made when");
    assertThat(file).doesNotExist();

    Workspace.open(file).close();
    assertThat(named(checks.examine(), "workspace").value()).contains("0 rows decided");
  }
}
