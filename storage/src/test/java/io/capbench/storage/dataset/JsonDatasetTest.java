package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.image.ImageException;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonDatasetTest {
  @TempDir Path temp;

  @Test
  void capsFusionExamplesOpenWithTheirMisspeltKey() throws Exception {
    Path file =
        write(
            "caps.json",
            "[{\"laion_2b\": \"r\", \"laion_coco\": \"s\", \"capsfuion_official\": \"f\"}]");
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().mapping().tracks())
          .containsExactly(
              new CaptionTrack("laion_2b", TrackRole.RAW, "laion_2b"),
              new CaptionTrack("laion_coco", TrackRole.SYNTHETIC, "laion_coco"),
              new CaptionTrack("capsfusion", TrackRole.FUSED, "capsfuion_official"));
      assertThat(rows(dataset).get(0).captions()).containsEntry("capsfusion", "f");
      assertThat(dataset.info().shards().get(0).path()).isEqualTo(file);
      assertThat(dataset.info().shards().get(0).bytes()).isEqualTo(Files.size(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.jsonl"})
  void foldersThatLookLikePartitionsReplaceNoKey(String name) throws Exception {
    Files.createDirectories(temp.resolve("raw=7/alt=8"));
    String row = "{\"raw\": \"a red boat\"}";
    Path file = write("raw=7/alt=8/" + name, name.equals("a.json") ? "[" + row + "]" : row);
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().columns()).containsExactly(new ColumnInfo("raw", "VARCHAR"));
      assertThat(rows(dataset).get(0).captions()).containsEntry("raw", "a red boat");
    }
  }

  @Test
  void rowsKeepTheirOrderAndTheirText() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      lines.append("{\"text\": \"caption ").append(i).append("\"}\n");
    }
    lines.append("{\"text\": \"2020-01-02\", \"late\": \"e\\u0301 \\ud83d\\ude00 \\u0000 \\n\"}\n");
    lines.append("{\"text\": null}\n");
    try (Dataset dataset = open(write("rows.jsonl", lines.toString()))) {
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows).hasSize(30_002);
      for (int i = 0; i < 30_000; i++) {
        assertThat(rows.get(i).caption("text")).isEqualTo("caption " + i);
        assertThat(rows.get(i).key().row()).isEqualTo(i);
      }
      assertThat(rows.get(30_000).captions())
          .containsEntry("text", "2020-01-02")
          .containsEntry("late", "e\u0301 \ud83d\ude00 \0 \n");
      assertThat(rows.get(30_001).captions()).isEmpty();
    }
  }

  @Test
  void textThatLooksLikeADateOrAnIdentifierStaysAsItWas() throws Exception {
    String json =
        "[{\"text\": \"2020-1-2\", \"alt\": \"2020-01-02 10:00:00\","
            + " \"raw\": \"550E8400-E29B-41D4-A716-446655440000\", \"caption\": \"10:00:00\"}]";
    try (Dataset dataset = open(write("a.json", json))) {
      assertThat(rows(dataset).get(0).captions().values())
          .containsExactly(
              "2020-1-2",
              "2020-01-02 10:00:00",
              "550E8400-E29B-41D4-A716-446655440000",
              "10:00:00");
    }
  }

  @Test
  void theImportIsMadeOnceAndAgainWhenTheSourceChanges() throws Exception {
    Path file = write("a.json", "[{\"text\": \"one\"}]");
    open(file).close();
    Path copy = imports().get(0);
    Files.setLastModifiedTime(copy, FileTime.fromMillis(0));
    open(file).close();
    assertThat(imports()).containsExactly(copy);
    assertThat(Files.getLastModifiedTime(copy)).isEqualTo(FileTime.fromMillis(0));
    write("a.json", "[{\"text\": \"two\"}]");
    try (Dataset dataset = open(file)) {
      assertThat(rows(dataset).get(0).caption("text")).isEqualTo("two");
    }
    assertThat(imports()).hasSize(2);
  }

  @Test
  void theFingerprintIsThatOfTheSourceWhereverItLies() throws Exception {
    Path file = write("a.json", "[{\"text\": \"one\"}]");
    byte[] bytes = Files.readAllBytes(file);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(bytes);
    sha.update(ByteBuffer.allocate(8).putLong(bytes.length).array());
    Path moved = Files.copy(file, temp.resolve("b.json"));
    try (Dataset dataset = open(moved)) {
      String expected = HexFormat.of().formatHex(sha.digest());
      assertThat(rows(dataset).get(0).key().fingerprint()).isEqualTo(expected);
      assertThat(rows(dataset).get(0).shard()).isEqualTo("b.json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty",
        "' \n' | is empty",
        "[] | has no rows",
        "[1, 2] | is not a JSON array of objects",
        "hello | is not a JSON array of objects",
        "[{\"text\": \"a\"}, | is cut off",
        "[{\"text\": \"a\"} | is cut off",
        "{\"text\": \"a\"} {\"te | is not valid JSON in line 1",
        "[{\"text\": \"a\"}, 3] | holds values that are no objects",
        "{\"\": 1, \"text\": \"a\"} | a key without a name",
        "[{\"text\": \"\\ud800\"}] | is not valid JSON",
        "[{\"Text\": \"a\"}, {\"text\": \"b\"}] | keys that differ in case only (Text, text)",
      })
  void whatIsNotRowsOfJsonSaysSo(String content, String expected) throws Exception {
    Path file = write("a.json", content);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(expected);
    assertThat(imports()).isEmpty();
  }

  @Test
  void theBrokenLineIsNamed() throws Exception {
    Path file = write("a.jsonl", "{\"text\": \"a\"}\n{\"text\": \n{\"text\": \"c\"}\n");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("not valid JSON in line 2");
    Path half = write("b.jsonl", "{\"text\": \"a\"}\n{\"text\": \"\\ud800\"}\n{\"text\": \"c\"}\n");
    assertThatThrownBy(() -> open(half))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("not valid JSON in line 2");
  }

  @Test
  void otherEncodingsAreNamed() throws Exception {
    Path file = temp.resolve("a.json");
    Files.write(file, "[{\"text\": \"a\"}]".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void theAdviceOfTheLibraryIsLeftOut() throws Exception {
    Path file = write("a.jsonl", "{\"text\": \"b\", \"text\": \"c\"}\n");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("duplicate key")
        .hasMessageNotContaining("auto_detect");
  }

  @Test
  void anObjectThatIsTooLargeIsNotCalledInvalid() throws Exception {
    Path file = write("a.jsonl", "{\"text\": \"" + "x".repeat(40 << 20) + "\"}\n{}\n");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("more than 16 MB");
  }

  @Test
  void bytesThatAreNoUtf8AreFoundByTheirLine() throws Exception {
    Path file =
        Files.write(
            temp.resolve("a.jsonl"),
            "{\"text\": \"a\"}\n{\"text\": \"caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("in line 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{\"text\": \"a\"}]", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n"})
  void aByteOrderMarkIsNoPartOfTheRows(String json) throws Exception {
    try (Dataset dataset = open(write("a.json", "\uFEFF" + json))) {
      assertThat(dataset.info().columns()).extracting(ColumnInfo::name).containsExactly("text");
      assertThat(rows(dataset).get(0).caption("text")).isEqualTo("a");
    }
    assertThat(imports()).hasSize(1);
  }

  @Test
  void objectsWithManyKeysKeepTheirColumns() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      lines.append("{\"text\": \"t\", \"key %d\": %d}%n".formatted(i, i));
    }
    try (Dataset dataset = open(write("a.jsonl", lines.toString()))) {
      assertThat(dataset.info().columns()).hasSize(301);
      assertThat(rows(dataset).get(299).caption("text")).isEqualTo("t");
    }
  }

  @Test
  void anImageFolderFindsItsFiles() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("images"));
    Files.createDirectories(folder.resolve("train"));
    Files.write(folder.resolve("train/a.png"), Pictures.encoded("png", 6, 4));
    Files.writeString(
        folder.resolve("metadata.jsonl"),
        """
        {"file_name": "train/a.png", "text": "a"}
        {"file_name": "../outside.png", "text": "b"}
        {"file_name": "nul\\u0000.png", "text": "c"}
        {"file_name": null, "text": "d"}
        """);
    try (Dataset dataset = open(folder)) {
      assertThat(dataset.info().mapping().imageKind()).isEqualTo(ImageKind.FILE);
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows.get(0).image())
          .isEqualTo(new ImageRef.File(folder.resolve("train/a.png"), "train/a.png"));
      assertThat(dataset.images().read(rows.get(0).image()).width()).isEqualTo(6);
      assertThatThrownBy(() -> dataset.images().read(rows.get(1).image()))
          .isInstanceOf(ImageException.class)
          .hasMessageContaining("outside");
      assertThatThrownBy(() -> dataset.images().read(rows.get(2).image()))
          .isInstanceOf(ImageException.class);
      assertThat(rows.get(3).image()).isEqualTo(new ImageRef.None());
    }
  }

  private List<Path> imports() throws Exception {
    Path folder = temp.resolve("cache").resolve("json");
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
