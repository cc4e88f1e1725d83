package io.capbench.viewer.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fixture.WindowlessWorkbench;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FacetsViewModelTest {
  private static final Bucket RED =
      new Bucket("red", 15, List.of(new RowFilter.Contains(null, "red")));

  @TempDir Path temp;
  private WindowlessWorkbench window;
  private final List<RowQuery> counted = new CopyOnWriteArrayList<>();
  private WorkbenchViewModel workbench;
  private FacetsViewModel facets;
  private volatile String trouble = "";
  private volatile boolean measured;

  @BeforeEach
  void start() {
    window = new WindowlessWorkbench(temp);
    workbench = window.workbench();
    facets = new FacetsViewModel(workbench, new MadeUp(), window.jobs(), window.fx());
    workbench.open(List.of(SampleShards.parquet(temp.resolve("cars.parquet"), 30)));
    settle();
  }

  private final class MadeUp implements FacetSource {
    @Override
    public Answer facets(OpenDataset dataset, RowQuery query, JobContext context) {
      counted.add(query);
      if (!trouble.isEmpty()) {
        throw new CapbenchException(trouble);
      }
      Facet words =
          new Facet("words:raw", "Words " + query.filters().size(), List.of(RED), 30, false);
      return new Answer(List.of(words), !measured);
    }

    @Override
    public void measure(OpenDataset dataset, JobContext context) {
      measured = true;
    }
  }

  @AfterEach
  void stop() {
    facets.close();
    window.close();
  }

  private void settle() {
    window
        .fx()
        .runUntil(
            () ->
                !workbench.openingProperty().get()
                    && !workbench.query().runningProperty().get()
                    && !facets.runningProperty().get());
    window.runAll();
  }

  @Test
  void nothingIsCountedWhileNobodyLooks() {
    workbench.filter().textProperty().set("red");
    workbench.query().apply();
    settle();
    assertThat(counted).isEmpty();
    facets.setShown(true);
    settle();
    assertThat(counted).hasSize(1);
    assertThat(facets.facetsProperty().get()).extracting(Facet::title).containsExactly("Words 1");
    facets.setShown(false);
    facets.setShown(true);
    settle();
    assertThat(counted).as("nothing has changed").hasSize(1);
  }

  @Test
  void everyFilterIsCountedAnewAndTheLastOneIsShown() {
    facets.setShown(true);
    settle();
    workbench.filter().textProperty().set("red");
    workbench.query().apply();
    settle();
    settle();
    assertThat(counted).hasSize(2);
    assertThat(facets.facetsProperty().get()).extracting(Facet::title).containsExactly("Words 1");
  }

  @Test
  void aGroupFiltersAndOnceMoreItDoesNot() {
    facets.setShown(true);
    settle();
    assertThat(facets.chosen(RED)).isFalse();
    facets.toggle(RED);
    settle();
    assertThat(workbench.filter().conditions()).containsExactlyElementsOf(RED.filters());
    assertThat(workbench.query().shownProperty().get().filters()).hasSize(1);
    assertThat(facets.chosen(RED)).isTrue();
    facets.toggle(RED);
    settle();
    assertThat(workbench.filter().isOpen()).isTrue();
  }

  @Test
  void measuringIsOfferedUntilItIsDone() {
    assertThat(facets.measurableProperty().get()).isFalse();
    facets.setShown(true);
    settle();
    assertThat(facets.measurableProperty().get()).isTrue();
    facets.measure();
    settle();
    assertThat(facets.measurableProperty().get()).isFalse();
    assertThat(counted).hasSize(2);
  }

  @Test
  void whyItCannotBeCountedIsSaidAndTriedAgain() {
    trouble = "The shard is damaged";
    facets.setShown(true);
    settle();
    assertThat(facets.problemProperty().get()).isEqualTo("The shard is damaged");
    trouble = "";
    facets.refresh();
    settle();
    assertThat(facets.problemProperty().get()).isEmpty();
    assertThat(facets.facetsProperty().get()).hasSize(1);
  }
}
