package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.JobState;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowFilterTest {
  @TempDir Path temp;
  private Dataset dataset;

  @BeforeEach
  void openDataset() throws Exception {
    Path first =
        Shards.write(
            temp.resolve("a.parquet"),
            "SELECT * FROM (VALUES ('100% wool', 'a_b', 1), ('100 wool', 'axb', 2), ('it''s', 'ÄPFEL',"
                + " 3), (NULL, NULL, 4)) AS t(laion_2b, laion_coco, verdict)");
    Path second =
        Shards.write(
            temp.resolve("b.parquet"),
            "SELECT 'Red CAR ' || i AS laion_2b, i AS verdict FROM range(6000) AS t(i)");
    dataset = open(first, second);
  }

  @AfterEach
  void closeDataset() {
    dataset.close();
  }

  @Test
  void containsTakesTextAsItIsWhateverItsCase() {
    assertThat(hits(new RowFilter.Contains(null, "100%"))).containsExactly(0L);
    assertThat(hits(new RowFilter.Contains(null, "A_B"))).containsExactly(0L);
    assertThat(hits(new RowFilter.Contains(null, "IT'S"))).containsExactly(2L);
    assertThat(hits(new RowFilter.Contains(null, "äpfel"))).containsExactly(2L);
    assertThat(hits(new RowFilter.Contains(null, "red car 599")))
        .containsExactly(
            603L, 5994L, 5995L, 5996L, 5997L, 5998L, 5999L, 6000L, 6001L, 6002L, 6003L);
    assertThat(hits(new RowFilter.Contains(null, "\\"))).isEmpty();
    assertThat(hits(new RowFilter.Contains(null, "' OR 1=1 --"))).isEmpty();
  }

  @Test
  void sqlSeesColumnsAndAllFiltersMustHold() {
    assertThat(hits(new RowFilter.Sql("verdict <= 2 AND laion_coco IS NOT NULL")))
        .containsExactly(0L, 1L);
    assertThat(
            hits(
                new RowFilter.Sql("verdict = 2 OR verdict = 1"),
                new RowFilter.Contains(null, "wool")))
        .containsExactly(0L, 1L);
    assertThat(hits(new RowFilter.Sql("laion_2b LIKE '%car%' OR true -- comment"))).hasSize(6_004);
    assertThat(hits(new RowFilter.Sql("coalesce(laion_2b, '') = ''"))).containsExactly(3L);
  }

  @Test
  void matchesKeepTheOrderOfTheShards() {
    assertThat(hits(new RowFilter.Sql("verdict % 3 = 0"))).isSorted().hasSize(2_001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true); DROP TABLE decisions; SELECT (true",
        "true; DROP TABLE decisions",
        "true) OR (true",
        "true, false",
        "true, false) OR coalesce(true",
        "true) FROM range(3) WHERE (true",
        "true) UNION SELECT (true",
        "true) ORDER BY (1",
        "true) LIMIT (1",
        "",
        "-- nothing",
        "SELECT 1",
        "laion_2b =",
        "(SELECT count(*) FROM read_text('/etc/passwd')) > 0",
        "EXISTS (FROM read_csv('/etc/passwd'))",
        "verdict IN (SELECT 1)",
        "[x FOR x IN (FROM glob('/*'))] IS NULL",
        "verdict = ?",
        "verdict = $x",
        "(laion_2b",
      })
  void whatIsNotOneConditionIsRefusedAndNotRun(String expression) {
    assertThatThrownBy(() -> hits(new RowFilter.Sql(expression)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("filter");
    assertThat(hits(new RowFilter.Decided(null))).hasSize(6_004);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 LIMIT 1",
        "1; DROP TABLE decisions",
        "",
        "laion_2b DESC DESC",
        "1) UNION (SELECT 1",
        "(SELECT content FROM read_text('/etc/passwd'))",
        "array(SELECT 1)",
        "length(?)",
      })
  void whatIsNotAnOrderIsRefused(String order) {
    assertThatThrownBy(() -> view(new RowQuery(List.of(), new RowOrder.Sql(order))))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("order");
  }

  @Test
  void anUnknownColumnIsNamedWithThoseThatExist() {
    assertThatThrownBy(() -> hits(new RowFilter.Sql("laion_2 = 'x'")))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("laion_2\"")
        .hasMessageContaining("The columns are laion_2b, laion_coco, verdict")
        .hasMessageNotContaining("LINE")
        .hasMessageNotContaining("read_parquet");
    assertThatThrownBy(() -> hits(new RowFilter.Sql("laion_2b")))
        .isInstanceOf(CapbenchException.class);
    assertThatThrownBy(() -> view(new RowQuery(List.of(), new RowOrder.Sql("length(laion_3)"))))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("laion_3");
  }

  @Test
  void decisionsAreSeenByFiltersAndOrders() {
    String a = dataset.info().shards().get(0).fingerprint();
    String b = dataset.info().shards().get(1).fingerprint();
    Instant at = Instant.parse("2026-01-02T03:04:05.678Z");
    dataset.mirror(
        List.of(
            new Decision(new RowKey(a, 1), Verdict.ACCEPTED, "laion_coco", null, null, "ann", at),
            new Decision(new RowKey(b, 0), Verdict.REJECTED, null, "laion_2b", "mine", "bob", at),
            new Decision(new RowKey(b, 5_000), null, null, "laion_2b", "", "bob", at),
            new Decision(
                new RowKey("f".repeat(64), 0), Verdict.ACCEPTED, null, null, null, "x", at)));
    assertThat(hits(new RowFilter.Decided(Verdict.ACCEPTED))).containsExactly(1L);
    assertThat(hits(new RowFilter.Decided(Verdict.REJECTED))).containsExactly(4L);
    assertThat(hits(new RowFilter.Decided(Verdict.SKIPPED))).isEmpty();
    assertThat(hits(new RowFilter.Decided(null))).hasSize(6_002);
    assertThat(hits(new RowFilter.Edited())).containsExactly(4L, 5_004L);
    assertThat(hits(new RowFilter.Sql("decision.preferred = 'laion_coco'"))).containsExactly(1L);
    assertThat(hits(new RowFilter.Sql("decision.annotator = 'bob' AND verdict = 0")))
        .containsExactly(4L);
    assertThat(hits(new RowFilter.Sql("decision.at >= '2026-01-02 03:04:05.678'"))).hasSize(3);
    assertThat(hits(new RowFilter.Sql("NOT decision.edited"))).containsExactly(1L);
    try (RowView view =
        view(new RowQuery(List.of(), new RowOrder.Sql("decision.verdict NULLS LAST")))) {
      assertThat(view.page(0, 1).get(0).key()).isEqualTo(new RowKey(a, 1));
      assertThat(view.size()).isEqualTo(6_004);
    }
  }

  @Test
  void mirroringReplacesWhatWasThereAndLeavesViewsAlone() {
    String a = dataset.info().shards().get(0).fingerprint();
    dataset.mirror(List.of(decision(new RowKey(a, 0))));
    try (RowView accepted = view(query(new RowFilter.Decided(Verdict.ACCEPTED)))) {
      dataset.mirror(List.of(decision(new RowKey(a, 2)), decision(new RowKey(a, 3))));
      assertThat(accepted.page(0, 10)).extracting(row -> row.key().row()).containsExactly(0L);
    }
    assertThat(hits(new RowFilter.Decided(Verdict.ACCEPTED))).containsExactly(2L, 3L);
    dataset.mirror(List.of());
    assertThat(hits(new RowFilter.Decided(Verdict.ACCEPTED))).isEmpty();
  }

  @Test
  void aColumnCalledDecisionDoesNotHideTheDecisions() throws Exception {
    Path file =
        Shards.write(temp.resolve("d.parquet"), "SELECT 'x' AS text, 'mine' AS \"Decision\"");
    try (Dataset other = open(file)) {
      RowQuery query = query(new RowFilter.Decided(null));
      try (RowView view = other.view(other.info().mapping(), query, JobContext.unwatched())) {
        assertThat(view.page(0, 5)).hasSize(1);
      }
    }
  }

  @Test
  void columnsMayBeCalledLikeWhatDecisionsAreJoinedBy() throws Exception {
    Path file =
        Shards.write(
            temp.resolve("d.parquet"),
            "SELECT 'x' AS text, 1 AS hit_shard, 2 AS \"HIT__row\", 3 AS decided_shard, 4 AS"
                + " decided_row, 5 AS shard");
    try (Dataset other = open(file)) {
      RowQuery query = query(new RowFilter.Decided(null), new RowFilter.Sql("hit_shard = 1"));
      try (RowView view = other.view(other.info().mapping(), query, JobContext.unwatched())) {
        assertThat(view.page(0, 5)).hasSize(1);
      }
    }
  }

  @Test
  void aQueryWithoutMatchesIsAnEmptyView() {
    try (RowView view = view(query(new RowFilter.Sql("verdict < 0")))) {
      assertThat(view.size()).isZero();
      assertThat(view.page(0, 10)).isEmpty();
    }
  }

  @Test
  void aCancelledContextStartsNothing() {
    ForegroundContext context = new ForegroundContext(progress -> {});
    context.cancel();
    assertThatThrownBy(
            () ->
                dataset.view(
                    dataset.info().mapping(), query(new RowFilter.Contains(null, "car")), context))
        .isInstanceOf(CancellationException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLongFilterEndsCancelledAndTheDatasetLivesOn(boolean underWay) throws Exception {
    Path file =
        Shards.write(
            temp.resolve("many.parquet"), "SELECT 'row ' || i AS text FROM range(3000000) AS t(i)");
    CountDownLatch begun = new CountDownLatch(1);
    try (Dataset many = open(file);
        JobRunner runner = new JobRunner()) {
      JobHandle<RowView> handle = runner.submit(new SlowFilter(many, begun, underWay));
      if (underWay) {
        handle.addListener(
            () -> {
              if (handle.progress().total() == 3_000_000) {
                begun.countDown();
              }
            });
      }
      begun.await();
      handle.cancel();
      assertThatThrownBy(() -> handle.future().get()).isInstanceOf(CancellationException.class);
      assertThat(handle.state()).isEqualTo(JobState.CANCELLED);
      try (RowView view = many.view(many.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
        assertThat(view.page(2_999_999, 1)).hasSize(1);
      }
    }
  }

  /** Takes far longer than anybody waits, so that it cannot be over before it is cancelled. */
  private record SlowFilter(Dataset dataset, CountDownLatch begun, boolean underWay)
      implements Job<RowView> {
    @Override
    public String title() {
      return "Filtering";
    }

    @Override
    public RowView run(JobContext context) {
      if (!underWay) {
        begun.countDown();
      }
      String slow = "len(list_filter(range(1000), lambda n: md5(text) < md5(n::VARCHAR))) > 5000";
      return dataset.view(dataset.info().mapping(), query(new RowFilter.Sql(slow)), context);
    }
  }

  @Test
  void aShardThatBreaksWhileFilteringIsAnErrorForPeople() throws Exception {
    Files.delete(temp.resolve("b.parquet"));
    assertThatThrownBy(() -> hits(new RowFilter.Contains(null, "car")))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("b.parquet");
  }

  private static Decision decision(RowKey key) {
    return new Decision(key, Verdict.ACCEPTED, null, null, null, "ann", Instant.EPOCH);
  }

  private static RowQuery query(RowFilter... filters) {
    return new RowQuery(List.of(filters), null);
  }

  private RowView view(RowQuery query) {
    return dataset.view(dataset.info().mapping(), query, JobContext.unwatched());
  }

  /** Places of the matching rows in the whole dataset: the first shard has four rows. */
  private List<Long> hits(RowFilter... filters) {
    try (RowView view = view(query(filters))) {
      return view.page(0, 10_000).stream()
          .map(row -> row.key().row() + (row.shard().equals("a.parquet") ? 0 : 4))
          .toList();
    }
  }

  private Dataset open(Path... paths) {
    return new DatasetOpener(temp.resolve("cache")).open(List.of(paths), JobContext.unwatched());
  }
}
