package io.capbench.storage.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.storage.export.ExportRequest.Choice;
import io.capbench.storage.export.ExportRequest.Target;
import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebDatasetExporterTest {
  @TempDir Path folder;
  private final MemoryDataset data = new MemoryDataset();

  private ExportReport export(Path out, int perShard, DecisionSelection selection) {
    return new WebDatasetExporter()
        .export(
            new ExportRequest(
                data.source(),
                new Choice(
                    selection,
                    CaptionPolicy.defaultFor(data.info().mapping()),
                    Map.of("where", "len(fused) > 3", "order", "alt")),
                new Target(out, perShard, false)),
            JobContext.unwatched());
  }

  private ExportReport exportAll(int perShard) {
    return export(folder.resolve("out"), perShard, DecisionSelection.ALL);
  }

  private Path out(String name) {
    return folder.resolve("out").resolve(name);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private List<String> parquet(String columns, String name) throws SQLException {
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var query = duck.createStatement();
        var result = query.executeQuery("SELECT " + columns + " FROM '" + out(name) + "'")) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }

  @Test
  void acceptedRowsLeaveWithThePersonsCaption() throws Exception {
    data.rows(5);
    data.decide(0, Verdict.ACCEPTED, null, null);
    data.decide(1, Verdict.REJECTED, null, null);
    data.decide(2, Verdict.ACCEPTED, "alt", null);
    data.decide(4, Verdict.ACCEPTED, "alt", "written by Ada");

    ExportReport report = export(folder.resolve("out"), 10_000, DecisionSelection.ACCEPTED);

    TarReader tar = new TarReader(out("00000.tar"));
    assertThat(tar.names())
        .containsExactly(
            "000000000.jpg",
            "000000000.json",
            "000000000.txt",
            "000000001.jpg",
            "000000001.json",
            "000000001.txt",
            "000000002.jpg",
            "000000002.json",
            "000000002.txt");
    assertThat(tar.text("000000000.txt")).isEqualTo("fused 0");
    assertThat(tar.text("000000001.txt")).isEqualTo("alt 2");
    assertThat(tar.text("000000002.txt")).isEqualTo("written by Ada");
    assertThat(tar.content.get("000000001.jpg"))
        .isEqualTo("picture 2".getBytes(StandardCharsets.UTF_8));
    assertThat(report.samples()).isEqualTo(3);
    assertThat(report.shards()).isEqualTo(1);
    assertThat(report.dropped()).isEqualTo(Map.of("not-accepted", 2L));
    assertThat(report.bytes())
        .isEqualTo(Files.size(out("00000.tar")) + Files.size(out("00000.parquet")));
    assertThat(report.manifest()).isEqualTo(out("manifest.json"));
    assertThat(report.seconds()).isPositive();
  }

  @Test
  void undecidedRowsLeaveUnlessRejected() {
    data.rows(3);
    data.decide(1, Verdict.REJECTED, null, "written");
    ExportReport report = export(folder.resolve("out"), 10, DecisionSelection.NOT_REJECTED);
    assertThat(report.samples()).isEqualTo(2);
    assertThat(report.dropped()).isEqualTo(Map.of("rejected", 1L));
  }

  @Test
  void theJsonHasTheFieldsOfImg2datasetAndWhereTheSampleComesFrom() throws Exception {
    data.rows(2);
    data.decide(1, Verdict.ACCEPTED, null, "mine");
    exportAll(10_000);

    TarReader tar = new TarReader(out("00000.tar"));
    JsonNode sample = tar.json("000000001.json");
    List<String> names = new ArrayList<>();
    sample.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "uid",
            "alt",
            "fused",
            "caption",
            "url",
            "key",
            "status",
            "error_message",
            "width",
            "height",
            "original_width",
            "original_height",
            "exif",
            "sha256",
            "capbench_caption_source",
            "capbench_verdict",
            "capbench_annotator",
            "capbench_shard",
            "capbench_row",
            "capbench_row_key");
    assertThat(sample.toString())
        .isEqualTo(
            "{\"uid\":\""
                + data.rows.get(1).uid()
                + "\",\"alt\":\"alt 1\",\"fused\":\"fused 1\","
                + "\"caption\":\"mine\",\"url\":\"1.jpg\",\"key\":\"000000001\","
                + "\"status\":\"success\",\"error_message\":null,\"width\":41,\"height\":30,"
                + "\"original_width\":41,\"original_height\":30,\"exif\":\"{}\",\"sha256\":\""
                + Sha256.of("picture 1".getBytes(StandardCharsets.UTF_8))
                + "\",\"capbench_caption_source\":\"edited\",\"capbench_verdict\":\"accepted\","
                + "\"capbench_annotator\":\"Ada\",\"capbench_shard\":\"shard.parquet\","
                + "\"capbench_row\":1,\"capbench_row_key\":\""
                + data.rows.get(1).key()
                + "\"}");
    assertThat(tar.text("000000000.json"))
        .startsWith("{\n    \"uid\": \"")
        .contains("\n    \"capbench_verdict\": null,\n")
        .endsWith("\n}");
  }

  @Test
  void captionsOfAnyScriptArriveAsTheyAre() throws Exception {
    List<String> captions =
        List.of(
            "two\nlines\r\n",
            "family 👨‍👩‍👧 and 🇫🇷",
            "قطة على السجادة\u200f!",
            "<b onload=\"x\">&amp; \\ \u0000 \t</b>",
            "  spaces  ");
    captions.forEach(caption -> data.row(Map.of("fused", caption)));
    exportAll(100);
    TarReader tar = new TarReader(out("00000.tar"));
    for (int i = 0; i < captions.size(); i++) {
      String key = "000000" + i;
      assertThat(tar.content.get(key + ".txt"))
          .isEqualTo(captions.get(i).getBytes(StandardCharsets.UTF_8));
      assertThat(tar.json(key + ".json").get("caption").asText()).isEqualTo(captions.get(i));
      assertThat(tar.json(key + ".json").get("alt").isNull()).isTrue();
    }
    assertThat(parquet("count(*) FILTER (caption = fused)", "00000.parquet")).containsExactly("5");
  }

  @Test
  void membersHaveFixedHeadersAndStandSortedByExtension() throws Exception {
    data.rows(4);
    data.image(1, Format.PNG);
    data.image(2, Format.GIF);
    data.image(3, Format.BMP);
    exportAll(10);
    TarReader tar = new TarReader(out("00000.tar"));
    assertThat(tar.names())
        .containsExactly(
            "000000.jpg",
            "000000.json",
            "000000.txt",
            "000001.json",
            "000001.png",
            "000001.txt",
            "000002.gif",
            "000002.json",
            "000002.txt",
            "000003.bmp",
            "000003.json",
            "000003.txt");
    assertThat(tar.entries)
        .allSatisfy(
            entry -> {
              assertThat(entry.getMode()).isEqualTo(0444);
              assertThat(entry.getLongUserId()).isZero();
              assertThat(entry.getLongGroupId()).isZero();
              assertThat(entry.getUserName()).isEqualTo("capbench");
              assertThat(entry.getGroupName()).isEqualTo("capbench");
              assertThat(entry.getLastModifiedTime()).hasToString("2000-01-01T00:00:00Z");
              assertThat(entry.getExtraPaxHeaders()).isEmpty();
            });
  }

  @Test
  void shardsRollOverAndKeysCountInEach() throws Exception {
    data.rows(25);
    ExportReport report = exportAll(10);
    assertThat(report.shards()).isEqualTo(3);
    assertThat(new TarReader(out("00001.tar")).names())
        .hasSize(30)
        .startsWith("000010.jpg")
        .endsWith("000019.txt");
    assertThat(new TarReader(out("00002.tar")).names()).hasSize(15).endsWith("000024.txt");
    assertThat(parquet("key", "00002.parquet"))
        .containsExactly("000020", "000021", "000022", "000023", "000024");
  }

  @Test
  void keysHaveTheDigitsThatImg2datasetGivesThem() {
    assertThat(new SampleKeys(10_000).sample(1, 5)).isEqualTo("000010005");
    assertThat(new SampleKeys(10).sample(0, 9)).isEqualTo("000009");
    assertThat(new SampleKeys(11).sample(0, 10)).isEqualTo("0000010");
    assertThat(new SampleKeys(1_000).sample(12, 0)).isEqualTo("00012000");
    assertThat(new SampleKeys(1).sample(7, 0)).isEqualTo("00007");
    assertThat(new SampleKeys(10).sample(123_456, 1)).isEqualTo("1234561");
    assertThatIllegalArgumentException().isThrownBy(() -> new Target(folder, 0, false));
  }

  @Test
  void aMissingImageStandsInTheParquetWithItsReasonAndNotInTheTar() throws Exception {
    data.rows(4);
    data.failures.put("1.jpg", Reason.NOT_FOUND);
    data.failures.put("2.jpg", Reason.TIMEOUT);
    ExportReport report = exportAll(100);

    assertThat(new TarReader(out("00000.tar")).names())
        .containsExactly(
            "0000000.jpg",
            "0000000.json",
            "0000000.txt",
            "0000003.jpg",
            "0000003.json",
            "0000003.txt");
    assertThat(parquet("key, status, error_message, width, caption, exif", "00000.parquet"))
        .containsExactly(
            "0000000|success|null|40|fused 0|{}",
            "0000001|failed_to_download|image-not-found|null|fused 1|null",
            "0000002|failed_to_download|image-timeout|null|fused 2|null",
            "0000003|success|null|43|fused 3|{}");
    assertThat(report.samples()).isEqualTo(2);
    assertThat(report.dropped()).isEqualTo(Map.of("image-not-found", 1L, "image-timeout", 1L));
    JsonNode stats = json(out("00000_stats.json"));
    assertThat(stats.get("count").asInt()).isEqualTo(4);
    assertThat(stats.get("successes").asInt()).isEqualTo(2);
    assertThat(stats.get("failed_to_download").asInt()).isEqualTo(2);
    assertThat(stats.get("failed_to_resize").asInt()).isZero();
    assertThat(stats.get("status_dict"))
        .hasToString("{\"success\":2,\"image-not-found\":1,\"image-timeout\":1}");
    assertThat(out("00000_stats.json"))
        .content()
        .containsPattern("\"start_time\": [0-9]{10}[.][0-9]{3},");
    assertThat(stats.get("end_time").asDouble() - stats.get("start_time").asDouble())
        .isCloseTo(stats.get("duration").asDouble(), org.assertj.core.data.Offset.offset(0.002));
  }

  @Test
  void aDatasetWithoutImagesLeavesAsText() throws Exception {
    data.imageKind = ImageKind.NONE;
    data.rows(2);
    ExportReport report = exportAll(10);
    TarReader tar = new TarReader(out("00000.tar"));
    assertThat(tar.names())
        .containsExactly("000000.json", "000000.txt", "000001.json", "000001.txt");
    assertThat(tar.json("000000.json").get("url").isNull()).isTrue();
    assertThat(tar.json("000000.json").get("sha256").isNull()).isTrue();
    assertThat(tar.json("000000.json").get("status").asText()).isEqualTo("success");
    assertThat(report.dropped()).isEmpty();
  }

  @Test
  void rowsWithoutACaptionAreDroppedAndTakeNoKey() throws Exception {
    data.row(Map.of("fused", "one"));
    data.row(Map.of("alt", "not in the policy"));
    data.row(Map.of("fused", " "));
    data.row(Map.of("fused", "two"));
    ExportReport report = exportAll(10);
    assertThat(report.dropped()).isEqualTo(Map.of("no-caption", 2L));
    assertThat(new TarReader(out("00000.tar")).text("000001.txt")).isEqualTo("two");
  }

  @Test
  void aTrackNamedLikeAFieldDoesNotHideIt() throws Exception {
    data.tracks =
        List.of(
            new CaptionTrack("caption", TrackRole.RAW, "a"),
            new CaptionTrack("Key", TrackRole.OTHER, "b"),
            new CaptionTrack("fused", TrackRole.FUSED, "c"));
    data.row(Map.of("caption", "raw text", "Key", "k", "fused", "chosen"));
    exportAll(10);
    JsonNode sample = new TarReader(out("00000.tar")).json("000000.json");
    assertThat(sample.get("caption").asText()).isEqualTo("chosen");
    assertThat(sample.get("track_caption").asText()).isEqualTo("raw text");
    assertThat(sample.get("track_Key").asText()).isEqualTo("k");
    assertThat(sample.get("key").asText()).isEqualTo("000000");
  }

  @Test
  void twoExportsOfTheSameAreTheSameBytes() throws Exception {
    data.rows(23);
    data.failures.put("3.jpg", Reason.TOO_LARGE);
    data.decide(5, Verdict.ACCEPTED, null, "mine");
    export(folder.resolve("one"), 10, DecisionSelection.ALL);
    export(folder.resolve("two"), 10, DecisionSelection.ALL);
    List<String> names;
    try (Stream<Path> files = Files.list(folder.resolve("one"))) {
      names = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    assertThat(names)
        .containsExactly(
            "00000.parquet",
            "00000.tar",
            "00000_stats.json",
            "00001.parquet",
            "00001.tar",
            "00001_stats.json",
            "00002.parquet",
            "00002.tar",
            "00002_stats.json",
            "manifest.json");
    for (String name : names) {
      if (!name.endsWith("_stats.json")) {
        assertThat(folder.resolve("one").resolve(name))
            .hasSameBinaryContentAs(folder.resolve("two").resolve(name));
      }
    }
  }

  @Test
  void theManifestSaysWhatWentInAndWhatCameOut() throws Exception {
    data.rows(3);
    data.failures.put("0.jpg", Reason.NONE);
    exportAll(2);
    JsonNode manifest = json(out("manifest.json"));
    assertThat(manifest.get("source"))
        .hasToString(
            "[{\"name\":\"shard.parquet\",\"fingerprint\":\""
                + MemoryDataset.FINGERPRINT
                + "\",\"rows\":3}]");
    assertThat(manifest.get("selection").asText()).isEqualTo("all");
    assertThat(manifest.get("captions").asText()).isEqualTo("edited,preferred,track:fused");
    assertThat(manifest.get("query"))
        .hasToString("{\"order\":\"alt\",\"where\":\"len(fused) > 3\"}");
    assertThat(manifest.get("samples").asInt()).isEqualTo(2);
    assertThat(manifest.get("shards").asInt()).isEqualTo(2);
    assertThat(manifest.get("samples_per_shard").asInt()).isEqualTo(2);
    assertThat(manifest.get("dropped")).hasToString("{\"image-none\":1}");
    List<String> names = new ArrayList<>();
    for (JsonNode file : manifest.get("files")) {
      Path exported = out(file.get("name").asText());
      names.add(file.get("name").asText());
      assertThat(file.get("bytes").asLong()).isEqualTo(Files.size(exported));
      assertThat(file.get("sha256").asText()).isEqualTo(Sha256.of(Files.readAllBytes(exported)));
    }
    assertThat(names).containsExactly("00000.tar", "00000.parquet", "00001.tar", "00001.parquet");
  }

  @Test
  void rowsAreReadInPagesAndProgressCountsThem() {
    data.rows(1_200);
    List<Long> progress = new ArrayList<>();
    new WebDatasetExporter()
        .export(
            new ExportRequest(
                data.source(),
                new Choice(
                    DecisionSelection.ACCEPTED,
                    CaptionPolicy.defaultFor(data.info().mapping()),
                    Map.of()),
                new Target(folder.resolve("out"), 10, false)),
            new CancellableContext(Long.MAX_VALUE, progress));
    assertThat(data.pages).containsExactly(500, 500, 500);
    assertThat(progress).hasSize(1_200).isSorted().endsWith(1_200L);
    assertThat(folder.resolve("out")).isDirectoryContaining("glob:**/manifest.json");
  }
}
