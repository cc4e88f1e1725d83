package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fixture.WindowlessWorkbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions, orders, names and jumps on a dataset, without a window. */
class QueryViewModelTest {
  @TempDir Path temp;
  private Path cars;
  private WindowlessWorkbench window;
  private BrowseViewModel browse;
  private WorkbenchViewModel workbench;
  private QueryViewModel query;
  private SortViewModel sort;
  private long seed = 4;

  @BeforeEach
  void start() {
    if (cars == null) {
      cars = SampleShards.parquet(temp.resolve("cars.parquet"), 30);
    }
    window = new WindowlessWorkbench(temp);
    browse = window.browse();
    workbench = window.workbench();
    query = workbench.query();
    sort = new SortViewModel(query, () -> seed++);
    workbench.open(List.of(cars));
    settle();
  }

  @AfterEach
  void stop() {
    window.close();
  }

  private void restart() {
    stop();
    start();
  }

  private void settle() {
    window
        .fx()
        .runUntil(() -> !workbench.openingProperty().get() && !query.runningProperty().get());
    window.runAll();
  }

  private void apply() {
    query.apply();
    settle();
  }

  private String current() {
    return browse.currentProperty().get().row().caption("laion_2b");
  }

  @Test
  void allConditionsMustHoldTogetherWithTheWords() {
    query.filter().textProperty().set("red");
    query.filter().add(new RowFilter.Contains("laion_2b", "no. 1"));
    query.filter().add(new RowFilter.Not(new RowFilter.Contains("laion_2b", "no. 12")));
    apply();
    assertThat(browse.rowCountProperty().get()).as("10, 14, 16 and 18").isEqualTo(4);
    assertThat(query.shownProperty().get().filters()).hasSize(3);
  }

  @Test
  void rowsComeInTheOrderThatIsWanted() {
    sort.by(new RowOrder.ByColumn("laion_2b", true));
    settle();
    assertThat(browse.rowCountProperty().get()).isEqualTo(30);
    browse.select(0);
    assertThat(current()).isEqualTo("Buy red car no. 8 sale");
    sort.turn();
    settle();
    browse.select(0);
    assertThat(current()).isEqualTo("Buy blue bus no. 1 sale");
    sort.clear();
    settle();
    assertThat(query.shownProperty().get()).isEqualTo(RowQuery.ALL);
  }

  @Test
  void aColumnsNameIsClickedThroughItsOrders() {
    List<RowOrder> seen = new ArrayList<>();
    for (int click = 0; click < 3; click++) {
      sort.next("capsfusion");
      seen.add(sort.orderProperty().get());
    }
    assertThat(seen)
        .containsExactly(
            new RowOrder.ByWords("capsfusion", true),
            new RowOrder.ByWords("capsfusion", false),
            null);
    sort.next("capsfusion");
    sort.next("laion_2b");
    assertThat(sort.orderProperty().get()).isEqualTo(new RowOrder.ByWords("laion_2b", true));
  }

  @Test
  void anOrderBySimilarityTurnsRoundAndHasWords() {
    RowOrder least = new RowOrder.BySimilarity("laion_2b", false);
    sort.by(least);
    assertThat(SortViewModel.descending(least)).contains(false);
    sort.by(least);
    RowOrder most = new RowOrder.BySimilarity("laion_2b", true);
    assertThat(sort.orderProperty().get()).isEqualTo(most);
    assertThat(
            new FilterWords()
                .of(
                    new RowQuery(
                        List.of(new RowFilter.Similarity("laion_2b", Comparison.LESS, 0.2)), most)))
        .isEqualTo("similarity of laion_2b < 0.2; ordered by similarity of laion_2b, descending");
  }

  @Test
  void shufflingAgainTakesAnotherSeed() {
    sort.shuffle();
    settle();
    List<String> once = shownCaptions();
    sort.shuffle();
    settle();
    assertThat(sort.orderProperty().get()).isEqualTo(new RowOrder.Shuffled(5));
    assertThat(shownCaptions()).isNotEqualTo(once).containsExactlyInAnyOrderElementsOf(once);
    sort.by(new RowOrder.Shuffled(4));
    settle();
    assertThat(shownCaptions()).isEqualTo(once);
  }

  private List<String> shownCaptions() {
    return browse.view().page(0, 30).stream().map(row -> row.caption("laion_2b")).toList();
  }

  @Test
  void conditionsAndOrderAreRemembered() {
    query.filter().add(new RowFilter.Words("laion_2b", Comparison.AT_LEAST, 6));
    query.filter().add(new RowFilter.Contains("laion_2b", "red"));
    sort.by(new RowOrder.ByColumn("laion_2b", true));
    settle();
    restart();
    assertThat(query.filter().conditions())
        .containsExactly(
            new RowFilter.Words("laion_2b", Comparison.AT_LEAST, 6),
            new RowFilter.Contains("laion_2b", "red"));
    assertThat(sort.orderProperty().get()).isEqualTo(new RowOrder.ByColumn("laion_2b", true));
    assertThat(browse.rowCountProperty().get()).isEqualTo(15);
  }

  @Test
  void aClearedFilterCanBeBroughtBackUntilAnotherIsWanted() {
    query.filter().add(new RowFilter.Contains("laion_2b", "red"));
    query.filter().decidedProperty().set(DecisionFilter.UNDECIDED);
    RowQuery wanted = query.filter().query();
    query.filter().clear();
    assertThat(query.filter().isOpen()).isTrue();
    assertThat(query.filter().canBringBackProperty().get()).isTrue();
    query.filter().bringBack();
    assertThat(query.filter().query()).isEqualTo(wanted);
    assertThat(query.filter().canBringBackProperty().get()).isFalse();

    query.filter().clear();
    query.filter().textProperty().set("bus");
    assertThat(query.filter().canBringBackProperty().get()).isFalse();
  }

  @Test
  void theSameWishIsNotLookedForTwice() {
    query.filter().textProperty().set("red");
    apply();
    query.applyIfChanged();
    assertThat(query.runningProperty().get()).isFalse();
    query.filter().textProperty().set("blue");
    query.applyIfChanged();
    assertThat(query.runningProperty().get()).isTrue();
    settle();
  }

  @Test
  void whoeverStopsIsToldThatRowsMayBeMissing() {
    query.filter().textProperty().set("red");
    query.apply();
    query.cancel();
    settle();
    assertThat(query.filter().errorProperty().get()).isEmpty();
    // It may have been faster than the cancelling.
    boolean whole = query.shownProperty().get().filters().size() == 1 && count() == 15;
    assertThat(query.stoppedProperty().get() || whole).isTrue();
    apply();
    assertThat(query.stoppedProperty().get()).isFalse();
    assertThat(count()).isEqualTo(15);
  }

  private long count() {
    return browse.rowCountProperty().get();
  }

  @Test
  void namedFiltersAreKeptChosenRenamedAndDeleted() {
    SavedQueriesViewModel saved = workbench.saved();
    var columns = workbench.openProperty().get().info().columns();
    query.filter().add(new RowFilter.Contains("laion_2b", "red"));
    sort.by(new RowOrder.ByWords("capsfusion", true));
    saved.save(" red ones ", columns);
    settle();
    query.filter().clear();
    query.filter().orderProperty().set(null);
    restart();

    assertThat(saved.all()).isNotEmpty();
    saved = workbench.saved();
    assertThat(saved.fitting(columns)).extracting(SavedQuery::name).containsExactly("red ones");
    assertThat(saved.fitting(List.of())).isEmpty();
    saved.choose(saved.all().get(0));
    settle();
    assertThat(count()).isEqualTo(15);
    assertThat(sort.orderProperty().get()).isEqualTo(new RowOrder.ByWords("capsfusion", true));

    saved.rename(saved.all().get(0), "cars");
    settle();
    assertThat(saved.all()).extracting(SavedQuery::name).containsExactly("cars");
    saved.delete(saved.all().get(0));
    settle();
    assertThat(saved.all()).isEmpty();
    assertThat(saved.problemProperty().get()).isEmpty();
  }

  @Test
  void aNameIsNotBlank() {
    SavedQueriesViewModel saved = workbench.saved();
    saved.save("  ", List.of());
    settle();
    assertThat(saved.all()).isEmpty();
    assertThat(saved.objection("")).isNotEmpty();
  }

  @Test
  void jumpsGoToPositionsAndRowsAndSayWhyNot() {
    JumpViewModel jump = new JumpViewModel(workbench, browse);
    List<String> arrived = new ArrayList<>();
    query.filter().textProperty().set("blue");
    apply();
    jump.go("3", () -> arrived.add("position"));
    assertThat(browse.selectedProperty().get()).isEqualTo(2);
    jump.go("cars:9", () -> arrived.add("row"));
    settle();
    assertThat(browse.selectedProperty().get()).as("row 9 is the fifth bus").isEqualTo(4);
    assertThat(arrived).containsExactly("position", "row");

    jump.go("cars:8", () -> arrived.add("no"));
    settle();
    assertThat(jump.problemProperty().get()).contains("not among the rows");
    jump.go("16", () -> arrived.add("no"));
    assertThat(jump.problemProperty().get()).contains("1 to 15");
    assertThat(arrived).hasSize(2);
    assertThat(browse.selectedProperty().get()).isEqualTo(4);
  }
}
