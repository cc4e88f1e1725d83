package io.capbench.storage.workspace;

import java.nio.file.Path;

/** Appends decisions until it is killed and prints the id of each once it is written. */
final class AppendingProgram {
  private AppendingProgram() {}

  public static void main(String[] args) {
    try (Workspace workspace = Workspace.open(Path.of(args[0]))) {
      for (long row = 0; row < 1_000_000; row++) {
        DecisionEntry entry =
            workspace.decisions().append(NewDecision.accept(Rows.row(row), "Ada"));
        System.out.println(entry.id());
        System.out.flush();
      }
    }
  }
}
