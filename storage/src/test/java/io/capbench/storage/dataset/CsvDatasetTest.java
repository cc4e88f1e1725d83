package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.image.Pictures;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvDatasetTest {
  private static final String DREAM_LIP =
      ",raw a,short ib,\"long, ib\",short sv,long sv,short lla,long lla\n";

  @TempDir Path temp;

  @Test
  void theFirstLineNamesColumnsOfText() throws Exception {
    Path file = write("a.csv", "url,raw,laion_coco\nhttp://x/1,007,2020-01-02\n,1.50,true\n");
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().columns())
          .containsExactly(
              new ColumnInfo("url", "VARCHAR"),
              new ColumnInfo("raw", "VARCHAR"),
              new ColumnInfo("laion_coco", "VARCHAR"));
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows.get(0).captions().values()).containsExactly("007", "2020-01-02");
      assertThat(rows.get(0).image()).isEqualTo(new ImageRef.Url("http://x/1"));
      assertThat(rows.get(1).captions().values()).containsExactly("1.50", "true");
      assertThat(rows.get(1).image()).isEqualTo(new ImageRef.None());
    }
  }

  @Test
  void foldersThatLookLikePartitionsReplaceNoColumn() throws Exception {
    Files.createDirectories(temp.resolve("raw=7"));
    Path file = write("raw=7/a.csv", "raw,alt\na red boat,x\n");
    try (Dataset dataset = open(file)) {
      assertThat(rows(dataset).get(0).captions()).containsEntry("raw", "a red boat");
    }
  }

  @Test
  void quotedFieldsMayHoldLinesSeparatorsAndQuotes() throws Exception {
    Path file =
        write(
            "a.csv",
            "\uFEFF\"text\",\"a \"\"b\"\",\nc\"\n\"one\ntwo, three\",\"say \"\"hi\"\"\"\n5' 3\" tall,\"\"\n");
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().columns())
          .extracting(ColumnInfo::name)
          .containsExactly("text", "a \"b\",\nc");
      assertThat(rows(dataset).get(0).captions().values())
          .containsExactly("one\ntwo, three", "say \"hi\"");
      assertThat(rows(dataset).get(1).captions().values()).containsExactly("5' 3\" tall");
    }
  }

  @Test
  void tabsSeparateInTsvAndCommasAreText() throws Exception {
    Path csv = write("a.csv", "raw\talt\n1\t2\n");
    try (Dataset dataset = open(csv)) {
      assertThat(dataset.info().columns()).hasSize(1);
    }
    try (Dataset dataset = open(Files.copy(csv, temp.resolve("a.tsv")))) {
      assertThat(rows(dataset).get(0).captions().values()).containsExactly("1", "2");
    }
  }

  @Test
  void compressedFilesOpenAndKeepTheOrderOfTheirRows() throws Exception {
    StringBuilder text = new StringBuilder("text,alt\r\n");
    for (int i = 0; i < 30_000; i++) {
      text.append("\"caption\n").append(i).append("\",x\r\n");
    }
    Path file = temp.resolve("A.CSV.GZ");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    try (Dataset dataset = open(file)) {
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows).hasSize(30_000);
      for (int i = 0; i < 30_000; i++) {
        assertThat(rows.get(i).caption("text")).isEqualTo("caption\n" + i);
      }
    }
    byte[] whole = Files.readAllBytes(file);
    Path cut = Files.write(temp.resolve("cut.csv.gz"), Arrays.copyOf(whole, 5_000));
    assertFails(cut, "cut.csv.gz");
    assertFails(write("no.csv.gz", "a,b\n1,2\n"), "is no whole gzip file");
  }

  @Test
  void dreamLipOpensWithoutNames() throws Exception {
    Files.createDirectories(temp.resolve("train"));
    Files.write(temp.resolve("train/1.png"), Pictures.encoded("png", 6, 4));
    Path file = write("dream.csv", "train/1.png" + DREAM_LIP + "train/2.png" + DREAM_LIP);
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().mapping().imageKind()).isEqualTo(ImageKind.FILE);
      assertThat(dataset.info().mapping().tracks())
          .containsExactly(
              new CaptionTrack("raw", TrackRole.RAW, "raw"),
              new CaptionTrack("shortIB", TrackRole.SYNTHETIC, "shortIB"),
              new CaptionTrack("shortSV", TrackRole.SYNTHETIC, "shortSV"),
              new CaptionTrack("shortLLA", TrackRole.SYNTHETIC, "shortLLA"),
              new CaptionTrack("longIB", TrackRole.LONG, "longIB"),
              new CaptionTrack("longSV", TrackRole.LONG, "longSV"),
              new CaptionTrack("longLLA", TrackRole.LONG, "longLLA"));
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows).hasSize(2);
      assertThat(rows.get(0).captions()).containsEntry("longIB", "long, ib");
      assertThat(dataset.images().read(rows.get(0).image()).width()).isEqualTo(6);
    }
  }

  @Test
  void dreamLipMayNameAddresses() throws Exception {
    try (Dataset dataset = open(write("dream.csv", "https://x/1.jpg" + DREAM_LIP))) {
      assertThat(rows(dataset).get(0).image()).isEqualTo(new ImageRef.Url("https://x/1.jpg"));
    }
  }

  @Test
  void aColumnWithoutANameIsNoCaption() throws Exception {
    try (Dataset dataset = open(write("pandas.csv", ",text\n0,a\n1,b\n"))) {
      assertThat(dataset.info().columns())
          .extracting(ColumnInfo::name)
          .containsExactly("unnamed 1", "text");
      assertThat(rows(dataset).get(1).captions()).containsOnlyKeys("text");
    }
  }

  @Test
  void theImportIsMadeOnce() throws Exception {
    Path file = write("a.csv", "text\na\n");
    open(file).close();
    List<Path> first = imports();
    open(Files.copy(file, temp.resolve("b.csv"))).close();
    assertThat(imports()).hasSize(1).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "``|is empty",
        "`\n\na,b\n1,2\n`|begins with an empty line",
        "`a,b\n`|has no rows",
        "`a,A\n1,2\n`|has two columns called A",
        "`a,b\n1,2\n1\n`|row 3 (the first line is row 1), has 1 field where the first line has 2",
        "`a,b\n1,2,3\n`|row 2 (the first line is row 1), has 3 fields where the first line has 2",
        "`a,b\n\"1\n\",2\n1,\"x\n3,4\n`|row 3 (the first line is row 1), has a quoted field that does not end",
        "`a,b\n\"x\" y,2\n`|goes on behind its end",
        "`a,b\n1,2\r\n3,4\n`|its lines end in different ways",
      })
  void whatIsNoTableSaysSo(String content, String expected) throws Exception {
    assertFails(write("a.csv", content), expected);
    assertThat(imports()).isEmpty();
  }

  @Test
  void otherEncodingsAreNamed() throws Exception {
    Path early = temp.resolve("early.csv");
    Files.write(early, "text\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertFails(early, "is not UTF-8");
    Path late = temp.resolve("late.csv");
    String rows = "text\n" + "a caption\n".repeat(20_000) + "caf\u00e9\n";
    Files.write(late, rows.getBytes(StandardCharsets.ISO_8859_1));
    assertFails(late, "row 20002 (the first line is row 1), is not UTF-8");
    Path wide = temp.resolve("wide.csv");
    Files.write(wide, "\uFEFFtext\na\n".getBytes(StandardCharsets.UTF_16LE));
    assertFails(wide, "is not UTF-8");
    Path unmarked = temp.resolve("unmarked.csv");
    Files.write(unmarked, "text\na\n".getBytes(StandardCharsets.UTF_16LE));
    assertFails(unmarked, "is not UTF-8");
  }

  @Test
  void aRowThatIsTooLongIsNamed() throws Exception {
    assertFails(write("a.csv", "a,b\n1," + "x".repeat(17 << 20) + "\n"), "longer than 16 MB");
    String last = "a,b\n1,2\n3," + "x".repeat(40 << 20); // DuckDB leaves such a row out
    assertFails(write("last.csv", last), "row 3 (the first line is row 1), is longer than 16 MB");
  }

  @Test
  void whatTakesTooMuchMemoryNamesNoSettings() throws Exception {
    String head =
        IntStream.range(0, 30_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    Path file = write("a.csv", head + "\n" + "x,".repeat(29_999) + "x\n");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageStartingWith(file + " cannot be imported: it takes more memory")
        .hasMessageContaining("fewer")
        .hasMessageNotContaining("SET ");
  }

  private void assertFails(Path file, String expected) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(expected)
        .hasMessageNotContaining("strict_mode");
  }

  private List<Path> imports() throws Exception {
    Path folder = temp.resolve("cache").resolve("csv");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private Path write(String name, String content) throws Exception {
    return Files.writeString(temp.resolve(name), content);
  }

  private Dataset open(Path path) {
    return new DatasetOpener(temp.resolve("cache")).open(List.of(path), JobContext.unwatched());
  }

  private static List<CaptionRow> rows(Dataset dataset) {
    try (RowView view =
        dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(0, 100_000);
    }
  }
}
