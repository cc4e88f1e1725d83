package io.capbench.app.doctor;

import io.capbench.app.AppFolders;
import io.capbench.app.AppHome;
import io.capbench.app.Display;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Examines this machine. Takes a few seconds; changes nothing but the workspace's layout and keeps
 * what it measured of the processor.
 */
public final class Doctor {
  private final AppFolders folders;
  private final AppHome home;
  private final Path workspace;

  /**
   * A doctor for one person's places.
   *
   * @param folders where settings, workspaces and caches are
   * @param home where the bundled sample is
   * @param workspace the workspace that would be opened
   */
  public Doctor(AppFolders folders, AppHome home, Path workspace) {
    this.folders = folders;
    this.home = home;
    this.workspace = workspace;
  }

  /**
   * What the checks found.
   *
   * @param findings in the order in which they depend on each other
   * @param linear how this processor computes linear layers; null if PyTorch does not start
   */
  public record Examination(List<Finding> findings, @Nullable LinearReport linear) {
    /** Copies the list. */
    public Examination {
      findings = List.copyOf(findings);
    }
  }

  /** Runs every check. */
  public Examination examine() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "."));
    List<Finding> findings = new ArrayList<>();
    findings.addAll(new JavaChecks(System.getProperties()).examine());
    findings.addAll(new WindowChecks(Display.find()).examine());
    findings.add(FolderCheck.examine("temporary folder", temporary));
    findings.add(FolderCheck.examine("cache folder", folders.cache()));
    findings.add(FolderCheck.examine("data folder", folders.data()));
    findings.add(FolderCheck.examine("settings folder", folders.config()));
    findings.addAll(new StorageChecks(temporary, workspace).examine());
    findings.addAll(TorchChecks.ofThisMachine().examine());
    LinearReport linear = new LinearChecks(folders.models()).examine().orElse(null);
    if (linear != null) {
      findings.add(LinearChecks.finding(linear));
    }
    findings.add(sample());
    findings.add(models());
    return new Examination(findings, linear);
  }

  private Finding sample() {
    return Files.isRegularFile(home.sample())
        ? Finding.ok("sample", home.sample().toString())
        : Finding.warn(
            "sample",
            home.sample() + " is missing",
            "Get Capbench again, or name a dataset: capbench open DATASET.");
  }

  private Finding models() {
    List<Path> found =
        Stream.of(home.sampleClip(), home.sampleFuser()).flatMap(Stream::ofNullable).toList();
    return found.size() == 2
        ? Finding.ok("sample models", found.get(0) + " and " + found.get(1))
        : Finding.warn(
            "sample models",
            "the demonstration models for looking and fusing are not both in "
                + home.folder().resolve("samples"),
            "Get Capbench again, or choose models of your own with Ctrl+M.");
  }
}
