package io.capbench.app.doctor;

import io.capbench.storage.dataset.EngineProbe;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.Decision;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The libraries that read and keep.
 *
 * @param temporary where native libraries are unpacked
 * @param workspace the workspace that would be opened
 */
record StorageChecks(Path temporary, Path workspace) {
  private static final Logger LOG = LoggerFactory.getLogger(StorageChecks.class);

  List<Finding> examine() {
    EngineProbe probe = new EngineProbe(temporary);
    return List.of(
        examine("DuckDB", probe::duckDb),
        examine("Arrow", () -> "carried " + probe.arrow() + " from DuckDB"),
        examine("SQLite", probe::sqlite),
        workspaceFinding());
  }

  private Finding examine(String name, Supplier<String> probe) {
    try {
      return Finding.ok(name, probe.get());
    } catch (CapbenchException | LinkageError e) {
      LOG.warn("{} does not work", name, e);
      return Finding.problem(
          name,
          String.valueOf(e.getMessage()),
          "Its native library is unpacked into "
              + temporary
              + ", which must have 100 MB free and allow programs to run"
              + " (CAPBENCH_JAVA_OPTIONS=-Djava.io.tmpdir=DIR names another folder); start Capbench"
              + " by its script, which gives Java the options that it needs.");
    }
  }

  private Finding workspaceFinding() {
    if (!Files.exists(workspace)) {
      return Finding.ok("workspace", workspace + ", made when the window opens");
    }
    try (Workspace open = Workspace.open(workspace)) {
      long decided = open.decisions().all().stream().filter(Decision::decided).count();
      String value = open.file() + ", " + decided + " rows decided";
      return open.readOnly()
          ? Finding.warn(
              "workspace",
              value + ", can only be read",
              "Give yourself the right to write the file and its folder, or name another with"
                  + " --workspace.")
          : Finding.ok("workspace", value);
    } catch (CapbenchException | LinkageError e) {
      LOG.warn("The workspace does not open", e);
      return Finding.problem(
          "workspace", String.valueOf(e.getMessage()), "Name another one with --workspace.");
    }
  }
}
