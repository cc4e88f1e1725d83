package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.QueryText;
import io.capbench.storage.query.RandomQueries;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What conditions and orders mean, when they are run. */
final class QueryMeaningTest {
  private static final ColumnMapping MAPPING =
      new ColumnMapping(
          List.of(
              new CaptionTrack("alt", TrackRole.RAW, "raw text"),
              new CaptionTrack("fused", TrackRole.FUSED, "select"),
              new CaptionTrack("number", TrackRole.OTHER, "flags")),
          null,
          ImageKind.NONE);

  @TempDir Path temp;
  private Dataset dataset;

  @BeforeEach
  void openDataset() throws Exception {
    Path file =
        Shards.write(
            temp.resolve("a.parquet"),
            """
            SELECT * FROM (VALUES
              ('a Bus stops', '100% wool', 10, 0.5),
              ('two  words', NULL, 20, NULL),
              (NULL, '   ', 3, 0.25),
              ('it''s \\ ÄPFEL', 'a' || chr(9) || 'b c', NULL, 0.3),
              ('', 'x' || chr(0) || '_y', 4, 0.75))
              AS t("raw text", "select", "flags", score)\
            """);
    dataset =
        new DatasetOpener(temp.resolve("cache"), false, new LengthMeasure("length-1"))
            .open(List.of(file), JobContext.unwatched());
    RowKey second = new RowKey(dataset.info().shards().get(0).fingerprint(), 1);
    dataset.mirror(
        List.of(new Decision(second, Verdict.ACCEPTED, null, null, "mine", "an'n", Instant.EPOCH)));
  }

  @AfterEach
  void closeDataset() {
    dataset.close();
  }

  @Test
  void captionsAreSearchedByTrack() {
    assertHits(new RowFilter.Contains("alt", "bus"), 0);
    assertHits(new RowFilter.Contains("fused", "bus"));
    assertHits(new RowFilter.Contains("alt", "äpfel"), 3);
    assertHits(new RowFilter.Contains("alt", "IT'S \\"), 3);
    assertHits(new RowFilter.Contains("fused", "0% W"), 0);
    assertHits(new RowFilter.Contains("fused", "%"), 0);
    assertHits(new RowFilter.Contains("fused", "\0_Y"), 4);
    assertHits(new RowFilter.Contains("number", "0"), 0, 1);
    assertHits(new RowFilter.Contains(null, "o"), 0, 1);
    assertHits(new RowFilter.Contains("alt", ""), 0, 1, 3, 4);
    assertHits(new RowFilter.Matches("alt", "(?i)^A bus|words$"), 0, 1);
    assertHits(new RowFilter.Equal("fused", "100% wool"), 0);
    assertHits(new RowFilter.Equal("fused", "x\0_y"), 4);
    assertHits(new RowFilter.Missing("alt"), 2, 4);
    assertHits(new RowFilter.Missing("fused"), 1, 2);
  }

  @Test
  void wordsAreRunsWithoutWhiteSpace() {
    assertHits(new RowFilter.Words("alt", Comparison.EQUAL, 2), 1);
    assertHits(new RowFilter.Words("alt", Comparison.AT_LEAST, 3), 0, 3);
    assertHits(new RowFilter.Words("alt", Comparison.EQUAL, 0), 4);
    assertHits(new RowFilter.Words("fused", Comparison.EQUAL, 3), 3);
    assertHits(new RowFilter.Words("fused", Comparison.LESS, 1), 2);
    assertHits(new RowFilter.Sql("words(\"raw text\") + 1 = 3"), 1);
    assertHits(
        new RowFilter.Sql("words('') = 0 AND words(' \n ') = 0 AND words(NULL) IS NULL"),
        0,
        1,
        2,
        3,
        4);
  }

  @Test
  void numbersAndMeasuresAreCompared() {
    assertHits(new RowFilter.Value("score", Comparison.AT_LEAST, 0.3), 0, 3, 4);
    assertHits(new RowFilter.Value("flags", Comparison.LESS, 5), 2, 4);
    assertHits(new RowFilter.Share("neither", Comparison.EQUAL, 0.9), 0);
    assertHits(new RowFilter.Share("raw", Comparison.AT_LEAST, 0), 0, 3, 4);
    assertHits(new RowFilter.Flagged("empty"), 1, 2);
    assertHits(new RowFilter.Flagged("odd flag"), 0);
    assertHits(new RowFilter.Sql("flags.empty OR provenance.neither = 0.9"), 0, 1, 2);
  }

  @Test
  void aColumnCalledLikeWhatCapbenchAddsStaysReadable() {
    assertHits(new RowFilter.Sql("flags = 20 AND flags.empty"), 1);
    assertHits(new RowFilter.Sql("\"flags\" = 20 AND decision.edited"), 1);
    RowQuery both =
        new RowQuery(
            List.of(new RowFilter.Contains("number", "0"), new RowFilter.Flagged("empty")),
            new RowOrder.ByColumn("flags", true));
    assertThat(rows(both)).containsExactly(1L);
  }

  @Test
  void decisionsAreConditions() {
    assertHits(new RowFilter.Decided(Verdict.ACCEPTED), 1);
    assertHits(new RowFilter.DecidedBy("an'n"), 1);
    assertHits(new RowFilter.DecidedBy("ann"));
    assertHits(new RowFilter.Edited(), 1);
  }

  @Test
  void tagsAndSpansAreConditionsAndDecideNothing() {
    String shard = dataset.info().shards().get(0).fingerprint();
    List<CaptionSpan> spans =
        List.of(
            new CaptionSpan("alt", 0, 1, "object", "bo"),
            new CaptionSpan("fused", 0, 1, "object", "bo"),
            new CaptionSpan("fused", 0, 4, "count", "bo"));
    dataset.mirror(
        List.of(
            noted(new RowKey(shard, 0), null, List.of("GRÖSSE", "it's"), List.of()),
            noted(new RowKey(shard, 1), null, List.of(), spans),
            noted(new RowKey(shard, 2), Verdict.REJECTED, List.of("größe", "b"), spans)));

    assertHits(new RowFilter.Tagged("grösse"), 0);
    assertHits(new RowFilter.Tagged("Größe"), 2);
    assertHits(new RowFilter.Tagged("it's"), 0);
    assertHits(new RowFilter.Tagged("b' OR 'b"));
    assertHits(new RowFilter.SpanOf("object"), 1, 2);
    assertHits(new RowFilter.SpanOf("action"));
    assertHits(new RowFilter.Not(new RowFilter.SpanOf("count")), 0, 3, 4);
    assertHits(new RowFilter.Sql("len(decision.tags) = 2 AND decision.verdict IS NULL"), 0);
    assertHits(new RowFilter.Sql("len(decision.span_types) = 2"), 1, 2);
    assertHits(new RowFilter.Decided(null), 0, 1, 3, 4);
    assertHits(new RowFilter.DecidedBy("ann"), 2);
    assertOrder(new RowOrder.ByDecision(false), 2, 0, 1, 3, 4);
  }

  private static Decision noted(
      RowKey key, Verdict verdict, List<String> tags, List<CaptionSpan> spans) {
    return new Decision(key, verdict, null, null, null, tags, spans, "ann", Instant.EPOCH);
  }

  @Test
  void notHoldsWhereNothingIsKnown() {
    assertHits(new RowFilter.Not(new RowFilter.Edited()), 0, 2, 3, 4);
    assertHits(new RowFilter.Not(new RowFilter.Contains("alt", "bus")), 1, 2, 3, 4);
    assertHits(new RowFilter.Not(new RowFilter.Value("score", Comparison.MORE, 0.3)), 1, 2, 3);
    assertHits(new RowFilter.Not(new RowFilter.Not(new RowFilter.Edited())), 1);
    assertHits(new RowFilter.Not(new RowFilter.Sql("score > 0.3 -- why")), 1, 2, 3);
    assertThatThrownBy(() -> rows(query(new RowFilter.Not(new RowFilter.Sql("true) OR (true")))))
        .isInstanceOf(CapbenchException.class);
  }

  @Test
  void ordersPutRowsWithoutAValueLast() {
    assertOrder(new RowOrder.ByColumn("score", false), 2, 3, 0, 4, 1);
    assertOrder(new RowOrder.ByColumn("score", true), 4, 0, 3, 2, 1);
    assertOrder(new RowOrder.ByLength("alt", true), 3, 0, 1, 4, 2);
    assertOrder(new RowOrder.ByWords("fused", true), 3, 0, 4, 2, 1);
    assertOrder(new RowOrder.ByShare("raw", false), 4, 0, 3, 1, 2);
    assertOrder(new RowOrder.ByDecision(true), 1, 0, 2, 3, 4);
    assertOrder(new RowOrder.Sql("words(\"select\") DESC, score -- why"), 3, 0, 4, 2, 1);
  }

  @Test
  void aShuffleIsAnOrderOfItsOwnForEverySeed() {
    List<Long> first = rows(new RowQuery(List.of(), new RowOrder.Shuffled(1)));
    assertThat(first).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
    assertThat(rows(new RowQuery(List.of(), new RowOrder.Sql("shuffled(1)")))).isEqualTo(first);
    assertThat(List.of(2, 3, 4, 5, 6))
        .anySatisfy(
            seed ->
                assertThat(rows(new RowQuery(List.of(), new RowOrder.Shuffled(seed))))
                    .isNotEqualTo(first));
    RowQuery measured =
        new RowQuery(
            List.of(new RowFilter.Sql("flags.empty IS NOT NULL")), new RowOrder.Shuffled(1));
    assertThat(rows(measured)).isEqualTo(first);
  }

  @Test
  void aTrackThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> rows(query(new RowFilter.Missing("blip"))))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("blip")
        .hasMessageContaining("alt, fused, number");
    assertThatThrownBy(() -> rows(new RowQuery(List.of(), new RowOrder.ByWords("blip", true))))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("order");
  }

  /** Whatever a text holds, it stays a text: SQL that it would end or change does not run. */
  @Test
  void anyTypedQueryRunsAndMeansWhatItsTextMeans() {
    RandomQueries random = new RandomQueries(5);
    for (int i = 0; i < 40; i++) {
      String text = random.text();
      for (RowFilter filter :
          List.of(
              new RowFilter.Contains("alt", text),
              new RowFilter.Contains(null, text),
              new RowFilter.Equal("fused", text),
              new RowFilter.DecidedBy(text),
              new RowFilter.Not(new RowFilter.Contains("fused", text)))) {
        List<RowFilter> free =
            List.of(new RowFilter.Sql(new QueryText(MAPPING).write(List.of(filter))));
        if (!text.contains("\0") && !filter.equals(new RowFilter.Contains(null, text))) {
          assertThat(rows(new RowQuery(free, null))).isEqualTo(rows(query(filter)));
        } else {
          assertThat(rows(query(filter))).isNotNull();
        }
      }
      assertHits(new RowFilter.Contains("alt", "bus" + text + "bus"));
    }
  }

  private static RowQuery query(RowFilter filter) {
    return new RowQuery(List.of(filter), null);
  }

  private void assertHits(RowFilter filter, long... expected) {
    assertThat(rows(query(filter)).stream().mapToLong(Long::longValue).toArray())
        .as("%s", filter)
        .containsExactly(expected);
  }

  private void assertOrder(RowOrder order, long... expected) {
    assertThat(rows(new RowQuery(List.of(), order)).stream().mapToLong(Long::longValue).toArray())
        .as("%s", order)
        .containsExactly(expected);
  }

  private List<Long> rows(RowQuery query) {
    try (RowView view = dataset.view(MAPPING, query, JobContext.unwatched())) {
      return view.page(0, 100).stream().map(CaptionRow::key).map(RowKey::row).toList();
    }
  }
}
