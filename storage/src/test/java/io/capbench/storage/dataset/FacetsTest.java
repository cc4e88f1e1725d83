package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
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
        .containsExactly("words:laion_2b", "words:capsfusion", "decision", "image_status", "host");
    assertThat(dataset.measured(mapping())).isFalse();
  }

  @Test
  void imagesAreCountedByWhatIsKnownOfThem() {
    dataset.statuses().note("http://h1/1.jpg", ImageStatus.TIMEOUT, "late");
    dataset.statuses().note("http://h3/3.jpg", ImageStatus.GONE, "404");
    Facet images =
        facets(RowQuery.ALL).stream()
            .filter(facet -> facet.id().equals("image_status"))
            .findFirst()
            .orElseThrow();
    assertThat(images.buckets().stream().filter(bucket -> bucket.count() > 0))
        .extracting(Bucket::label, Bucket::count)
        .containsExactlyInAnyOrder(
            tuple("timeout", 1L), tuple("404", 1L), tuple("none", 1L), tuple("unknown", 799L));
    RowQuery late = new RowQuery(List.of(new RowFilter.ImageIs("timeout")), null);
    try (RowView view = dataset.view(mapping(), late, JobContext.unwatched())) {
      assertThat(view.page(0, 9)).extracting(row -> row.key().row()).containsExactly(1L);
    }
    RowQuery byStatus = new RowQuery(List.of(), new RowOrder.Sql("image_status, laion_2b DESC"));
    try (RowView view = dataset.view(mapping(), byStatus, JobContext.unwatched())) {
      assertThat(view.size()).isEqualTo(802);
      assertThat(view.page(0, 1).get(0).key().row()).isEqualTo(3);
    }
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
            "image_status",
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
  void tagsAndMarkedWordsAreCountedOnceSomebodyNotedAny() {
    String shard = dataset.info().shards().get(0).fingerprint();
    CaptionSpan span = new CaptionSpan("laion_2b", 0, 4, "scene_text", "ann");
    dataset.mirror(
        List.of(
            noted(shard, 3, List.of("It's dark"), List.of(span)),
            noted(shard, 4, List.of("IT'S DARK", "odd"), List.of())));
    List<Facet> facets = facets(RowQuery.ALL);
    assertThat(facets)
        .extracting(Facet::id)
        .containsSubsequence("decision", "tags", "span_types", "image_status");
    assertThat(facets.get(3).buckets())
        .containsExactly(
            new Bucket("it's dark", 2, List.of(new RowFilter.Tagged("it's dark"))),
            new Bucket("odd", 1, List.of(new RowFilter.Tagged("odd"))));
    assertThat(facets.get(4).buckets())
        .containsExactly(new Bucket("scene text", 1, List.of(new RowFilter.SpanOf("scene_text"))));
    RowQuery odd = new RowQuery(facets.get(3).buckets().get(1).filters(), null);
    assertThat(size(odd)).isEqualTo(1);
    assertThat(facets(odd).get(3).buckets()).extracting(Bucket::count).containsExactly(1L, 1L);
  }

  private static Decision noted(
      String shard, long row, List<String> tags, List<CaptionSpan> spans) {
    return new Decision(
        new RowKey(shard, row), null, null, null, null, tags, spans, "ann", Instant.EPOCH);
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
    Facet hosts = facets(RowQuery.ALL).get(4);
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
