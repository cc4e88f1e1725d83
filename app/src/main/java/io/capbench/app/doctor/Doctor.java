package io.capbench.app.doctor;

import io.capbench.app.AppFolders;
import io.capbench.app.AppHome;
import io.capbench.app.Display;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Examines this machine. Takes a few seconds; changes nothing but the workspace's layout. */
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

  /** Runs every check, in the order in which they depend on each other. */
  public List<Finding> examine() {
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
    findings.add(sample());
    return findings;
  }

  private Finding sample() {
    return Files.isRegularFile(home.sample())
        ? Finding.ok("sample", home.sample().toString())
        : Finding.warn(
            "sample",
            home.sample() + " is missing",
            "Get Capbench again, or name a dataset: capbench open DATASET.");
  }
}
