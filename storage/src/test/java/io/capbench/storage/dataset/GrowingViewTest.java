package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GrowingViewTest {
  private static final int ROWS = 300_000;
  private static final RowQuery ODD = filter("laion_2b LIKE '%1' OR laion_2b LIKE '%3'");

  @TempDir Path temp;

  private Dataset open() throws Exception {
    Path first = Shards.write(temp.resolve("a.parquet"), Shards.capsFusion(ROWS));
    Path second = Shards.write(temp.resolve("b.parquet"), Shards.capsFusion(1_000));
    return new DatasetOpener(temp.resolve("cache"))
        .open(List.of(first, second), JobContext.unwatched());
  }

  private static RowQuery filter(String sql) {
    return new RowQuery(List.of(new RowFilter.Sql(sql)), null);
  }

  private static RowView view(
      Dataset dataset, RowQuery query, JobContext context, List<RowView> growing) {
    return dataset.view(dataset.info().mapping(), query, context, growing::add);
  }

  @Test
  void firstHitsCanBeReadWhileTheOthersAreSearched() throws Exception {
    try (Dataset dataset = open()) {
      List<RowView> handed = new ArrayList<>();
      List<Long> sizes = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      try (RowView view =
          dataset.view(
              dataset.info().mapping(),
              ODD,
              JobContext.unwatched(),
              growing -> {
                handed.add(growing);
                sizes.add(growing.size());
                growing.page(0, 200).forEach(row -> texts.add(row.caption("laion_2b")));
                assertThat(growing.settled()).isFalse();
              })) {
        assertThat(handed).containsExactly(view);
        assertThat(sizes.get(0)).isBetween(1L, 60_199L);
        assertThat(texts).first().isEqualTo("raw 1");
        assertThat(view.size()).isEqualTo(60_200);
        assertThat(view.page(0, 3))
            .extracting(row -> row.caption("laion_2b"))
            .containsExactly("raw 1", "raw 3", "raw 11");
        assertThat(view.page(60_198, 200))
            .extracting(row -> row.caption("laion_2b"))
            .containsExactly("raw 991", "raw 993");
      }
    }
  }

  @Test
  void anOrderIsHandedOutOnlyAtTheEnd() throws Exception {
    try (Dataset dataset = open()) {
      List<RowView> handed = new ArrayList<>();
      RowQuery query = new RowQuery(ODD.filters(), new RowOrder.Sql("capsfusion"));
      try (RowView view = view(dataset, query, JobContext.unwatched(), handed)) {
        assertThat(view.size()).isEqualTo(60_200);
        assertThat(handed).isEmpty();
      }
    }
  }

  @Test
  void whatMatchesNothingIsNotHandedOut() throws Exception {
    try (Dataset dataset = open()) {
      List<RowView> handed = new ArrayList<>();
      try (RowView view = view(dataset, filter("laion_2b = 'x'"), JobContext.unwatched(), handed)) {
        assertThat(view.size()).isZero();
        assertThat(handed).isEmpty();
      }
    }
  }

  @Test
  void aCancelledSearchLeavesWhatItFoundToWhoeverGotIt() throws Exception {
    try (Dataset dataset = open()) {
      ForegroundContext context = new ForegroundContext(progress -> {});
      List<RowView> handed = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  dataset.view(
                      dataset.info().mapping(),
                      ODD,
                      context,
                      growing -> {
                        handed.add(growing);
                        context.cancel();
                      }))
          .isInstanceOf(CancellationException.class);
      RowView left = handed.get(0);
      long size = left.size();
      assertThat(size).isBetween(1L, 60_199L);
      assertThat(left.settled()).isTrue();
      assertThat(left.page(0, 1).get(0).caption("laion_2b")).isEqualTo("raw 1");
      assertThat(left.page(size - 1, 5)).hasSize(1);
      left.close();
      assertThat(scratch()).isEmpty();
    }
  }

  @Test
  void closingAGrowingViewEndsItsSearch() throws Exception {
    try (Dataset dataset = open()) {
      assertThatThrownBy(
              () ->
                  dataset.view(
                      dataset.info().mapping(), ODD, JobContext.unwatched(), RowView::close))
          .isInstanceOf(CancellationException.class);
      assertThat(scratch()).isEmpty();
    }
  }

  @Test
  void aFailedSearchLeavesNothingOnTheDisk() throws Exception {
    try (Dataset dataset = open()) {
      List<RowView> handed = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  view(
                      dataset,
                      filter("CAST(laion_2b AS INTEGER) = 1"),
                      JobContext.unwatched(),
                      handed))
          .isInstanceOf(CapbenchException.class);
      assertThat(handed).isEmpty();
      assertThat(scratch()).isEmpty();
    }
  }

  @Test
  void closingTheDatasetRemovesTheFilesOfViewsThatAreStillOpen() throws Exception {
    Dataset dataset = open();
    RowView view = view(dataset, ODD, JobContext.unwatched(), new ArrayList<>());
    assertThat(scratch()).isNotEmpty();
    dataset.close();
    assertThat(scratch()).isEmpty();
    view.close();
  }

  private List<Path> scratch() throws Exception {
    try (Stream<Path> files = Files.walk(temp.resolve("cache"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getParent().getFileName().toString().startsWith("scratch-"))
          .toList();
    }
  }
}
