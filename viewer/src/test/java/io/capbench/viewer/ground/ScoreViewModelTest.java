package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.Lane;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.RowFilter;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.fixture.FakeGrounder;
import io.capbench.viewer.fixture.FakeSpace;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fixture.WindowlessWorkbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreViewModelTest {
  private static final Path MODEL = Path.of("/models/one");
  private static final List<String> ALL = List.of("laion_2b", "laion_coco", "capsfusion");

  @TempDir Path temp;
  private WindowlessWorkbench window;
  private final List<Lane> lanes = new ArrayList<>();
  private BrowseViewModel browse;
  private WorkbenchViewModel workbench;
  private ModelsViewModel models;
  private ScoreViewModel score;
  private volatile Runnable before = () -> {};
  private volatile String trouble = "";

  @BeforeEach
  void start() {
    window = new WindowlessWorkbench(temp);
    browse = window.browse();
    workbench = window.workbench();
    models = new ModelsViewModel(this::load, window.jobs(), window.fx());
    score = new ScoreViewModel(workbench, models, window.workspace(), window.jobs(), window.fx());
    window.open(SampleShards.parquet(temp.resolve("cars.parquet"), 30));
    window
        .jobs()
        .addListener(
            handle -> {
              if (handle.title().startsWith("Scoring")) {
                lanes.add(handle.lane());
              }
            });
  }

  private OpenModel load(Path folder, JobContext context) {
    if (!trouble.isEmpty()) {
      throw new CapbenchException(trouble);
    }
    FakeGrounder grounder = new FakeGrounder(folder);
    return new OpenModel(
        grounder,
        new FakeSpace(grounder.model()).before(() -> before.run()),
        GroundingAdvice.USUAL);
  }

  @AfterEach
  void stop() {
    window.stop();
    models.close();
    window.workspace().close();
  }

  private void scoreAll() {
    score.start(ALL);
    window.until(() -> !score.runningProperty().get());
  }

  private long rowsBelow(double similarity) {
    workbench.filter().clear();
    workbench.filter().add(new RowFilter.Similarity("capsfusion", Comparison.LESS, similarity));
    workbench.query().apply();
    window.until(() -> !workbench.query().runningProperty().get());
    return browse.rowCountProperty().get();
  }

  @Test
  void scoresCanBeFilteredByOnceTheyAreThere() {
    models.choose(MODEL);
    scoreAll();
    assertThat(score.summaryProperty().get()).contains("30 rows", "90 captions scored");
    assertThat(lanes).as("in turns with whoever looks").containsExactly(Lane.IO);
    assertThat(rowsBelow(1.1)).isEqualTo(30);
    assertThat(rowsBelow(-1)).isZero();
  }

  @Test
  void aModelOfEarlierIsLoadedFirst() {
    models.remember(MODEL, List.of());
    scoreAll();
    assertThat(models.loaded()).isNotNull();
    assertThat(score.summaryProperty().get()).contains("30 rows");
  }

  @Test
  void withoutAModelItSaysWhatIsMissing() {
    scoreAll();
    assertThat(score.summaryProperty().get()).contains("takes a model");
  }

  @Test
  void aModelThatCannotBeLoadedIsSaid() {
    trouble = "No weights in /models/one";
    models.remember(MODEL, List.of());
    scoreAll();
    assertThat(score.summaryProperty().get()).isEqualTo(trouble);
  }

  @Test
  void whatWasStoppedGoesOnWhereItWas() {
    models.choose(MODEL);
    window.until(() -> models.loaded() != null);
    CountDownLatch reached = new CountDownLatch(3);
    CountDownLatch goOn = new CountDownLatch(1);
    before =
        () -> {
          reached.countDown();
          if (reached.getCount() == 0) {
            window.fx().execute(() -> {});
            await(goOn);
          }
        };
    score.start(List.of("capsfusion"));
    window.until(() -> reached.getCount() == 0);
    score.cancel();
    goOn.countDown();
    window.until(() -> !score.runningProperty().get());
    assertThat(score.summaryProperty().get()).startsWith("Stopped.");

    before = () -> {};
    score.start(List.of("capsfusion"));
    window.until(() -> !score.runningProperty().get());
    assertThat(score.summaryProperty().get()).contains("30 rows", "were before");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onlyTheRowsOfTheFilterAreScoredIfThatIsWanted() {
    models.choose(MODEL);
    workbench.filter().textProperty().set("blue bus");
    score.filteredOnlyProperty().set(true);
    scoreAll();
    assertThat(score.summaryProperty().get()).contains("15 rows");
  }

  @Test
  void aDatasetWithoutImagesHasNothingToScore() throws Exception {
    assertThat(score.obstacle()).isEmpty();
    assertThat(score.tracks()).extracting(CaptionTrack::name).containsExactlyElementsOf(ALL);
    window.open(SampleShards.jsonLines(temp.resolve("plain.jsonl"), 3));
    assertThat(score.obstacle()).contains("no column with images");
    assertThat(score.tracks()).isEmpty();
    scoreAll();
    assertThat(lanes).isEmpty();
  }

  @Test
  void anotherDatasetEndsTheScoring() throws Exception {
    models.choose(MODEL);
    window.until(() -> models.loaded() != null);
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    before =
        () -> {
          reached.countDown();
          window.fx().execute(() -> {});
          await(goOn);
        };
    score.start(ALL);
    window.until(() -> reached.getCount() == 0);
    workbench.open(List.of(SampleShards.jsonLines(temp.resolve("plain.jsonl"), 3)));
    window.until(() -> workbench.openProperty().get().info().name().contains("plain"));
    goOn.countDown();
    window.until(() -> !score.runningProperty().get());
    assertThat(browse.rowCountProperty().get()).isEqualTo(3);
  }
}
