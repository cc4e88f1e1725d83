package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ContentHash;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowViewTest {
  private static final RowQuery SAME_ROWS = new RowQuery(List.of(), new RowOrder.Sql("1"));

  @TempDir Path temp;

  /** Two shards of 5,000 rows with one without rows between them. */
  private Dataset twoShards() throws Exception {
    Path first = Shards.write(temp.resolve("a.parquet"), Shards.capsFusion(5_000));
    Path none = Shards.write(temp.resolve("b.parquet"), Shards.capsFusion(0));
    Path second =
        Shards.write(temp.resolve("c.parquet"), Shards.capsFusion(10_000) + " WHERE i >= 5000");
    return open(first, none, second);
  }

  private static RowQuery query(boolean stored) {
    return stored ? SAME_ROWS : RowQuery.ALL;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pagesComeInOrderAndCrossBlocksAndShards(boolean stored) throws Exception {
    try (Dataset dataset = twoShards();
        RowView view = view(dataset, query(stored))) {
      assertThat(view.size()).isEqualTo(10_000);
      for (long from : new long[] {0, 200, 2_000, 2_047, 4_900, 4_999, 5_000, 7_047, 9_900}) {
        List<CaptionRow> page = view.page(from, 250);
        assertThat(page).hasSize((int) Math.min(250, 10_000 - from));
        for (int i = 0; i < page.size(); i++) {
          assertThat(page.get(i).caption("laion_2b")).isEqualTo("raw " + (from + i));
          assertThat(page.get(i).key().row()).isEqualTo((from + i) % 5_000);
          assertThat(page.get(i).shard()).isEqualTo(from + i < 5_000 ? "a.parquet" : "c.parquet");
        }
      }
      assertThat(view.page(0, 10_000)).hasSize(10_000);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pagesOutsideTheViewAreEmpty(boolean stored) throws Exception {
    try (Dataset dataset = twoShards();
        RowView view = view(dataset, query(stored))) {
      assertThat(view.page(10_000, 10)).isEmpty();
      assertThat(view.page(1L << 40, 10)).isEmpty();
      assertThat(view.page(5, 0)).isEmpty();
      assertThat(view.page(9_999, Integer.MAX_VALUE)).hasSize(1);
      assertThatThrownBy(() -> view.page(-1, 1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> view.page(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void positionOfIsTheInverseOfPage(boolean stored) throws Exception {
    try (Dataset dataset = twoShards();
        RowView view = view(dataset, query(stored))) {
      for (long position : new long[] {0, 1, 4_999, 5_000, 9_999}) {
        RowKey key = view.page(position, 1).get(0).key();
        assertThat(view.positionOf(key)).hasValue(position);
      }
      RowKey last = view.page(9_999, 1).get(0).key();
      assertThat(view.positionOf(new RowKey(last.fingerprint(), 5_000))).isEmpty();
      assertThat(view.positionOf(new RowKey("0".repeat(64), 0))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClosedViewSaysSoAndClosesTwice(boolean stored) throws Exception {
    try (Dataset dataset = twoShards()) {
      RowView view = view(dataset, query(stored));
      view.page(0, 1);
      view.close();
      view.close();
      assertThatThrownBy(() -> view.page(0, 1)).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyThreadsReadOneView(boolean stored) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Dataset dataset = twoShards();
        RowView view = view(dataset, query(stored))) {
      List<Future<String>> pages = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        long from = i * 250L;
        pages.add(threads.submit(() -> view.page(from, 250).get(249).caption("capsfusion")));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(pages.get(i).get()).isEqualTo("fused " + (i * 250 + 249));
      }
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textComesOutAsItWentIn(boolean stored) throws Exception {
    List<String> texts =
        List.of(
            "",
            " \t\r\n ",
            "nul \0 bell \u0007 escape \u001b[31m",
            "\u0645\u0631\u062d\u0628\u0627 \u202eabc\u202c \u05e9\u05dc\u05d5\u05dd",
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\uddef\ud83c\uddf5 e\u0301",
            "\ufeffbom \ufffd \uffff",
            "'); DROP TABLE x; -- \" % _ \\",
            "long ".repeat(20_000));
    Path file = temp.resolve("text.parquet");
    Object[] parameters = texts.toArray();
    Shards.write(
        file,
        "SELECT row_number() OVER (), col0 FROM (VALUES (?), (?), (?), (?), (?), (?), (?), (?),"
            + " (NULL))",
        parameters);
    try (Dataset dataset = open(file);
        RowView view = view(dataset, query(stored))) {
      List<CaptionRow> rows = view.page(0, 100);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(rows.get(i).caption("text")).isEqualTo(texts.get(i));
      }
      assertThat(rows.get(texts.size()).captions()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bytesThatAreNoUtf8AreReplacedAndTheRestIsKept(boolean stored) throws Exception {
    Path file =
        Shards.writePlain(
            temp.resolve("a.parquet"),
            "SELECT 'row ' || i || ' QQQQ' AS text FROM range(3) AS t(i)");
    Shards.replace(file, "row 1 QQQQ", "row 1 Q\u00ffQQ".getBytes(StandardCharsets.ISO_8859_1));
    try (Dataset dataset = open(file);
        RowView view = view(dataset, query(stored))) {
      assertThat(view.page(0, 3))
          .extracting(row -> row.caption("text"))
          .containsExactly("row 0 QQQQ", "row 1 Q?QQ", "row 2 QQQQ");
    }
  }

  @Test
  void hugeCaptionsAreReadInSmallBlocks() throws Exception {
    Path file =
        Shards.write(
            temp.resolve("a.parquet"),
            "SELECT i || repeat('x', 100000) AS text FROM range(300) AS t(i)");
    try (Dataset dataset = open(file);
        RowView view = view(dataset, RowQuery.ALL)) {
      for (long from : new long[] {250, 0, 120, 290}) {
        List<CaptionRow> page = view.page(from, 10);
        for (int i = 0; i < 10; i++) {
          assertThat(page.get(i).caption("text"))
              .startsWith((from + i) + "x")
              .hasSizeGreaterThan(100_000);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsOfAnotherFileInTheSamePlaceAreNotTakenForThoseThatWereOpened(boolean stored)
      throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), Shards.capsFusion(5_000));
    try (Dataset dataset = open(file);
        RowView view = view(dataset, query(stored))) {
      Path other =
          Shards.write(temp.resolve("other"), Shards.capsFusion(10_000) + " WHERE i >= 5000");
      Files.setLastModifiedTime(other, FileTime.fromMillis(1_000_000_000_000L));
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(() -> view.page(0, 10))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("open the dataset again");
    }
  }

  @Test
  void aDamagedPageNamesTheShardAndTheRowsAndLeavesTheOthers() throws Exception {
    Path file =
        Shards.write(
            temp.resolve("a.parquet"),
            "SELECT i AS id, md5(i::VARCHAR) AS text FROM range(6000) AS t(i)");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 200; i < 3_000; i++) {
      bytes[i] ^= 0x5a;
    }
    Files.write(file, bytes);
    try (Dataset dataset = open(file);
        RowView view = view(dataset, RowQuery.ALL)) {
      ColumnMapping both =
          new ColumnMapping(
              List.of(
                  new CaptionTrack("text", TrackRole.RAW, "text"),
                  new CaptionTrack("id", TrackRole.OTHER, "id")),
              null,
              ImageKind.NONE);
      try (RowView all = dataset.view(both, RowQuery.ALL, JobContext.unwatched())) {
        assertThatThrownBy(() -> all.page(0, 10))
            .isInstanceOf(CapbenchException.class)
            .hasMessageStartingWith(file.toString())
            .hasMessageContaining("rows 0 to 511 cannot be read");
        assertThat(all.page(4_200, 10)).hasSize(10);
      }
      assertThat(view.page(4_200, 10)).hasSize(10);
    }
  }

  @Test
  void damageIsNamedWithItsCauseAndLeavesTheRowsBeforeIt() throws Exception {
    Path good = Shards.write(temp.resolve("a.parquet"), Shards.capsFusion(10));
    Path bad = Shards.write(temp.resolve("b.parquet"), Shards.capsFusion(6_000));
    damageSecondRowGroup(bad);
    try (Dataset dataset = open(good, bad);
        RowView view = view(dataset, RowQuery.ALL)) {
      assertThat(view.page(10 + 2_040, 8)).hasSize(8); // the block goes on into the damage
      assertThatThrownBy(() -> view.page(10 + 2_048, 1))
          .isInstanceOf(CapbenchException.class)
          .hasMessageStartingWith(bad + ": rows 2048 to ")
          .hasMessageNotContaining("result set");
      RowQuery filter =
          new RowQuery(List.of(new RowFilter.Sql("capsfusion LIKE '%7%'")), new RowOrder.Sql("1"));
      assertThatThrownBy(() -> view(dataset, filter))
          .isInstanceOf(CapbenchException.class)
          .hasMessageStartingWith(bad + " cannot be filtered or ordered: ")
          .hasMessageNotContaining("result set");
    }
  }

  private static void damageSecondRowGroup(Path file) throws Exception {
    long begin;
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", null);
        Statement statement = connection.createStatement();
        ResultSet page =
            statement.executeQuery(
                "SELECT coalesce(dictionary_page_offset, data_page_offset) FROM parquet_metadata("
                    + Sql.file(file)
                    + ") WHERE row_group_id = 1 AND path_in_schema = 'capsfusion'")) {
      page.next();
      begin = page.getLong(1);
    }
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, (int) begin, (int) begin + 30, (byte) 0xff);
    Files.write(file, bytes);
  }

  @Test
  void aShardThatVanishesIsNamed() throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), Shards.capsFusion(10));
    try (Dataset dataset = open(file);
        RowView view = view(dataset, RowQuery.ALL)) {
      Files.delete(file);
      assertThatThrownBy(() -> view.page(0, 10))
          .isInstanceOf(CapbenchException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageContaining("open the dataset again");
    }
  }

  @Test
  void theContentHashIsOverTheDefaultColumnsWhateverIsShown() throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), Shards.capsFusion(3));
    String expected =
        ContentHash.of(
            "http://example.org/1",
            new TreeMap<>(
                Map.of("laion_2b", "raw 1", "laion_coco", "photo 1", "capsfusion", "fused 1")));
    ColumnMapping other =
        new ColumnMapping(
            List.of(new CaptionTrack("address", TrackRole.OTHER, "IMAGE_URL")),
            null,
            ImageKind.NONE);
    try (Dataset dataset = open(file);
        RowView guessed = view(dataset, RowQuery.ALL);
        RowView chosen = dataset.view(other, RowQuery.ALL, JobContext.unwatched())) {
      assertThat(guessed.page(1, 1).get(0).contentHash()).isEqualTo(expected);
      assertThat(guessed.page(1, 1).get(0).image())
          .isEqualTo(new ImageRef.Url("http://example.org/1"));
      assertThat(chosen.page(1, 1).get(0).contentHash()).isEqualTo(expected);
      assertThat(chosen.page(1, 1).get(0).captions())
          .containsExactly(Map.entry("address", "http://example.org/1"));
      assertThat(chosen.page(1, 1).get(0).image()).isEqualTo(new ImageRef.None());
    }
  }

  @Test
  void columnsOfOtherTypesCanBeTracks() throws Exception {
    Path file =
        Shards.write(temp.resolve("a.parquet"), "SELECT 'x' AS text, ['a', 'b'] AS tags, 7 AS n");
    ColumnMapping mapping =
        new ColumnMapping(
            List.of(
                new CaptionTrack("tags", TrackRole.OTHER, "tags"),
                new CaptionTrack("n", TrackRole.OTHER, "n")),
            null,
            ImageKind.NONE);
    try (Dataset dataset = open(file);
        RowView view = dataset.view(mapping, RowQuery.ALL, JobContext.unwatched())) {
      assertThat(view.page(0, 1).get(0).captions())
          .containsExactly(Map.entry("tags", "[a, b]"), Map.entry("n", "7"));
    }
  }

  @Test
  void aMappingThatDoesNotFitIsRefused() throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), "SELECT 'x' AS text, 'y' AS image");
    try (Dataset dataset = open(file)) {
      List<CaptionTrack> wrong = List.of(new CaptionTrack("t", TrackRole.RAW, "nosuch"));
      assertThatThrownBy(
              () ->
                  dataset.view(
                      new ColumnMapping(wrong, null, ImageKind.NONE),
                      RowQuery.ALL,
                      JobContext.unwatched()))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("nosuch")
          .hasMessageContaining("text, image");
      for (ImageKind kind : List.of(ImageKind.BYTES, ImageKind.STRUCT)) {
        assertThatThrownBy(
                () ->
                    dataset.view(
                        new ColumnMapping(List.of(), "image", kind),
                        RowQuery.ALL,
                        JobContext.unwatched()))
            .isInstanceOf(CapbenchException.class)
            .hasMessageContaining("VARCHAR");
      }
    }
  }

  @Test
  void orderFollowsTheExpressionAndTiesTheShards() throws Exception {
    Path first =
        Shards.write(
            temp.resolve("a.parquet"),
            "SELECT (i % 7)::VARCHAR AS text, i AS n FROM range(4000) AS t(i)");
    Path second =
        Shards.write(
            temp.resolve("b.parquet"),
            "SELECT (i % 7)::VARCHAR AS text, i AS n FROM range(4000) AS t(i)");
    try (Dataset dataset = open(first, second);
        RowView view =
            view(
                dataset,
                new RowQuery(List.of(), new RowOrder.Sql("text DESC -- the last ones first")))) {
      List<CaptionRow> rows = view.page(0, 8_000);
      List<String> keys = new ArrayList<>();
      for (CaptionRow row : rows) {
        keys.add(
            String.format(
                "%d %s %05d",
                6 - Integer.parseInt(row.caption("text")), row.shard(), row.key().row()));
      }
      List<String> sorted = new ArrayList<>(keys);
      Collections.sort(sorted);
      assertThat(keys).hasSize(8_000).isEqualTo(sorted);
    }
  }

  private Dataset open(Path... paths) {
    return new DatasetOpener(temp.resolve("cache")).open(List.of(paths), JobContext.unwatched());
  }

  private static RowView view(Dataset dataset, RowQuery query) {
    return dataset.view(dataset.info().mapping(), query, JobContext.unwatched());
  }
}
