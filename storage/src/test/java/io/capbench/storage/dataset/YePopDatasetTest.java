package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.Pictures;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YePopDatasetTest {
  @TempDir Path temp;
  private Path root;
  private Path chunk;

  @BeforeEach
  void writeChunks() throws Exception {
    root = temp.resolve("ye-pop");
    chunk = root.resolve("images/chunk_1");
    chunk(chunk, "00001", 1, 2, 10);
    chunk(root.resolve("images/chunk_2"), "00002", 201);
    Files.writeString(root.resolve("images/not_a_chunk.txt"), "x");
    Files.createDirectories(root.resolve("images/empty"));
  }

  @Test
  void aChunkOpensWithItsCaptionsAndTheImagesInItsZip() throws Exception {
    for (Path path : List.of(chunk, chunk.resolve("00001.json"))) {
      try (Dataset dataset = open(path)) {
        assertThat(dataset.info().columns())
            .extracting(ColumnInfo::name)
            .containsExactly(
                "id", "filename", "url", "alt_txt", "llava_caption", "cogvlm_caption", "extra");
        assertThat(dataset.info().mapping().tracks())
            .containsExactly(
                new CaptionTrack("alt_txt", TrackRole.RAW, "alt_txt"),
                new CaptionTrack("llava_caption", TrackRole.SYNTHETIC, "llava_caption"),
                new CaptionTrack("cogvlm_caption", TrackRole.SYNTHETIC, "cogvlm_caption"));
        List<CaptionRow> rows = rows(dataset);
        assertThat(rows)
            .extracting(row -> row.caption("alt_txt"))
            .containsExactly("alt 1", "alt 2", "alt 10");
        assertThat(rows.get(2).image())
            .isEqualTo(new ImageRef.ZipMember(chunk.resolve("00001.zip"), "000000010.jpg"));
        assertThat(dataset.images().read(rows.get(2).image()).bytes()).isEqualTo(picture(10));
      }
    }
  }

  @Test
  void theRootOpensAllChunksInNaturalOrder() throws Exception {
    chunk(root.resolve("images/chunk_10"), "00010", 300);
    for (Path path : List.of(root, root.resolve("images"))) {
      try (Dataset dataset = open(path)) {
        assertThat(dataset.info().shards()).extracting(ShardInfo::rows).containsExactly(3L, 1L, 1L);
        List<CaptionRow> rows = rows(dataset);
        assertThat(rows.get(4).caption("alt_txt")).isEqualTo("alt 300");
        assertThat(dataset.images().read(rows.get(3).image()).bytes()).isEqualTo(picture(201));
        assertThat(dataset.images().read(rows.get(4).image()).bytes()).isEqualTo(picture(300));
      }
    }
  }

  @Test
  void moreZipsThanAreKeptOpenAreRead() throws Exception {
    for (int i = 3; i < 20; i++) {
      chunk(root.resolve("images/chunk_" + i), "c" + i, i);
    }
    try (Dataset dataset = open(root)) {
      List<CaptionRow> rows = rows(dataset);
      for (int time = 0; time < 2; time++) {
        for (CaptionRow row : rows) {
          int id = Integer.parseInt(row.caption("alt_txt").substring(4));
          assertThat(dataset.images().read(row.image()).bytes()).isEqualTo(picture(id));
        }
      }
    }
  }

  @Test
  void aMemberThatIsMissingOrDamagedHasAReason() throws Exception {
    Path zip = chunk.resolve("00001.zip");
    Map<String, byte[]> members = new TreeMap<>();
    members.put("images/000000001.jpg", picture(1));
    members.put("images/000000010.jpg", "no image".getBytes(StandardCharsets.UTF_8));
    zip(zip, members, true);
    byte[] bytes = Files.readAllBytes(zip);
    String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
    // A stored picture's bytes begin behind the name in its header.
    bytes[latin1.indexOf("000000001.jpg") + 13 + 200] ^= 1;
    Files.write(zip, bytes);
    try (Dataset dataset = open(chunk)) {
      List<CaptionRow> rows = rows(dataset);
      ImageException damaged = failure(dataset, rows.get(0));
      assertThat(damaged.reason()).isEqualTo(Reason.UNREADABLE);
      assertThat(damaged).hasMessageContaining("CRC").hasMessageContaining("000000001.jpg");
      assertThat(failure(dataset, rows.get(1)).reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(failure(dataset, rows.get(2)).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
      Files.setLastModifiedTime(zip, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
      assertThat(failure(dataset, rows.get(0))).hasMessageContaining("changed");
    }
    Files.writeString(zip, "no zip");
    try (Dataset dataset = open(chunk)) {
      assertThat(rows(dataset).get(1).caption("alt_txt")).isEqualTo("alt 2");
      assertThat(failure(dataset, rows(dataset).get(0)).reason()).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  void aZipBombIsRefused() throws Exception {
    Path zip = chunk.resolve("00001.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("000000001.jpg"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 65; i++) {
        out.write(zeros);
      }
    }
    try (Dataset dataset = open(chunk)) {
      assertThat(failure(dataset, rows(dataset).get(0)).reason()).isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Test
  void withoutItsZipTheAddressesOfTheWebAreTheImages() throws Exception {
    Files.delete(chunk.resolve("00001.zip"));
    try (Dataset dataset = open(chunk.resolve("00001.json"))) {
      assertThat(rows(dataset).get(0).image()).isEqualTo(new ImageRef.Url("https://example.org/1"));
    }
  }

  @Test
  void anObjectOfObjectsThatIsCutOffOpensAsFarAsItIsWhole() throws Exception {
    Path file = temp.resolve("a.json");
    Files.writeString(
        file, "{\"1\": {\"text\": \"one\"}, \"2\": {\"id\": 5}, \"3\": null, \"4\": {\"te");
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().columns())
          .extracting(ColumnInfo::name)
          .containsExactly("id", "text", "json_id");
      assertThat(dataset.info().shards()).extracting(ShardInfo::rows).containsExactly(3L, 0L);
      assertThat(dataset.info().shards().get(1).error()).contains("behind its row 3");
    }
    Files.writeString(file, "{\"1\": {\"text\": \"o");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void anObjectOfManyObjectsIsReadToItsEnd() throws Exception {
    StringBuilder rows = new StringBuilder("{");
    for (int i = 0; i < 1000; i++) {
      rows.append(i == 0 ? "" : ",").append("\"%d\": {\"text\": \"t %d\"}".formatted(i, i));
    }
    Path file = Files.writeString(temp.resolve("a.json"), rows.append("}"));
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().rows()).isEqualTo(1000);
      assertThat(rows(dataset).get(999).caption("text")).isEqualTo("t 999");
    }
  }

  @Test
  void objectsInLinesAreNotTakenForAnObjectOfObjects() throws Exception {
    Path lines = temp.resolve("a.json");
    Files.writeString(lines, "{\"meta\": {\"a\": 1}}\n{\"meta\": {\"a\": 2}}\n");
    Path mixed = temp.resolve("b.json");
    Files.writeString(mixed, "{\"meta\": {\"a\": 1}, \"text\": \"x\"}\n");
    try (Dataset dataset = open(lines)) {
      assertThat(dataset.info().columns()).extracting(ColumnInfo::name).containsExactly("meta");
      assertThat(dataset.info().rows()).isEqualTo(2);
    }
    try (Dataset dataset = open(mixed)) {
      assertThat(rows(dataset).get(0).caption("text")).isEqualTo("x");
    }
  }

  private static void chunk(Path folder, String name, int... ids) throws Exception {
    Files.createDirectories(folder);
    List<String> rows = new ArrayList<>();
    Map<String, byte[]> members = new TreeMap<>();
    members.put("images/readme.txt", new byte[] {'x'});
    for (int id : ids) {
      String file = String.format("%09d.jpg", id);
      members.put("images/" + file, picture(id));
      rows.add(
          """
          "%d": {"filename": "%s", "url": "https://example.org/%d", "alt_txt": "alt %d",
          "llava_caption": "llava", "cogvlm_caption": "cog\\n%d", "extra": 1.5}"""
              .formatted(id, file, id, id, id));
    }
    zip(folder.resolve(name + ".zip"), members, false);
    Files.writeString(folder.resolve(name + ".json"), "{" + String.join(", ", rows) + "}");
  }

  private static byte[] picture(int id) {
    return Pictures.encoded("jpg", id % 50 + 1, 5);
  }

  private static void zip(Path file, Map<String, byte[]> members, boolean plain) throws Exception {
    try (OutputStream bytes = Files.newOutputStream(file);
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.setLevel(plain ? 0 : 6);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        out.putNextEntry(new ZipEntry(member.getKey()));
        out.write(member.getValue());
      }
    }
  }

  private static ImageException failure(Dataset dataset, CaptionRow row) {
    return catchThrowableOfType(ImageException.class, () -> dataset.images().read(row.image()));
  }

  private Dataset open(Path path) {
    return new DatasetOpener(temp.resolve("cache")).open(List.of(path), JobContext.unwatched());
  }

  private static List<CaptionRow> rows(Dataset dataset) {
    try (RowView view =
        dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(0, 1000);
    }
  }
}
