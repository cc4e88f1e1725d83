package io.capbench.viewer.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.export.DecisionSelection;
import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.DecisionCounts;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.dataset.FilterViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fixture.Turns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportViewModelTest {
  @TempDir Path temp;
  private final Turns fx = new Turns();
  private final FilterViewModel filter = new FilterViewModel();
  private final JobRunner jobs = new JobRunner();
  private Workspace workspace;
  private Dataset dataset;
  private OpenDataset open;
  private List<CaptionRow> rows;
  private ExportViewModel export;

  @BeforeEach
  void start() {
    Path file = SampleShards.parquet(temp.resolve("cars.parquet"), 10);
    workspace = Workspace.open(temp.resolve("w.capbench"));
    dataset = new DatasetOpener(temp.resolve("cache")).open(List.of(file), JobContext.unwatched());
    ColumnMapping mapping = dataset.info().mapping();
    open =
        new OpenDataset(
            List.of(file),
            Workspace.datasetId(dataset.info().shards()),
            dataset,
            mapping,
            List.of());
    try (RowView view = dataset.view(mapping, RowQuery.ALL, JobContext.unwatched())) {
      rows = view.page(0, 10);
    }
    workspace.decisions().append(NewDecision.accept(rows.get(0), "ann"));
    workspace.decisions().append(NewDecision.accept(rows.get(3), "ann"));
    workspace.decisions().append(NewDecision.reject(rows.get(4), "ann"));
    export = new ExportViewModel(jobs, workspace, filter, fx);
    export.begin(open);
    export.folderProperty().set(temp.resolve("out").toString());
  }

  @AfterEach
  void stop() {
    jobs.close();
    dataset.close();
    workspace.close();
  }

  @Test
  void beforeADatasetIsNamedNothingIsExported() {
    ExportViewModel idle = new ExportViewModel(jobs, workspace, filter, fx);
    idle.run();
    idle.cancel();
    assertThat(idle.runningProperty().get()).isFalse();
    assertThat(fx.size()).isZero();
  }

  @Test
  void theFormIsFilledWithWhatFitsTheDataset() {
    ExportViewModel fresh = new ExportViewModel(jobs, workspace, filter, fx);
    fresh.begin(open);
    assertThat(fresh.captionsProperty().get()).isEqualTo("edited,preferred,track:capsfusion");
    assertThat(Path.of(fresh.folderProperty().get()).getFileName()).hasToString("cars");
    assertThat(fresh.selectionProperty().get()).isEqualTo(DecisionSelection.ACCEPTED);
  }

  @Test
  void howManyRowsLeaveIsKnownBefore() {
    DecisionCounts counts = workspace.decisions().counts(open.fingerprints());
    assertThat(export.expected(counts)).isEqualTo(2);
    export.selectionProperty().set(DecisionSelection.NOT_REJECTED);
    assertThat(export.expected(counts)).isEqualTo(9);
    export.selectionProperty().set(DecisionSelection.ALL);
    assertThat(export.expected(counts)).isEqualTo(10);
    export.filteredOnlyProperty().set(true);
    assertThat(export.expected(counts)).isEqualTo(-1);
  }

  @Test
  void choicesStayWhenTheSameDatasetIsExportedAgain() {
    export.captionsProperty().set("track:laion_2b");
    export.problemProperty().set("old");
    export.begin(open);
    assertThat(export.captionsProperty().get()).isEqualTo("track:laion_2b");
    assertThat(export.folderProperty().get()).endsWith("out");
    assertThat(export.problemProperty().get()).isEmpty();
  }

  @Test
  void acceptedRowsAreWrittenAndReported() throws Exception {
    export.run();
    assertThat(export.runningProperty().get()).isTrue();
    end();

    assertThat(export.problemProperty().get()).isEmpty();
    assertThat(export.reportProperty().get().samples()).isEqualTo(2);
    assertThat(export.reportProperty().get().manifest()).exists();
    assertThat(files()).anyMatch(name -> name.endsWith(".tar"));
  }

  @Test
  void allButRejectedRowsAreWritten() {
    export.selectionProperty().set(DecisionSelection.NOT_REJECTED);
    export.run();
    end();
    assertThat(export.reportProperty().get().samples()).isEqualTo(9);
    assertThat(export.reportProperty().get().dropped()).containsEntry("rejected", 1L);
  }

  @Test
  void onlyTheRowsOfTheFilterAreWrittenIfThatIsWanted() {
    export.selectionProperty().set(DecisionSelection.ALL);
    filter.textProperty().set("blue bus");
    assertThat(export.filtered()).isTrue();
    export.filteredOnlyProperty().set(true);
    export.run();
    end();
    assertThat(export.reportProperty().get().samples()).isEqualTo(5);
  }

  @Test
  void withoutThatWishTheFilterDoesNotMatter() {
    export.selectionProperty().set(DecisionSelection.ALL);
    filter.textProperty().set("blue bus");
    export.run();
    end();
    assertThat(export.reportProperty().get().samples()).isEqualTo(10);
  }

  @Test
  void aBlankFolderIsAProblem() {
    export.folderProperty().set("  ");
    export.run();
    assertThat(export.problemProperty().get()).isEqualTo("Name a folder to export to.");
    assertThat(export.runningProperty().get()).isFalse();
  }

  @Test
  void aTextThatIsNoFolderIsAProblem() {
    export.folderProperty().set("a\0b");
    export.run();
    assertThat(export.problemProperty().get()).startsWith("That is not a folder's name");
    assertThat(export.runningProperty().get()).isFalse();
  }

  @Test
  void aTrackThatDoesNotExistIsAProblemThatNamesThoseThatDo() {
    export.captionsProperty().set("edited,track:nowhere");
    export.run();
    assertThat(export.problemProperty().get()).contains("nowhere").contains("capsfusion");
    assertThat(export.runningProperty().get()).isFalse();
  }

  @Test
  void aStepThatDoesNotExistIsAProblem() {
    export.captionsProperty().set("whatever");
    export.run();
    assertThat(export.problemProperty().get()).contains("whatever");
  }

  @Test
  void anEarlierExportIsNotReplacedUnlessThatIsWanted() {
    export.run();
    end();
    export.run();
    assertThat(export.reportProperty().get()).as("the old report is gone").isNull();
    end();
    assertThat(export.problemProperty().get()).contains("out");
    assertThat(export.reportProperty().get()).isNull();

    export.overwriteProperty().set(true);
    export.run();
    end();
    assertThat(export.problemProperty().get()).isEmpty();
    assertThat(export.reportProperty().get().samples()).isEqualTo(2);
  }

  @Test
  void aCancelledExportSaysSoAndLeavesNothing() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    for (int lane = 0; lane < 3; lane++) {
      jobs.submit(waitingFor(go));
    }
    export.run();
    export.cancel();
    end();
    go.countDown();
    assertThat(export.problemProperty().get()).contains("cancelled");
    assertThat(export.reportProperty().get()).isNull();
    assertThat(files()).isEmpty();
  }

  @Test
  void aSecondStartWhileOneIsUnderWayDoesNothing() {
    CountDownLatch go = new CountDownLatch(1);
    for (int lane = 0; lane < 3; lane++) {
      jobs.submit(waitingFor(go));
    }
    export.run();
    export.run();
    export.begin(open);
    assertThat(export.runningProperty().get()).isTrue();
    go.countDown();
    end();
    assertThat(export.reportProperty().get().samples()).isEqualTo(2);
    assertThat(fx.size()).isZero();
  }

  private void end() {
    fx.runUntil(() -> !export.runningProperty().get());
  }

  private List<String> files() throws Exception {
    Path out = temp.resolve("out");
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  private static Job<String> waitingFor(CountDownLatch go) {
    return new Job<>() {
      @Override
      public String title() {
        return "Waiting";
      }

      @Override
      public String run(JobContext context) throws Exception {
        go.await();
        return "";
      }
    };
  }
}
