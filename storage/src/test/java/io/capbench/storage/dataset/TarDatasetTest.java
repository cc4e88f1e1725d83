package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.Pictures;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.Progress;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.source.Tars;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarDatasetTest {
  @TempDir Path temp;
  private byte[] png;

  @BeforeEach
  void encode() {
    png = Pictures.encoded("png", 9, 7);
  }

  @Test
  void aTarOfImg2datasetOpensWithCaptionsFieldsAndImages() throws Exception {
    Path file = temp.resolve("00000.tar");
    try (Tars tar = new Tars(file)) {
      for (int i = 0; i < 3; i++) {
        String key = "00000000" + i;
        tar.add(key + ".jpg", Pictures.encoded("jpg", 5 + i, 4));
        tar.add(
            key + ".json",
            """
            {"caption": "a cat %d", "url": "http://x/%d.jpg", "key": "%s", "status": "success",
             "error_message": null, "width": %d, "similarity": 0.%d5, "nsfw": false,
             "exif": "{}", "tags": ["a", 1], "sha256": "ab"}
            """
                .formatted(i, i, key, i, i));
        tar.add(key + ".txt", "a cat " + i);
      }
    }
    try (Dataset dataset = open(file)) {
      assertThat(types(dataset))
          .isEqualTo(
              "key VARCHAR, image STRUCT(member VARCHAR, \"offset\" BIGINT, length BIGINT),"
                  + " caption VARCHAR, url VARCHAR, status VARCHAR, width BIGINT, similarity DOUBLE,"
                  + " nsfw BOOLEAN, exif VARCHAR, tags VARCHAR, sha256 VARCHAR");
      assertThat(dataset.info().mapping().imageKind()).isEqualTo(ImageKind.MEMBER);
      assertThat(dataset.guess().reasonByColumn())
          .containsEntry("image", "says where in the tar the image is");
      assertThat(dataset.info().mapping().tracks())
          .contains(new CaptionTrack("caption", TrackRole.RAW, "caption"));
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows)
          .extracting(row -> row.caption("caption"))
          .containsExactly("a cat 0", "a cat 1", "a cat 2");
      assertThat(rows.get(2).image().name()).isEqualTo("000000002.jpg");
      assertThat(dataset.images().read(rows.get(2).image()).bytes())
          .isEqualTo(Pictures.encoded("jpg", 7, 4));
      assertThat(count(dataset, "tags = '[\"a\",1]' AND width > 0 AND similarity < 0.2")).isOne();
    }
  }

  @Test
  void captionsInFilesOfTheirOwnAreColumnsAndAClashKeepsBoth() throws Exception {
    Path file = temp.resolve("a.tar");
    try (Tars tar = new Tars(file)) {
      tar.add("d/1.blip.txt", "by blip").add("d/1.Caption", "own").add("d/1.png", png);
      tar.add("d/1.json", "{\"caption\": \"field\", \"image\": 5, \"File_Index\": 1, \"\": 2}");
      tar.add("d/1.json", "{\"caption\": \"second\"}").add("d/1.jpg", png).add("d/1.cls", "3");
    }
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().columns())
          .extracting(ColumnInfo::name)
          .containsExactly(
              "key",
              "image",
              "blip.txt",
              "caption",
              "cls",
              "json_caption",
              "json_image",
              "json_File_Index",
              "json_");
      CaptionRow row = rows(dataset).get(0);
      assertThat(row.caption("caption")).isEqualTo("own");
      assertThat(row.caption("json_caption")).isEqualTo("field");
      assertThat(row.image().name()).isEqualTo("d/1.png");
    }
  }

  @Test
  void gnuAndPaxHeadersAreUnderstood() throws Exception {
    String deep = "folder/".repeat(30) + "a";
    for (boolean gnu : new boolean[] {false, true}) {
      Path file = temp.resolve(gnu + ".tar");
      try (Tars tar = gnu ? new Tars(file).gnu() : new Tars(file)) {
        for (String name : List.of(deep + ".png", deep + ".txt", "ü/1.txt", "ü/1.png")) {
          TarArchiveEntry entry = new TarArchiveEntry(name, true);
          entry.setUserId(1L << 40); // does not fit into an octal field
          entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(5, 123_456_789)));
          tar.add(entry, name.endsWith("png") ? png : "caption".getBytes(StandardCharsets.UTF_8));
        }
      }
      try (Dataset dataset = open(file)) {
        List<CaptionRow> rows = rows(dataset);
        assertThat(rows)
            .extracting(row -> row.image().name())
            .containsExactly(deep + ".png", "ü/1.png");
        for (CaptionRow row : rows) {
          assertThat(row.caption("txt")).isEqualTo("caption");
          assertThat(dataset.images().read(row.image()).width()).isEqualTo(9);
        }
      }
    }
  }

  @Test
  void aSampleWithoutItsPartnersStaysARow() throws Exception {
    Path file = temp.resolve("a.tar");
    try (Tars tar = new Tars(file)) {
      tar.add("1.png", png).add("2.txt", "no image").add("3.json", "{\"n\": 1}");
      tar.add("4.txt", "").add("4.png", new byte[0]).add("5.json", "[1]").add("6.json", "{\"n\":");
      tar.add("7.txt", new byte[] {'a', (byte) 0xff, 'b'})
          .add("8.npy", png)
          .add("9", "no extension");
      tar.add("__MACOSX/._1.png", png).add(".hidden", "x");
    }
    try (Dataset dataset = open(file)) {
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows)
          .extracting(row -> row.caption("txt"))
          .containsExactly(null, "no image", null, "", null, null, "a\uFFFDb");
      assertThat(failure(dataset, rows.get(1)).reason()).isEqualTo(Reason.NONE);
      assertThat(failure(dataset, rows.get(3)).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
      assertThat(count(dataset, "n = 1")).isOne();
    }
  }

  @Test
  void numbersThatAreNoneAndTypesThatDifferDoNotStopAnything() throws Exception {
    Path file = temp.resolve("a.tar");
    String big = "123456789012345678901234567890";
    try (Tars tar = new Tars(file)) {
      tar.add(
          "1.json", "{\"a\": NaN, \"b\": 1, \"c\": 1, \"d\": " + big + ", \"e\": 1e999, \"T\": 1}");
      tar.add("2.json", "{\"a\": 0.5, \"b\": 2.5, \"c\": \"x\", \"d\": 1, \"t\": \"\\ud800\"}");
      tar.add("3.json", "{\"a\": -Infinity, \"b\": null, \"c\": true, \"c\": false, \"d\": [[1]]}");
    }
    try (Dataset dataset = open(file)) {
      assertThat(types(dataset))
          .isEqualTo("key VARCHAR, b DOUBLE, c VARCHAR, d VARCHAR, T VARCHAR, a DOUBLE");
      assertThat(count(dataset, "c IN ('1', 'x', 'false') AND d IN ('" + big + "', '1', '[[1]]')"))
          .isEqualTo(3);
      assertThat(count(dataset, "a = 0.5 AND b = 2.5 AND \"T\" = '?'")).isOne();
    }
  }

  @Test
  void namesThatLeadAwayAreOnlyNames() throws Exception {
    Path file = temp.resolve("in").resolve("a.tar");
    Files.createDirectories(file.resolveSibling(""));
    Files.write(temp.resolve("x.png"), Pictures.encoded("png", 1, 1));
    try (Tars tar = new Tars(file)) {
      TarArchiveEntry absolute = new TarArchiveEntry("/etc/x.png", true);
      tar.add("../x.png", png).add("../x.txt", "up").add(absolute, png).add("/etc/x.txt", "root");
    }
    try (Dataset dataset = open(file)) {
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows).extracting(row -> row.caption("txt")).containsExactly("up", "root");
      assertThat(rows.get(0).image().name()).isEqualTo("../x.png");
      assertThat(dataset.images().read(rows.get(0).image()).width()).isEqualTo(9);
      assertThat(dataset.images().read(rows.get(1).image()).width()).isEqualTo(9);
    }
  }

  @Test
  void linksDevicesAndFoldersAreLeftOut() throws Exception {
    Path file = temp.resolve("a.tar");
    try (Tars tar = new Tars(file)) {
      tar.add(new TarArchiveEntry("1/"), new byte[0]);
      for (byte type :
          new byte[] {
            TarConstants.LF_LINK, TarConstants.LF_SYMLINK, TarConstants.LF_CHR, TarConstants.LF_FIFO
          }) {
        TarArchiveEntry link = new TarArchiveEntry("1.png", type);
        link.setLinkName("/etc/passwd");
        tar.add(link, new byte[0]);
      }
      tar.add("1.txt", "text").add("2.png", png).add("2.txt", "two");
    }
    try (Dataset dataset = open(file)) {
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows).extracting(row -> row.caption("txt")).containsExactly("text", "two");
      assertThat(rows.get(0).image()).isEqualTo(new ImageRef.None());
      assertThat(dataset.images().read(rows.get(1).image()).width()).isEqualTo(9);
    }
  }

  @Test
  void aSparseMemberIsARowWhoseImageSaysWhyItIsNotRead() throws Exception {
    byte[] sparse = Tars.header("1.png", 'S', "00000001000\0");
    put(sparse, 257, "ustar  \0"); // GNU's own kind of header
    put(sparse, 386, "00000000000\0" + "00000001000\0"); // 512 bytes at 0
    put(sparse, 483, "00000010000\0"); // of 4096
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Tars.sealed(sparse));
    bytes.writeBytes(new byte[512]);
    bytes.writeBytes(Tars.header("1.txt", '0', "00000000003\0"));
    bytes.writeBytes(Arrays.copyOf(new byte[] {'o', 'n', 'e'}, 512));
    bytes.writeBytes(Tars.header("2.txt", '0', "00000000003\0"));
    bytes.writeBytes(Arrays.copyOf(new byte[] {'t', 'w', 'o'}, 512));
    bytes.writeBytes(new byte[1024]);
    try (Dataset dataset = open(Files.write(temp.resolve("a.tar"), bytes.toByteArray()))) {
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows).extracting(row -> row.caption("txt")).containsExactly("one", "two");
      ImageException failure = failure(dataset, rows.get(0));
      assertThat(failure.reason()).isEqualTo(Reason.UNREADABLE);
      assertThat(failure).hasMessageContaining("1.png").hasMessageContaining("sparse");
      assertThat(dataset.info().shards()).hasSize(1);
    }
  }

  @Test
  void ofATarThatIsCutOffTheWholeSamplesOpenAndTheRestIsListed() throws Exception {
    Path file = write("a.tar", 3);
    byte[] whole = Files.readAllBytes(file);
    int third = 2 * (3 * 512 + (png.length + 511) / 512 * 512); // where the third sample begins
    Path cut = Files.write(temp.resolve("cut.tar"), Arrays.copyOf(whole, third + 512 + 20));
    for (int time = 0; time < 2; time++) { // and so does the copy in the cache
      try (Dataset dataset = open(cut)) {
        assertThat(rows(dataset))
            .extracting(row -> row.caption("txt"))
            .containsExactly("a cat 0", "a cat 1", null);
        assertThat(dataset.images().read(rows(dataset).get(1).image()).width()).isEqualTo(9);
        List<ShardInfo> shards = dataset.info().shards();
        assertThat(shards).extracting(ShardInfo::rows).containsExactly(3L, 0L);
        assertThat(shards.get(1).error()).contains(cut.toString(), "cut off", "3 samples", "again");
        ImageException failure = failure(dataset, rows(dataset).get(2));
        assertThat(failure.reason()).isEqualTo(Reason.NOT_AN_IMAGE);
        assertThat(failure).hasMessageContaining("cut off");
      }
    }
    whole[third + 3] ^= 5; // in the name of a member
    Path damaged = Files.write(temp.resolve("damaged.tar"), whole);
    try (Dataset dataset = open(damaged)) {
      assertThat(dataset.info().shards().get(1).error()).contains("damaged at byte " + third);
      assertThat(rows(dataset)).hasSize(2);
    }
  }

  @Test
  void whatIsNoTarSaysSo() throws Exception {
    assertFails(Files.write(temp.resolve("empty.tar"), new byte[0]), "is empty");
    assertFails(Files.writeString(temp.resolve("html.tar"), "<html>"), "is not a tar");
    assertFails(Files.writeString(temp.resolve("long.tar"), "<html>".repeat(1000)), "is not a tar");
    assertFails(Files.write(temp.resolve("zeros.tar"), new byte[10240]), "holds no samples");
    Path packed = temp.resolve("packed.tar");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(write("a.tar", 1), out);
    }
    assertFails(packed, "compressed with gzip");
    assertFails(Files.copy(packed, temp.resolve("a.tar.gz")), "compressed tar");
    assertFails(Files.copy(packed, temp.resolve("a.tgz")), "unpack it");
  }

  @Test
  void headersThatLieAboutTheirLengthDoNotFillMemory() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Tars.header("1.txt", '0', "00000000003\0"));
    bytes.writeBytes(Arrays.copyOf(new byte[] {'o', 'n', 'e'}, 512));
    for (char type : new char[] {'L', 'x', 'g'}) {
      ByteArrayOutputStream hostile = new ByteArrayOutputStream();
      hostile.writeBytes(bytes.toByteArray());
      hostile.writeBytes(Tars.header("x", type, "77777777777\0"));
      hostile.writeBytes("9".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
      Path file = Files.write(temp.resolve(type + ".tar"), hostile.toByteArray());
      try (Dataset dataset = open(file)) {
        assertThat(rows(dataset)).extracting(row -> row.caption("txt")).containsExactly("one");
        assertThat(dataset.info().shards().get(1).error()).contains("damaged");
      }
    }
    for (int i = 0; i < 100_000; i++) {
      bytes.writeBytes(Tars.header("x", 'x', "00000000000\0"));
    }
    try (Dataset dataset = open(Files.write(temp.resolve("nested.tar"), bytes.toByteArray()))) {
      assertThat(dataset.info().shards().get(1).error()).contains("damaged");
    }
  }

  @Test
  void textAboveTheLimitIsLeftOut() throws Exception {
    Path file = temp.resolve("a.tar");
    try (Tars tar = new Tars(file)) {
      tar.add("1.txt", "x".repeat((1 << 20) + 1))
          .add("1.cap", "y".repeat(1 << 20))
          .add("1.png", png);
      tar.add("2.txt", "two").add("2.png", png);
    }
    try (Dataset dataset = open(file)) {
      assertThat(rows(dataset)).extracting(row -> row.caption("txt")).containsExactly(null, "two");
      assertThat(rows(dataset).get(0).caption("cap")).hasSize(1 << 20);
    }
  }

  @Test
  void fieldsBeyondTheBoundAreLeftOut() throws Exception {
    String fields =
        IntStream.range(0, 1500)
            .mapToObj(i -> "\"f" + i + "\": 1")
            .collect(Collectors.joining(",", "{", "}"));
    try (Tars tar = new Tars(temp.resolve("a.tar"))) {
      tar.add("1.json", fields).add("1.txt", "one");
    }
    try (Dataset dataset = open(temp.resolve("a.tar"))) {
      assertThat(dataset.info().columns()).hasSize(1000);
      assertThat(rows(dataset).get(0).caption("txt")).isEqualTo("one");
    }
  }

  @Test
  void tarsOfDifferentFieldsOpenTogether() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("many"));
    try (Tars tar = new Tars(folder.resolve("0.tar"))) {
      tar.add("1.json", "{\"caption\": \"a\", \"error_message\": null, \"width\": null}");
    }
    try (Tars tar = new Tars(folder.resolve("1.tar"))) {
      tar.add("2.json", "{\"caption\": \"b\", \"error_message\": \"e\", \"width\": 5}")
          .add("2.png", png);
    }
    try (Dataset dataset = open(folder)) {
      assertThat(dataset.info().shards()).allMatch(ShardInfo::readable);
      assertThat(rows(dataset)).extracting(row -> row.caption("caption")).containsExactly("a", "b");
      assertThat(dataset.images().read(rows(dataset).get(1).image()).width()).isEqualTo(9);
    }
  }

  @Test
  void anUnchangedTarIsIndexedOnceAndAChangedOneAgain() throws Exception {
    Path file = write("a.tar", 2);
    open(file).close();
    assertThat(copies()).hasSize(1);
    Path moved = Files.move(file, temp.resolve("b.tar"));
    open(moved).close();
    assertThat(copies()).hasSize(1);
    Files.copy(write("c.tar", 3), moved, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (Dataset dataset = open(moved)) {
      assertThat(rows(dataset)).hasSize(3);
    }
    assertThat(copies()).hasSize(2);
  }

  @Test
  void anImageOfATarThatWasChangedIsNotRead() throws Exception {
    Path file = write("a.tar", 2);
    try (Dataset dataset = open(file)) {
      List<CaptionRow> rows = rows(dataset);
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
      assertThat(failure(dataset, rows.get(0))).hasMessageContaining("changed");
      Files.delete(file);
      assertThat(failure(dataset, rows.get(0)).reason()).isEqualTo(Reason.NOT_FOUND);
      ImageRef.TarMember other = new ImageRef.TarMember(temp.resolve("other.tar"), "x", 0, 10);
      assertThat(
              catchThrowableOfType(ImageException.class, () -> dataset.images().read(other))
                  .reason())
          .isEqualTo(Reason.NOT_FOUND);
    }
  }

  @Test
  void indexingTellsItsProgressInBytesAndCanBeCancelled() throws Exception {
    Path file = write("a.tar", 600);
    List<Progress> told = new ArrayList<>();
    new DatasetOpener(temp.resolve("cache"))
        .open(List.of(file), new ForegroundContext(told::add))
        .close();
    assertThat(told)
        .anyMatch(
            progress ->
                progress.unit().equals("bytes")
                    && progress.total() == file.toFile().length()
                    && progress.done() > 0
                    && progress.done() < progress.total());
    Path other = write("b.tar", 700);
    ForegroundContext[] context = new ForegroundContext[1];
    context[0] = new ForegroundContext(progress -> context[0].cancel());
    assertThatThrownBy(
            () -> new DatasetOpener(temp.resolve("cache")).open(List.of(other), context[0]))
        .isInstanceOf(CancellationException.class);
    assertThat(copies()).hasSize(1);
  }

  private static void put(byte[] into, int at, String text) {
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, into, at, text.length());
  }

  private Path write(String name, int samples) throws Exception {
    Path file = temp.resolve(name);
    try (Tars tar = new Tars(file)) {
      for (int i = 0; i < samples; i++) {
        tar.add(i + ".png", png).add(i + ".txt", "a cat " + i);
      }
    }
    return file;
  }

  private List<Path> copies() throws Exception {
    try (Stream<Path> files = Files.list(temp.resolve("cache/tar"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private void assertFails(Path file, String expected) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(expected);
  }

  private Dataset open(Path path) {
    return new DatasetOpener(temp.resolve("cache")).open(List.of(path), JobContext.unwatched());
  }

  private static String types(Dataset dataset) {
    return dataset.info().columns().stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", "));
  }

  private static ImageException failure(Dataset dataset, CaptionRow row) {
    return catchThrowableOfType(ImageException.class, () -> dataset.images().read(row.image()));
  }

  private static long count(Dataset dataset, String sql) {
    RowQuery query = new RowQuery(List.of(new RowFilter.Sql(sql)), null);
    try (RowView view = dataset.view(dataset.info().mapping(), query, JobContext.unwatched())) {
      return view.size();
    }
  }

  private static List<CaptionRow> rows(Dataset dataset) {
    try (RowView view =
        dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(0, 1000);
    }
  }
}
