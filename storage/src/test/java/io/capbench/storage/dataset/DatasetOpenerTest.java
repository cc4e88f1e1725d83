package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetOpenerTest {
  @TempDir Path temp;
  private Path cache;
  private DatasetOpener opener;

  @BeforeEach
  void makeOpener() {
    cache = temp.resolve("cache");
    opener = new DatasetOpener(cache);
  }

  @Test
  void aParquetFileOpensWithItsFactsAndGuessedTracks() throws Exception {
    Path file = Shards.write(temp.resolve("caps_0.parquet"), Shards.capsFusion(5_000));
    try (Dataset dataset = open(file)) {
      ShardInfo shard = dataset.info().shards().get(0);
      assertThat(dataset.info().name()).isEqualTo("caps_0.parquet");
      assertThat(dataset.info().rows()).isEqualTo(5_000);
      assertThat(shard.rowGroups()).isEqualTo(3);
      assertThat(shard.bytes()).isEqualTo(Files.size(file));
      assertThat(shard.path()).isEqualTo(file);
      assertThat(dataset.info().columns())
          .extracting(ColumnInfo::name)
          .containsExactly("image_url", "laion_2b", "laion_coco", "capsfusion");
      assertThat(dataset.info().mapping().tracks())
          .extracting(CaptionTrack::role)
          .containsExactly(TrackRole.RAW, TrackRole.SYNTHETIC, TrackRole.FUSED);
    }
  }

  @Test
  void theFingerprintIsOverFooterAndLengthAndSurvivesARename() throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), Shards.capsFusion(10));
    byte[] bytes = Files.readAllBytes(file);
    int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(bytes, bytes.length - 8 - footer, footer);
    sha.update(ByteBuffer.allocate(8).putLong(bytes.length).array());
    String expected = HexFormat.of().formatHex(sha.digest());
    Path moved = Files.createDirectories(temp.resolve("else where")).resolve("b.parquet");
    Files.copy(file, moved);
    assertThat(fingerprint(file)).isEqualTo(expected);
    assertThat(fingerprint(moved)).isEqualTo(expected);
  }

  @Test
  void aFolderOpensItsParquetFilesInTheOrderOfTheirNames() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("shards"));
    Shards.write(folder.resolve("b.parquet"), "SELECT 'from b' AS text");
    Shards.write(folder.resolve("a.parquet"), "SELECT 'from a' AS text");
    Files.writeString(folder.resolve("README.md"), "not a shard");
    Files.writeString(folder.resolve("._a.parquet"), "what macOS leaves on foreign disks");
    try (Dataset dataset = open(folder)) {
      assertThat(dataset.info().name()).isEqualTo("shards");
      assertThat(captions(dataset, "text")).containsExactly("from a", "from b");
    }
  }

  @Test
  void aFileNamedTwiceIsReadOnce() throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), "SELECT 'once' AS text");
    try (Dataset dataset = open(file, temp.resolve(".").resolve("a.parquet"))) {
      assertThat(captions(dataset, "text")).containsExactly("once");
    }
  }

  @Test
  void pathsWithPatternCharactersQuotesAndKeysMeanThemselves() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("it's [1] lang=en"));
    Path file = Shards.write(folder.resolve("a*b?.parquet"), "SELECT 'here' AS text");
    Shards.write(folder.resolve("axxb!.parquet"), "SELECT 'elsewhere' AS text");
    try (Dataset dataset = open(file)) {
      assertThat(captions(dataset, "text")).containsExactly("here");
      assertThat(dataset.info().columns()).extracting(ColumnInfo::name).containsExactly("text");
    }
  }

  @Test
  void shardsMayHaveDifferentColumns() throws Exception {
    Path first = Shards.write(temp.resolve("a.parquet"), "SELECT 'r' AS laion_2b, 1 AS width");
    Path second =
        Shards.write(temp.resolve("b.parquet"), "SELECT 's' AS laion_coco, 'r2' AS \"LAION_2B\"");
    try (Dataset dataset = open(first, second)) {
      assertThat(dataset.info().columns())
          .extracting(ColumnInfo::name)
          .containsExactly("laion_2b", "width", "laion_coco");
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows.get(0).captions()).containsOnlyKeys("laion_2b");
      assertThat(rows.get(1).captions()).containsEntry("laion_2b", "r2").hasSize(2);
    }
  }

  @Test
  void columnNamesThatDifferInCaseOnlyBothShow() throws Exception {
    Path file =
        Shards.writePlain(temp.resolve("a.parquet"), "SELECT 'one' AS \"Text\", 'two' AS \"TEXX\"");
    Shards.replace(file, "TEXX", "TEXT".getBytes(StandardCharsets.UTF_8));
    try (Dataset dataset = open(file)) {
      assertThat(rows(dataset).get(0).captions().values()).containsExactly("one", "two");
    }
  }

  @Test
  void columnNamesMayHoldQuotesSpacesAndNewlines() throws Exception {
    String name = "we\"ird 'col'\n; DROP TABLE x --";
    Path file =
        Shards.write(
            temp.resolve("a.parquet"),
            "SELECT 'fine' AS " + Sql.identifier(name) + ", ' ' AS \" \"");
    try (Dataset dataset = open(file)) {
      assertThat(rows(dataset).get(0).captions())
          .containsExactly(Map.entry(name, "fine"), Map.entry("column 1", " "));
      RowQuery query =
          new RowQuery(
              List.of(new RowFilter.Contains(null, "FINE")),
              new RowOrder.Sql(Sql.identifier(name)));
      try (RowView view = dataset.view(dataset.info().mapping(), query, JobContext.unwatched())) {
        assertThat(view.size()).isEqualTo(1);
      }
    }
  }

  @Test
  void aFileWithoutRowsOpens() throws Exception {
    Path empty = Shards.write(temp.resolve("a.parquet"), "SELECT 'x' AS text WHERE false");
    Path full = Shards.write(temp.resolve("b.parquet"), "SELECT 'y' AS text");
    try (Dataset dataset = open(empty)) {
      assertThat(rows(dataset)).isEmpty();
    }
    try (Dataset dataset = open(empty, full, empty)) {
      assertThat(captions(dataset, "text")).containsExactly("y");
    }
  }

  @Test
  void aDatasetWithoutCaptionsOpensAndSaysWhatToDo() throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), "SELECT 1 AS width, 'x' AS image_url");
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().mapping().tracks()).isEmpty();
      assertThat(dataset.missingTracks())
          .contains(file.toString(), "width, image_url", "--track NAME=ROLE:COLUMN");
      assertThat(rows(dataset)).hasSize(1);
    }
  }

  @Test
  void everyKindOfUnreadableFileSaysWhatIsWrong() throws Exception {
    byte[] good =
        Files.readAllBytes(Shards.write(temp.resolve("good.parquet"), Shards.capsFusion(100)));
    byte[] damaged = good.clone();
    Arrays.fill(damaged, damaged.length - 60, damaged.length - 20, (byte) 0x7f);
    byte[] longFooter = good.clone();
    ByteBuffer.wrap(longFooter).putInt(longFooter.length - 8, -1);
    Files.createDirectories(temp.resolve("empty folder"));
    assertFails(file("empty.parquet", new byte[0]), "is empty");
    assertFails(
        file("text.parquet", "hello, this is text".getBytes(StandardCharsets.UTF_8)),
        "is not a parquet file");
    assertFails(
        file("tiny.parquet", "hi".getBytes(StandardCharsets.UTF_8)), "is not a parquet file");
    assertFails(file("cut.parquet", Arrays.copyOf(good, good.length - 9)), "is cut off");
    assertFails(file("damaged.parquet", damaged), "has a damaged footer");
    assertFails(file("footer.parquet", longFooter), "has a damaged footer");
    assertFails(temp.resolve("missing.parquet"), "does not exist");
    assertFails(temp.resolve("empty folder"), "has nothing that opens");
  }

  @Test
  void aReservedColumnNameIsRefused() throws Exception {
    Path file =
        Shards.write(temp.resolve("a.parquet"), "SELECT 'x' AS text, 7 AS \"File_Row_Number\"");
    assertFails(file, "has a column File_Row_Number");
  }

  @Test
  void goodShardsOpenAmongBadOnes() throws Exception {
    Path good = Shards.write(temp.resolve("good.parquet"), "SELECT 'x' AS text");
    Path bad = file("bad.parquet", "<html>".getBytes(StandardCharsets.UTF_8));
    Path missing = temp.resolve("missing.parquet");
    try (Dataset dataset = open(bad, good, missing)) {
      assertThat(dataset.info().shards())
          .extracting(ShardInfo::readable)
          .containsExactly(false, true, false);
      assertThat(dataset.info().shards().get(0).error()).contains(bad.toString());
      assertThat(dataset.info().shards().get(0).bytes()).isEqualTo(6);
      assertThat(dataset.info().shards().get(0).fingerprint()).isNull();
      assertThat(captions(dataset, "text")).containsExactly("x");
    }
    assertThatThrownBy(() -> open(bad, missing))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("None of 2 files")
        .hasMessageContaining(bad.toString());
  }

  @Test
  void aShardWhoseColumnHasAnotherTypeIsListedWithAnError() throws Exception {
    Path text = Shards.write(temp.resolve("a.parquet"), "SELECT 'x' AS text, 1::INTEGER AS width");
    Path number = Shards.write(temp.resolve("b.parquet"), "SELECT 5 AS text, 'only here' AS extra");
    Path wider = Shards.write(temp.resolve("c.parquet"), "SELECT 'y' AS text, 2::BIGINT AS width");
    try (Dataset dataset = open(text, number, wider)) {
      assertThat(dataset.info().shards().get(1).error())
          .contains("b.parquet", "INTEGER", "text", "a.parquet", "VARCHAR");
      assertThat(dataset.info().columns())
          .extracting(ColumnInfo::name)
          .containsExactly("text", "width");
      assertThat(captions(dataset, "text")).containsExactly("x", "y");
    }
  }

  @Test
  void openingCanBeCancelled() throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), "SELECT 'x' AS text");
    ForegroundContext context = new ForegroundContext(progress -> {});
    context.cancel();
    assertThatThrownBy(() -> opener.open(List.of(file), context))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void closingLeavesNothingBehindInTheCache() throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), "SELECT 'x' AS text");
    Dataset dataset = open(file);
    RowView view = dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched());
    dataset.close();
    dataset.close();
    assertThatThrownBy(() -> view.page(0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    view.close();
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).isEmpty();
    }
  }

  private void assertFails(Path file, String expected) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(expected)
        .hasMessageNotContaining("LINE 1");
  }

  private Path file(String name, byte[] bytes) throws Exception {
    return Files.write(temp.resolve(name), bytes);
  }

  private Dataset open(Path... paths) {
    return opener.open(List.of(paths), JobContext.unwatched());
  }

  private String fingerprint(Path file) {
    try (Dataset dataset = open(file)) {
      return dataset.info().shards().get(0).fingerprint();
    }
  }

  private static List<CaptionRow> rows(Dataset dataset) {
    try (RowView view =
        dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(0, 10_000);
    }
  }

  private static List<String> captions(Dataset dataset, String track) {
    return rows(dataset).stream().map(row -> row.caption(track)).toList();
  }
}
