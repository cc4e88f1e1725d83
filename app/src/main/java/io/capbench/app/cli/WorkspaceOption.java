package io.capbench.app.cli;

import io.capbench.storage.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The workspace of commands that read one. */
final class WorkspaceOption {
  @Option(
      names = "--workspace",
      paramLabel = "FILE",
      description = "The file that keeps decisions (default: the one that the window used last).")
  private @Nullable Path file;

  /** The file that was named, or null. */
  @Nullable Path named() {
    return file;
  }

  /** The file that is meant, which may not exist. */
  Path file(Session session) {
    return session.workspace(file);
  }

  /**
   * Opens the workspace if there is one: reading makes none.
   *
   * @return to be closed by the caller, or null if the file does not exist
   */
  @Nullable Workspace openIfPresent(Session session) {
    Path workspace = file(session);
    if (Files.exists(workspace)) {
      return Workspace.open(workspace);
    }
    if (file != null) {
      session
          .terminal()
          .message("The workspace " + workspace + " does not exist; nothing is decided yet.");
    }
    return null;
  }
}
