package io.capbench.storage.workspace;

import static io.capbench.storage.workspace.Rows.BOTH;
import static io.capbench.storage.workspace.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.Decision;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several threads, several openings and a killed program on one file. */
class WorkspaceSharingTest {
  private static final int EACH = 60;

  @TempDir Path folder;

  @Test
  void twoOpeningsWrittenByThreadsLoseNothingAndFoldRight() throws Exception {
    Path file = folder.resolve("w.capbench");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Workspace one = Workspace.open(file);
        Workspace two = Workspace.open(file)) {
      List<Future<Set<Long>>> results = new ArrayList<>();
      for (int worker = 0; worker < 4; worker++) {
        Workspace workspace = worker % 2 == 0 ? one : two;
        String annotator = "worker " + worker;
        Callable<Set<Long>> work = () -> work(workspace.decisions(), annotator);
        results.add(threads.submit(work));
      }
      Set<Long> ids = new HashSet<>();
      for (Future<Set<Long>> result : results) {
        ids.addAll(result.get());
      }

      List<Long> logged = new ArrayList<>();
      one.decisions().read(LogQuery.all(), entry -> logged.add(entry.id()));
      assertThat(ids).hasSize(4 * EACH);
      assertThat(logged).hasSize(4 * EACH + 4 * (EACH / 10)).containsAll(ids);
      List<Decision> view = one.decisions().all();
      assertThat(two.decisions().all()).isEqualTo(view);
      two.decisions().rebuild();
      assertThat(one.decisions().all()).isEqualTo(view);
    } finally {
      threads.shutdown();
    }
  }

  private static Set<Long> work(DecisionLog log, String annotator) {
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < EACH; i++) {
      NewDecision decision =
          i % 3 == 0
              ? NewDecision.reject(row(i % 7), annotator)
              : NewDecision.edit(row(i % 7), annotator, "fused", annotator + " " + i);
      ids.add(log.append(decision).id());
      if (i % 10 == 9) {
        log.undo(annotator, BOTH);
      }
    }
    return ids;
  }

  @Test
  void whatAKilledProgramWasToldIsWrittenIsThere() throws IOException, InterruptedException {
    Path file = folder.resolve("w.capbench");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProgram.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Long> printed = new ArrayList<>();
    try (BufferedReader lines = program.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.add(Long.parseLong(line));
        if (printed.size() == 200) {
          program
              .toHandle()
              .destroyForcibly(); // unlike the process itself, leaves its output readable
        }
      }
    }
    assertThat(program.waitFor()).isNotZero();

    try (Workspace workspace = Workspace.open(file)) {
      List<Long> logged = new ArrayList<>();
      workspace.decisions().read(LogQuery.all(), entry -> logged.add(entry.id()));
      assertThat(printed).hasSizeGreaterThanOrEqualTo(200);
      assertThat(logged).containsAll(printed);
      List<Decision> view = workspace.decisions().all();
      assertThat(view).hasSize(logged.size());
      workspace.decisions().rebuild();
      assertThat(workspace.decisions().all()).isEqualTo(view);
    }
  }
}
