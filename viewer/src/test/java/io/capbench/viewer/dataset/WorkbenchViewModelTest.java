package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fixture.Turns;
import io.capbench.viewer.fixture.WindowlessWorkbench;
import io.capbench.viewer.review.ReviewViewModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchViewModelTest {
  @TempDir Path temp;
  private Path cars;
  private WindowlessWorkbench window;
  private Turns fx;
  private Workspace workspace;
  private BrowseViewModel browse;
  private ReviewViewModel review;
  private WorkbenchViewModel workbench;

  @BeforeEach
  void start() {
    if (cars == null) {
      cars = SampleShards.parquet(temp.resolve("cars.parquet"), 30);
    }
    window = new WindowlessWorkbench(temp);
    fx = window.fx();
    workspace = window.workspace();
    browse = window.browse();
    review = window.review();
    review.annotatorProperty().set("ann");
    workbench = window.workbench();
  }

  @AfterEach
  void stop() {
    window.close();
  }

  @Test
  void atFirstNothingIsOpen() {
    assertThat(workbench.openProperty().get()).isNull();
    workbench.query().apply();
    workbench.applyMapping(ColumnMapping.NONE);
    assertThat(fx.size()).as("nothing was started").isZero();
    assertThat(workbench.query().runningProperty().get()).isFalse();
  }

  @Test
  void aParquetFileOpensWithItsRowsTracksAndImages() {
    workbench.open(List.of(cars));
    assertThat(workbench.openingProperty().get()).isTrue();
    settle();

    OpenDataset open = workbench.openProperty().get();
    assertThat(open.info().rows()).isEqualTo(30);
    assertThat(open.mapping().tracks())
        .extracting(CaptionTrack::role)
        .containsExactly(TrackRole.RAW, TrackRole.SYNTHETIC, TrackRole.FUSED);
    assertThat(open.mapping().imageKind()).isEqualTo(ImageKind.STRUCT);
    assertThat(open.fingerprints()).hasSize(1);
    assertThat(browse.rowCountProperty().get()).isEqualTo(30);
    assertThat(current("capsfusion")).isEqualTo("The red car number 0 on a street, for sale.");
    assertThat(workbench.openingProperty().get()).isFalse();
    assertThat(workbench.problemProperty().get()).isEmpty();
    assertThat(workbench.recent()).containsExactly(List.of(cars));
  }

  @Test
  void jsonLinesOpenToo() throws Exception {
    open(SampleShards.jsonLines(temp.resolve("a.jsonl"), 5));
    assertThat(browse.rowCountProperty().get()).isEqualTo(5);
    assertThat(current("llava")).isEqualTo("a red car");
  }

  @Test
  void aBrokenFileKeepsTheOldOneOpenAndSaysWhy() throws Exception {
    open(cars);
    browse.select(3);
    Path broken = Files.writeString(temp.resolve("broken.parquet"), "PAR1 but no more");
    workbench.open(List.of(broken));
    settle();

    assertThat(workbench.problemProperty().get()).contains("broken.parquet");
    assertThat(workbench.openProperty().get().paths()).containsExactly(cars);
    assertThat(browse.rowCountProperty().get()).isEqualTo(30);
    assertThat(browse.selectedProperty().get()).isEqualTo(3);
    assertThat(workbench.openingProperty().get()).isFalse();
    browse.select(29);
    settle();
    assertThat(browse.currentProperty().get()).as("the old one can still be read").isNotNull();
    assertThat(workbench.recent()).containsExactly(List.of(cars));
  }

  @Test
  void aMissingFileSaysWhy() {
    workbench.open(List.of(temp.resolve("none.parquet")));
    settle();
    assertThat(workbench.problemProperty().get()).contains("none.parquet");
    assertThat(workbench.openProperty().get()).isNull();
  }

  @Test
  void theNextOpeningTakesTheProblemAway() {
    workbench.open(List.of(temp.resolve("none.parquet")));
    settle();
    open(cars);
    assertThat(workbench.problemProperty().get()).isEmpty();
  }

  @Test
  void wordsFilterAndTheSelectedRowStaysSelected() {
    open(cars);
    browse.select(7);
    settle();
    workbench.filter().textProperty().set("blue bus");
    workbench.query().apply();
    assertThat(workbench.query().runningProperty().get()).isTrue();
    settle();

    assertThat(browse.rowCountProperty().get()).isEqualTo(15);
    assertThat(browse.selectedProperty().get()).as("row 7 is the fourth bus").isEqualTo(3);
    assertThat(current("laion_2b")).isEqualTo("Buy blue bus no. 7 sale");
    assertThat(workbench.query().runningProperty().get()).isFalse();

    workbench.filter().clear();
    workbench.query().apply();
    settle();
    assertThat(browse.rowCountProperty().get()).isEqualTo(30);
    assertThat(browse.selectedProperty().get()).isEqualTo(7);
  }

  @Test
  void aSqlErrorStandsAtTheFilterAndTheRowsStay() {
    open(cars);
    workbench.filter().sqlProperty().set(true);
    workbench.filter().textProperty().set("length(nowhere) > 3");
    workbench.query().apply();
    settle();
    assertThat(workbench.filter().errorProperty().get()).contains("nowhere");
    assertThat(workbench.problemProperty().get()).isEmpty();
    assertThat(browse.rowCountProperty().get()).isEqualTo(30);
    assertThat(workbench.query().runningProperty().get()).isFalse();

    workbench.filter().textProperty().set("capsfusion LIKE '%number 1%'");
    workbench.query().apply();
    assertThat(workbench.filter().errorProperty().get()).isEmpty();
    settle();
    assertThat(browse.rowCountProperty().get()).isEqualTo(11);
  }

  @Test
  void rowsAreFilteredByWhatWasDecidedAMomentAgo() {
    open(cars);
    review.accept();
    review.reject();
    settle();
    workbench.filter().decidedProperty().set(DecisionFilter.REJECTED);
    workbench.query().apply();
    settle();
    assertThat(browse.rowCountProperty().get()).isEqualTo(1);
    assertThat(current("laion_2b")).contains("no. 1 ");

    workbench.filter().decidedProperty().set(DecisionFilter.UNDECIDED);
    workbench.query().apply();
    settle();
    assertThat(browse.rowCountProperty().get()).isEqualTo(28);
  }

  @Test
  void noRowMayFit() {
    open(cars);
    workbench.filter().textProperty().set("submarine");
    workbench.query().apply();
    settle();
    assertThat(browse.rowCountProperty().get()).isZero();
    assertThat(browse.selectedProperty().get()).isEqualTo(-1);
    assertThat(workbench.filter().errorProperty().get()).isEmpty();
  }

  @Test
  void anotherMappingReadsTheColumnsAnewAndIsKeptInTheWorkspace() {
    open(cars);
    ColumnMapping other =
        new ColumnMapping(
            List.of(new CaptionTrack("web", TrackRole.OTHER, "laion_2b")), null, ImageKind.NONE);
    workbench.applyMapping(other);
    settle();
    assertThat(workbench.openProperty().get().mapping()).isEqualTo(other);
    assertThat(browse.currentProperty().get().row().captions()).containsOnlyKeys("web");

    restart();
    open(cars);
    assertThat(workbench.openProperty().get().mapping()).isEqualTo(other);
    assertThat(browse.currentProperty().get().captions()).containsOnlyKeys("web");
  }

  @Test
  void thePositionIsRememberedFromOneDatasetToTheNextAndBack() throws Exception {
    Path other = SampleShards.jsonLines(temp.resolve("a.jsonl"), 5);
    open(cars);
    browse.select(17);
    open(other);
    assertThat(browse.selectedProperty().get()).isZero();
    browse.select(2);
    open(cars);
    assertThat(browse.selectedProperty().get()).isEqualTo(17);
    restart();
    open(other);
    assertThat(browse.selectedProperty().get()).isEqualTo(2);
  }

  @Test
  void thePositionIsRememberedWhenTheWindowCloses() {
    open(cars);
    browse.select(21);
    restart();
    open(cars);
    assertThat(browse.selectedProperty().get()).isEqualTo(21);
  }

  @Test
  void filterRowAndHiddenTracksAreRemembered() {
    open(cars);
    workbench.filter().textProperty().set("bus");
    workbench.filter().decidedProperty().set(DecisionFilter.UNDECIDED);
    workbench.query().apply();
    settle();
    long rows = browse.rowCountProperty().get();
    browse.select(1);
    workbench.setShown(workbench.openProperty().get().mapping().tracks().get(0), false);
    restart();

    open(cars);

    assertThat(workbench.filter().textProperty().get()).isEqualTo("bus");
    assertThat(workbench.filter().decidedProperty().get()).isEqualTo(DecisionFilter.UNDECIDED);
    assertThat(browse.rowCountProperty().get()).isEqualTo(rows).isLessThan(30);
    assertThat(browse.selectedProperty().get()).isEqualTo(1);
    assertThat(workbench.hiddenProperty().get())
        .containsExactly(workbench.openProperty().get().mapping().tracks().get(0).name());
  }

  @Test
  void aFilterThatFailedIsNotRemembered() {
    open(cars);
    workbench.filter().sqlProperty().set(true);
    workbench.filter().textProperty().set("no_such_column = 1");
    workbench.query().apply();
    settle();
    restart();

    open(cars);

    assertThat(workbench.filter().isOpen()).isTrue();
    assertThat(workbench.filter().errorProperty().get()).isEmpty();
  }

  @Test
  void aRememberedFilterThatNoLongerWorksShowsEveryRowAndSaysWhy() {
    open(cars);
    String id = workbench.openProperty().get().id();
    restart();
    workspace.settings().put("view.sql:" + id, "true");
    workspace.settings().put("view.filter:" + id, "no_such_column = 1");

    open(cars);

    assertThat(browse.rowCountProperty().get()).isEqualTo(30);
    assertThat(workbench.filter().errorProperty().get()).contains("no_such_column");
  }

  @Test
  void aDamagedMemoryIsAsGoodAsNone() {
    open(cars);
    String id = workbench.openProperty().get().id();
    restart();
    workspace.settings().put("view.row:" + id, "not a key");
    workspace.settings().put("view.decided:" + id, "PERHAPS");

    open(cars);

    assertThat(browse.selectedProperty().get()).isZero();
    assertThat(workbench.filter().decidedProperty().get()).isEqualTo(DecisionFilter.ALL);
  }

  @Test
  void openingAnotherDatasetForgetsTheFilter() throws Exception {
    open(cars);
    workbench.filter().textProperty().set("bus");
    workbench.query().apply();
    settle();
    open(SampleShards.jsonLines(temp.resolve("a.jsonl"), 5));
    assertThat(workbench.filter().isOpen()).isTrue();
    assertThat(browse.rowCountProperty().get()).isEqualTo(5);
  }

  @Test
  void aNewerRequestReplacesAnOlderOne() throws Exception {
    Path other = SampleShards.jsonLines(temp.resolve("a.jsonl"), 5);
    List<Path> seen = new ArrayList<>();
    workbench
        .openProperty()
        .addListener(
            (o, was, now) -> {
              if (now != null) {
                seen.add(now.paths().get(0));
              }
            });
    workbench.open(List.of(cars));
    workbench.open(List.of(other));
    settle();
    assertThat(seen).containsExactly(other);
    assertThat(browse.rowCountProperty().get()).isEqualTo(5);
    assertThat(workbench.problemProperty().get()).isEmpty();
  }

  @Test
  void theLastOfManyFiltersWins() {
    open(cars);
    for (String text : List.of("r", "re", "red", "red c", "blue bus no. 3")) {
      workbench.filter().textProperty().set(text);
      workbench.query().apply();
    }
    settle();
    assertThat(browse.rowCountProperty().get()).isEqualTo(1);
    assertThat(workbench.filter().errorProperty().get()).isEmpty();
    assertThat(workbench.query().runningProperty().get()).isFalse();
  }

  @Test
  void countsAndDecisionsAreThoseOfTheDatasetThatIsOpen() throws Exception {
    open(cars);
    assertThat(review.countsProperty().get().accepted()).isZero();
    review.accept();
    settle();
    open(SampleShards.jsonLines(temp.resolve("a.jsonl"), 5));
    assertThat(review.countsProperty().get().accepted()).as("of the other dataset").isZero();
    open(cars);
    assertThat(review.countsProperty().get().accepted()).isEqualTo(1);
    assertThat(browse.decision(browse.row(0))).isNotNull();
  }

  @Test
  void closingLetsGoOfTheDataset() {
    open(cars);
    workbench.close();
    assertThat(workbench.openProperty().get()).isNull();
    assertThat(browse.view()).isNull();
  }

  @Test
  void whatArrivesAfterClosingIsDropped() {
    open(cars);
    workbench.filter().textProperty().set("bus");
    workbench.query().apply();
    fx.awaitOne();
    workbench.close();
    fx.runAll();
    assertThat(browse.view()).as("rows that were found too late").isNull();
    assertThat(browse.rowCountProperty().get()).isZero();

    workbench.open(List.of(cars));
    assertThat(workbench.openingProperty().get()).as("after closing").isFalse();
  }

  private void open(Path path) {
    workbench.open(List.of(path));
    settle();
    assertThat(workbench.problemProperty().get()).isEmpty();
  }

  private void restart() {
    stop();
    start();
  }

  private void settle() {
    fx.runUntil(
        () -> !workbench.openingProperty().get() && !workbench.query().runningProperty().get());
    window.runAll();
  }

  private String current(String track) {
    return browse.currentProperty().get().row().caption(track);
  }
}
