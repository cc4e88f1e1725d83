package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.QueryText;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.FusedCaptions;
import io.capbench.storage.workspace.FuserIdentity;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionColumns;
import io.capbench.storage.workspace.FusionSeries;
import io.capbench.storage.workspace.KnownFuser;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models made of captions as a track of the dataset, over two shards. */
final class FusedTrackTest {
  private static final String TRACK = "fused (small, bf16)";
  private static final FusionColumns PARENTS = new FusionColumns("alt", "blip");
  private static final ColumnMapping MAPPING =
      new ColumnMapping(
          List.of(
              new CaptionTrack("alt", TrackRole.RAW, "alt"),
              new CaptionTrack("blip", TrackRole.SYNTHETIC, "blip")),
          null,
          ImageKind.NONE);

  @TempDir Path temp;
  private final LengthMeasure measure = new LengthMeasure("length-1");
  private Workspace workspace;
  private FusedCaptions fusions;
  private Dataset dataset;
  private KnownFuser fuser;

  @BeforeEach
  void openDataset() throws Exception {
    workspace = Workspace.open(temp.resolve("w.capbench"));
    fusions = workspace.fusions();
    fuser = fusions.use(identity("beams=3"), "small");
    dataset = open("alt");
  }

  private Dataset open(String third) throws Exception {
    Path first = write("a", 0, third);
    Path second = write("b", 3, third);
    Dataset opened =
        new DatasetOpener(temp.resolve("cache"), false, measure)
            .open(List.of(first, second), JobContext.unwatched());
    opened.fused().use(fusions);
    return opened;
  }

  private static FuserIdentity identity(String decoding) {
    return new FuserIdentity("c0".repeat(32), "d0".repeat(32), "bf16", decoding);
  }

  private Path write(String name, int from, String third) throws Exception {
    return Shards.write(
        temp.resolve(name + third.hashCode() + ".parquet"),
        """
        SELECT 'raw ' || i AS alt, 'seen ' || i AS blip, 'official ' || i AS "%s" \
        FROM range(%d, %d) AS r(i)\
        """
            .formatted(third.equals("alt") ? "capsfusion" : third, from, from + 3));
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

  private void fuse(int row, String text, String... flags) {
    fuse(fuser, PARENTS, row, text, flags);
  }

  private void fuse(KnownFuser by, FusionColumns columns, int row, String text, String... flags) {
    Fusion fusion = new Fusion(key(row), "ab".repeat(16), text, -1.0, "eos", List.of(flags), null);
    fusions.put(by, columns, List.of(fusion));
  }

  private void fail(int row, String reason) {
    fusions.put(fuser, PARENTS, List.of(Fusion.failed(key(row), "ab".repeat(16), reason)));
  }

  private ColumnMapping mapping() {
    return dataset.fused().addTo(MAPPING);
  }

  private List<Integer> rows(RowFilter filter, RowOrder order) {
    RowQuery query = new RowQuery(filter == null ? List.of() : List.of(filter), order);
    try (RowView view = dataset.view(mapping(), query, JobContext.unwatched())) {
      return view.page(0, 100).stream().map(FusedTrackTest::number).toList();
    }
  }

  private static int number(CaptionRow row) {
    return Integer.parseInt(String.valueOf(row.caption("alt")).substring(4));
  }

  private List<Facet> facets(ColumnMapping mapping) {
    return dataset.facets(mapping, RowQuery.ALL, JobContext.unwatched());
  }

  @Test
  void withoutFusedCaptionsThereIsNoTrack() {
    assertThat(mapping()).isEqualTo(MAPPING);
    fuse(0, "a");
    assertThat(mapping().tracks())
        .hasSize(3)
        .contains(new CaptionTrack(TRACK, TrackRole.FUSED, TRACK));
    assertThat(dataset.fused().addTo(mapping())).isEqualTo(mapping());
  }

  @Test
  void rowsHaveTheCaptionsAsTheyAreWhenThePageIsRead() {
    fuse(1, "first");
    fail(2, "No answer");
    ColumnMapping mapping = mapping();
    try (RowView view = dataset.view(mapping, RowQuery.ALL, JobContext.unwatched())) {
      assertThat(view.page(1, 1).get(0).captions())
          .containsExactly(
              java.util.Map.entry("alt", "raw 1"),
              java.util.Map.entry("blip", "seen 1"),
              java.util.Map.entry(TRACK, "first"));
      assertThat(view.page(2, 2)).allMatch(row -> row.caption(TRACK) == null);
      fuse(2, "second");
      fuse(4, "third");
      assertThat(view.page(0, 6))
          .extracting(row -> row.caption(TRACK))
          .containsExactly(null, "first", "second", null, "third", null);
    }
  }

  @Test
  void aRowIsTheSameSampleWhateverWasMadeOfIt() {
    String before;
    try (RowView view = dataset.view(mapping(), RowQuery.ALL, JobContext.unwatched())) {
      before = view.page(1, 1).get(0).contentHash();
    }
    fuse(1, "first");
    try (RowView view = dataset.view(mapping(), RowQuery.ALL, JobContext.unwatched())) {
      assertThat(view.page(1, 1).get(0).contentHash()).isEqualTo(before);
    }
  }

  @Test
  void rowsAreFoundByTheirFusedCaption() {
    fuse(1, "a red car");
    fuse(2, "");
    fuse(4, "a house");
    fail(5, "No answer");
    assertThat(rows(new RowFilter.Contains(TRACK, "CAR"), null)).containsExactly(1);
    assertThat(rows(new RowFilter.Contains(null, "house"), null)).containsExactly(4);
    assertThat(rows(new RowFilter.Matches(TRACK, "^a "), null)).containsExactly(1, 4);
    assertThat(rows(new RowFilter.Words(TRACK, Comparison.AT_LEAST, 3), null)).containsExactly(1);
    assertThat(rows(new RowFilter.Equal(TRACK, "a house"), null)).containsExactly(4);
    assertThat(rows(new RowFilter.Missing(TRACK), null)).containsExactly(0, 2, 3, 5);
    assertThat(rows(new RowFilter.Not(new RowFilter.Contains(TRACK, "a")), null))
        .containsExactly(0, 2, 3, 5);
    assertThat(rows(new RowFilter.Sql("length(\"" + TRACK + "\") = 9 OR blip = 'seen 0'"), null))
        .containsExactly(0, 1);
    assertThat(rows(new RowFilter.Sql("\"" + TRACK + " error\" = 'No answer'"), null))
        .containsExactly(5);
  }

  @Test
  void whatAPersonReadsAsSqlMeansTheSame() {
    fuse(1, "a red car");
    RowFilter filter = new RowFilter.Contains(TRACK, "red");
    QueryText text = new QueryText(mapping());
    assertThat(text.read(text.write(List.of(filter)))).containsExactly(filter);
    assertThat(rows(new RowFilter.Sql(text.write(List.of(filter))), null)).containsExactly(1);
  }

  @Test
  void rowsAreOrderedByTheirFusedCaption() {
    fuse(0, "one two");
    fuse(4, "a");
    fuse(5, "one two three");
    assertThat(rows(null, new RowOrder.ByLength(TRACK, true))).containsExactly(5, 0, 4, 1, 2, 3);
    assertThat(rows(null, new RowOrder.ByWords(TRACK, false))).containsExactly(4, 0, 5, 1, 2, 3);
    assertThat(rows(null, new RowOrder.ByColumn(TRACK, false))).containsExactly(4, 0, 5, 1, 2, 3);
    assertThat(rows(null, new RowOrder.Sql("\"" + TRACK + "\" DESC NULLS LAST, alt DESC")))
        .containsExactly(5, 0, 4, 3, 2, 1);
  }

  @Test
  void whatComesLaterIsSeenByTheNextQuery() {
    fuse(0, "a");
    RowFilter any = new RowFilter.Contains(TRACK, "a");
    assertThat(rows(any, null)).containsExactly(0);
    fuse(5, "a");
    assertThat(rows(any, null)).containsExactly(0, 5);
    fuse(0, "b");
    assertThat(rows(any, null)).containsExactly(5);
    try (Workspace other = Workspace.open(workspace.file())) {
      Fusion elsewhere = new Fusion(key(3), "ab".repeat(16), "a", null, null, List.of(), null);
      other.fusions().put(fuser, PARENTS, List.of(elsewhere));
    }
    assertThat(rows(any, null)).containsExactly(3, 5);
  }

  @Test
  void flagsAndProvenanceAreThoseOfTheFusedTrack() {
    assertThatThrownBy(() -> rows(new RowFilter.Flagged("empty"), null))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("no fused track");
    fuse(1, "");
    fuse(4, "1234567890");
    assertThat(rows(new RowFilter.Flagged("empty"), null)).containsExactly(1);
    assertThat(rows(new RowFilter.Share("neither", Comparison.AT_LEAST, 1), null))
        .containsExactly(4);
    assertThat(rows(null, new RowOrder.ByShare("neither", false))).startsWith(4);
    fuse(1, "12345");
    fuse(2, "");
    assertThat(rows(new RowFilter.Flagged("empty"), null)).containsExactly(2);
    assertThat(rows(new RowFilter.Share("neither", Comparison.LESS, 1), null)).containsExactly(1);
    assertThat(measure.rows).as("only what is new is measured").hasValue(4);
  }

  @Test
  void flagsOfAnOfficialTrackStayItsOwn() {
    List<CaptionTrack> tracks =
        List.of(
            MAPPING.tracks().get(0),
            MAPPING.tracks().get(1),
            new CaptionTrack("capsfusion", TrackRole.FUSED, "capsfusion"));
    fuse(1, "", "empty");
    ColumnMapping both = dataset.fused().addTo(new ColumnMapping(tracks, null, ImageKind.NONE));
    RowQuery empty = new RowQuery(List.of(new RowFilter.Flagged("empty")), null);
    try (RowView view = dataset.view(both, empty, JobContext.unwatched())) {
      assertThat(view.size()).isZero();
    }
    Facet found =
        facets(both).stream()
            .filter(facet -> facet.id().equals("flags:" + TRACK))
            .findFirst()
            .orElseThrow();
    assertThat(found.buckets()).extracting(Bucket::label).containsExactly("empty", "not fused");
    assertThat(found.buckets()).extracting(Bucket::count).containsExactly(1L, 0L);
  }

  @Test
  void bucketsOfFoundFlagsFindTheirRows() {
    fuse(0, "a", "prompt_leak");
    fuse(1, "b", "prompt_leak", "concatenation");
    fail(5, "No answer");
    Facet found =
        facets(mapping()).stream()
            .filter(facet -> facet.id().equals("flags:" + TRACK))
            .findFirst()
            .orElseThrow();
    assertThat(found.title()).isEqualTo("Found in " + TRACK);
    assertThat(found.buckets()).hasSize(3);
    for (Bucket bucket : found.buckets()) {
      assertThat(rows(bucket.filters().get(0), null))
          .as(bucket.label())
          .hasSize((int) bucket.count());
    }
    assertThat(facets(mapping())).extracting(Facet::id).contains("words:" + TRACK, "flags");
  }

  @Test
  void anotherFuserAndOtherParentsAreOtherTracks() {
    fuse(0, "a");
    KnownFuser greedy = fusions.use(identity("beams=1"), "small");
    fuse(greedy, PARENTS, 0, "b");
    fuse(fuser, new FusionColumns("alt", "capsfusion"), 0, "c");
    List<String> tracks = mapping().tracks().stream().map(CaptionTrack::name).toList();
    assertThat(tracks)
        .containsExactly("alt", "blip", TRACK, TRACK + " 2", TRACK + ": alt + capsfusion");
    try (RowView view = dataset.view(mapping(), RowQuery.ALL, JobContext.unwatched())) {
      assertThat(view.page(0, 1).get(0).captions().values())
          .containsExactly("raw 0", "seen 0", "a", "b", "c");
    }
    assertThat(rows(new RowFilter.Sql("\"" + TRACK + "\" < \"" + TRACK + " 2\""), null))
        .containsExactly(0);
  }

  @Test
  void aTrackThatIsLeftOutStaysAColumnAndComesBackWhenItIsAskedFor() {
    fuse(0, "a");
    fuse(fusions.use(identity("beams=1"), "small"), PARENTS, 0, "b");
    dataset.fused().use(fusions, Set.of(TRACK));
    assertThat(mapping().tracks())
        .extracting(CaptionTrack::name)
        .containsExactly("alt", "blip", TRACK + " 2");
    assertThat(dataset.fused().names()).containsExactly(TRACK, TRACK + " 2");
    assertThat(rows(new RowFilter.Sql("\"" + TRACK + "\" = 'a'"), null)).containsExactly(0);
    assertThat(dataset.fused().addTo(MAPPING, new FusionSeries(fuser, PARENTS)).tracks())
        .extracting(CaptionTrack::name)
        .containsExactly("alt", "blip", TRACK);
  }

  @Test
  void rowsThatWereFoundGetATrackWithoutBeingFoundAgain() {
    RowQuery query =
        new RowQuery(List.of(new RowFilter.Sql("alt <> 'raw 0'")), new RowOrder.Sql("alt DESC"));
    try (RowView found = dataset.view(MAPPING, query, JobContext.unwatched())) {
      fuse(4, "merged");
      RowView view = dataset.withFused(found, mapping());
      assertThat(view.page(1, 1).get(0).captions())
          .containsExactly(
              Map.entry("alt", "raw 4"), Map.entry("blip", "seen 4"), Map.entry(TRACK, "merged"));
      RowView without = dataset.withFused(view, MAPPING);
      assertThat(without.page(1, 1).get(0).captions()).doesNotContainKey(TRACK);
      assertThat(without.size()).isEqualTo(5);
    }
  }

  @Test
  void aColumnOfTheDatasetKeepsItsName() throws Exception {
    dataset.close();
    dataset = open(TRACK + " flags");
    fuse(0, "a");
    assertThat(mapping().tracks()).extracting(CaptionTrack::column).contains(TRACK + " 2");
    assertThat(rows(new RowFilter.Sql("\"" + TRACK + " flags\" = 'official 3'"), null))
        .containsExactly(3);
  }

  @Test
  void captionsOfOtherShardsAreLeftOut() {
    Fusion elsewhere =
        new Fusion(
            new RowKey("e".repeat(64), 0), "ab".repeat(16), "a", null, null, List.of(), null);
    fusions.put(fuser, PARENTS, List.of(elsewhere));
    assertThat(mapping()).isEqualTo(MAPPING);
  }

  @Test
  void manyCaptionsAreCopiedAndCanBeCancelled() {
    String shard = key(0).fingerprint();
    List<Fusion> many =
        LongStream.range(0, 9_000)
            .mapToObj(
                i ->
                    new Fusion(
                        new RowKey(shard, i), "ab".repeat(16), "a", null, null, List.of(), null))
            .toList();
    fusions.put(fuser, PARENTS, many);
    ForegroundContext cancelled = new ForegroundContext(progress -> {});
    cancelled.cancel();
    RowQuery query = new RowQuery(List.of(new RowFilter.Contains(TRACK, "a")), null);
    ColumnMapping mapping = mapping();
    assertThatThrownBy(() -> dataset.view(mapping, query, cancelled).close())
        .isInstanceOf(CancellationException.class);
    assertThat(rows(new RowFilter.Contains(TRACK, "a"), null)).containsExactly(0, 1, 2);
  }
}
