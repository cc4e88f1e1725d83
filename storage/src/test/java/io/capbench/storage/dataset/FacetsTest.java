package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FacetsTest {
  @TempDir Path temp;
  private Dataset dataset;

  @BeforeEach
  void openDataset() throws Exception {
    Path file =
        Shards.write(
            temp.resolve("a.parquet"),
            """
            SELECT 'http://' || CASE WHEN i % 2 = 0 THEN 'It''s.example' ELSE 'h' || (i % 40) END
                || '/' || i || '.jpg' AS image_url,
              repeat('word ', i % 70) AS laion_2b,
              CASE WHEN i % 5 > 0 THEN repeat('y', i % 11) END AS capsfusion
            FROM range(800) AS t(i)
            UNION ALL SELECT NULL, NULL, NULL UNION ALL SELECT 'no address', ' ', ' '\
            """);
    dataset =
        new DatasetOpener(temp.resolve("cache"), false, new LengthMeasure("length-1"))
            .open(List.of(file), JobContext.unwatched());
    String shard = dataset.info().shards().get(0).fingerprint();
    dataset.mirror(
        List.of(
            new Decision(
                new RowKey(shard, 3), Verdict.ACCEPTED, null, null, "mine", "ann", Instant.EPOCH),
            new Decision(
                new RowKey(shard, 4), Verdict.REJECTED, null, null, null, "ann", Instant.EPOCH)));
  }

  @AfterEach
  void closeDataset() {
    dataset.close();
  }

  @Test
  void whatIsCheapIsCountedAndNothingIsMeasuredForIt() {
    assertThat(facets(RowQuery.ALL))
        .extracting(Facet::id)
        .containsExactly("words:laion_2b", "words:capsfusion", "decision", "host");
    assertThat(dataset.measured(mapping())).isFalse();
  }

  @Test
  void whatIsMeasuredIsCountedToo() {
    dataset.measure(mapping(), JobContext.unwatched());
    assertThat(facets(RowQuery.ALL))
        .extracting(Facet::id)
        .containsExactly(
            "words:laion_2b",
            "words:capsfusion",
            "share:raw",
            "share:synthetic",
            "share:both",
            "share:neither",
            "flags",
            "decision",
            "host");
  }

  @Test
  void aClickOnAGroupGivesAsManyRowsAsItSays() {
    dataset.measure(mapping(), JobContext.unwatched());
    for (RowQuery query :
        List.of(
            RowQuery.ALL,
            new RowQuery(List.of(new RowFilter.Contains("laion_2b", "word")), null),
            new RowQuery(List.of(new RowFilter.Flagged("empty")), null))) {
      for (Facet facet : facets(query)) {
        assertThat(facet.sampled()).isFalse();
        assertThat(facet.rows()).isEqualTo(size(query));
        for (Bucket bucket : facet.buckets()) {
          List<RowFilter> filters = new ArrayList<>(query.filters());
          filters.addAll(bucket.filters());
          assertThat(size(new RowQuery(filters, null)))
              .as("%s %s", facet.id(), bucket)
              .isEqualTo(bucket.count());
        }
      }
    }
  }

  @Test
  void wordsFallIntoGroupsThatLeaveNoRowOut() {
    for (Facet facet : facets(RowQuery.ALL).subList(0, 3)) {
      if (!facet.id().equals("decision")) {
        assertThat(facet.buckets().stream().mapToLong(Bucket::count).sum()).isEqualTo(802);
      }
    }
    assertThat(facets(RowQuery.ALL).get(0).buckets())
        .extracting(Bucket::label)
        .startsWith("none", "1–4", "5–9")
        .endsWith("200+");
  }

  @Test
  void hostsAreCountedWithoutCaseAndTheRareOnesTogether() {
    Facet hosts = facets(RowQuery.ALL).get(3);
    assertThat(hosts.buckets()).hasSize(13);
    assertThat(hosts.buckets().get(0).label()).isEqualTo("it's.example");
    assertThat(hosts.buckets().get(0).count()).isEqualTo(400);
    assertThat(hosts.buckets().get(12).label()).isEqualTo("others");
    assertThat(hosts.buckets().get(12).count()).isEqualTo(400 - 11 * 20);
  }

  @Test
  void aCancelledCountStops() {
    ForegroundContext context = new ForegroundContext(progress -> {});
    context.cancel();
    assertThatThrownBy(() -> dataset.facets(mapping(), RowQuery.ALL, context))
        .isInstanceOf(CancellationException.class);
  }

  private ColumnMapping mapping() {
    return dataset.info().mapping();
  }

  private List<Facet> facets(RowQuery query) {
    return dataset.facets(mapping(), query, JobContext.unwatched());
  }

  private long size(RowQuery query) {
    try (RowView view = dataset.view(mapping(), query, JobContext.unwatched())) {
      return view.size();
    }
  }
}
