package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ContentDigest;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Score;
import io.capbench.storage.workspace.ScoreColumns;
import io.capbench.storage.workspace.ScoredModel;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What conditions and orders say of scores, over two shards with a column called similarity. */
final class SimilarityQueryTest {
  private static final ColumnMapping MAPPING =
      new ColumnMapping(
          List.of(
              new CaptionTrack("alt", TrackRole.RAW, "raw text"),
              new CaptionTrack("blip", TrackRole.SYNTHETIC, "blip")),
          "url",
          ImageKind.URL);
  private static final ScoreColumns ALT = new ScoreColumns("raw text", "url");
  private static final ScoreColumns BLIP = new ScoreColumns("blip", "url");

  @TempDir Path temp;
  private Workspace workspace;
  private Dataset dataset;
  private ScoredModel model;

  @BeforeEach
  void openDataset() throws Exception {
    Path first = write("a", 0);
    Path second = write("b", 3);
    dataset =
        new DatasetOpener(temp.resolve("cache"), false, new LengthMeasure("length-1"))
            .open(List.of(first, second), JobContext.unwatched());
    workspace = Workspace.open(temp.resolve("w.capbench"));
    dataset.scores(workspace.scores());
    model = workspace.scores().use("c0".repeat(32), "small");
  }

  private Path write(String name, int from) throws Exception {
    return Shards.write(
        temp.resolve(name + ".parquet"),
        """
        SELECT 'text ' || i AS "raw text", 'seen ' || i AS blip, 'http://h/' || i AS url,
          i / 100.0 AS similarity FROM range(%d, %d) AS r(i)\
        """
            .formatted(from, from + 3));
  }

  @AfterEach
  void closeDataset() {
    dataset.close();
    workspace.close();
  }

  /** Rows 0 to 2 are in the first shard, 3 to 5 in the second. */
  private RowKey key(int row) {
    return new RowKey(dataset.info().shards().get(row / 3).fingerprint(), row % 3);
  }

  private void score(ScoredModel by, ScoreColumns columns, int row, double similarity) {
    String text = ContentDigest.of("text " + row);
    workspace.scores().put(by, columns, List.of(new Score(key(row), text, text, similarity, null)));
  }

  private List<Integer> rows(RowFilter filter, RowOrder order) {
    List<RowFilter> filters = filter == null ? List.of() : List.of(filter);
    RowQuery query = new RowQuery(filters, order);
    try (RowView view = dataset.view(MAPPING, query, JobContext.unwatched())) {
      return view.page(0, 100).stream().map(this::number).toList();
    }
  }

  private int number(CaptionRow row) {
    return Integer.parseInt(String.valueOf(row.caption("alt")).substring(5));
  }

  @Test
  void rowsAreFoundByHowAlikeCaptionAndImageAre() {
    score(model, ALT, 0, 0.1);
    score(model, ALT, 2, 0.3);
    score(model, ALT, 4, 0.2);
    String text = ContentDigest.of("text 5");
    workspace
        .scores()
        .put(model, ALT, List.of(new Score(key(5), text, null, null, "The image is damaged")));
    assertThat(rows(new RowFilter.Similarity("alt", Comparison.AT_LEAST, 0.2), null))
        .containsExactly(2, 4);
    assertThat(rows(new RowFilter.Sql("similarity.alt * 2 < 0.5"), null)).containsExactly(0, 4);
    assertThat(rows(new RowFilter.Sql("similarity.ALT IS NULL"), null)).containsExactly(1, 3, 5);
    assertThat(
            rows(
                new RowFilter.Not(new RowFilter.Similarity("alt", Comparison.AT_LEAST, 0.2)), null))
        .containsExactly(0, 1, 3, 5);
  }

  @Test
  void rowsWithoutAScoreComeLastInBothDirections() {
    score(model, ALT, 0, 0.1);
    score(model, ALT, 2, 0.3);
    score(model, ALT, 4, 0.2);
    assertThat(rows(null, new RowOrder.BySimilarity("alt", true)))
        .containsExactly(2, 4, 0, 1, 3, 5);
    assertThat(rows(null, new RowOrder.BySimilarity("alt", false)))
        .containsExactly(0, 4, 2, 1, 3, 5);
    assertThat(rows(null, new RowOrder.Sql("-similarity.alt, blip DESC")))
        .containsExactly(2, 4, 0, 5, 3, 1);
  }

  @Test
  void scoresThatComeLaterAreSeenByTheNextQuery() {
    score(model, ALT, 0, 0.1);
    RowFilter any = new RowFilter.Sql("similarity.alt IS NOT NULL");
    assertThat(rows(any, null)).containsExactly(0);
    score(model, ALT, 5, 0.1);
    assertThat(rows(any, null)).containsExactly(0, 5);
    try (Workspace other = Workspace.open(workspace.file())) {
      other.scores().put(model, ALT, List.of(new Score(key(1), "00".repeat(16), null, 0.5, null)));
    }
    assertThat(rows(any, null)).containsExactly(0, 1, 5);
    score(model, ALT, 1, -0.5);
    assertThat(rows(new RowFilter.Similarity("alt", Comparison.LESS, 0), null)).containsExactly(1);
  }

  @Test
  void aTracksNameMeansTheModelThatScoredLastAndLabelsMeanAnyModel() {
    score(model, ALT, 0, 0.1);
    score(model, BLIP, 0, 0.7);
    ScoredModel large = workspace.scores().use("d0".repeat(32), "large");
    assertThat(dataset.similarities(MAPPING))
        .as("nothing was scored with the large one yet")
        .containsExactly("alt", "blip", "small:blip", "small:alt");
    score(large, ALT, 1, 0.1);
    assertThat(dataset.similarities(MAPPING))
        .containsExactly("alt", "large:alt", "small:blip", "small:alt");
    RowFilter alt = new RowFilter.Similarity("alt", Comparison.EQUAL, 0.1);
    assertThat(rows(alt, null)).containsExactly(1);
    assertThat(rows(new RowFilter.Similarity("Small:alt", Comparison.EQUAL, 0.1), null))
        .containsExactly(0);
    assertThat(
            rows(
                new RowFilter.Sql(
                    "similarity.\"small:blip\" > 0.6 OR similarity.\"large:alt\" = 0.1"),
                null))
        .containsExactly(0, 1);
    assertThatThrownBy(() -> rows(new RowFilter.Similarity("blip", Comparison.EQUAL, 0.7), null))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll("blip", "alt, large:alt, small:blip", "capbench score");
  }

  @Test
  void aColumnCalledSimilarityStaysReadable() {
    score(model, ALT, 4, 0.2);
    RowFilter column = new RowFilter.Value("similarity", Comparison.AT_LEAST, 0.03);
    assertThat(rows(column, null)).containsExactly(3, 4, 5);
    assertThat(rows(new RowFilter.Sql("similarity < similarity.alt"), null)).containsExactly(4);
    assertThat(rows(column, new RowOrder.BySimilarity("alt", true))).containsExactly(4, 3, 5);
    assertThat(rows(column, new RowOrder.ByColumn("similarity", true))).containsExactly(5, 4, 3);
  }

  @Test
  void whereNothingWasScoredTheRemedyIsNamed() {
    RowFilter filter = new RowFilter.Similarity("alt", Comparison.LESS, 0);
    assertThatThrownBy(() -> rows(filter, null))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll("No row was scored", "capbench score");
    assertThat(dataset.similarities(MAPPING)).isEmpty();
  }

  @Test
  void anotherColumnUnderTheSameTrackHasNoScoresOfTheFirst() {
    score(model, ALT, 0, 0.1);
    ColumnMapping other =
        new ColumnMapping(
            List.of(new CaptionTrack("alt", TrackRole.RAW, "blip")), "url", ImageKind.URL);
    assertThat(dataset.similarities(other)).isEmpty();
  }

  @Test
  void similaritiesFallIntoGroups() {
    score(model, ALT, 0, -0.1);
    score(model, ALT, 1, 0.2);
    score(model, ALT, 2, 0.24);
    score(model, ALT, 4, 0.9);
    List<Facet> facets = dataset.facets(MAPPING, RowQuery.ALL, JobContext.unwatched());
    Facet facet =
        facets.stream().filter(one -> one.id().equals("similarity:alt")).findFirst().orElseThrow();
    assertThat(facet.buckets()).hasSize(12);
    assertThat(facet.buckets().stream().filter(bucket -> bucket.count() > 0))
        .extracting(Bucket::label)
        .containsExactly("below 0", "0.2–0.25", "0.5+");
    for (Bucket bucket : facet.buckets()) {
      RowQuery query = new RowQuery(bucket.filters(), null);
      try (RowView view = dataset.view(MAPPING, query, JobContext.unwatched())) {
        assertThat(view.size()).as(bucket.label()).isEqualTo(bucket.count());
      }
    }
    assertThat(facets).extracting(Facet::id).doesNotContain("similarity:blip");
  }
}
