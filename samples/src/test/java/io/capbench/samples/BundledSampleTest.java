package io.capbench.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.capbench.samples.caption.Track;
import io.capbench.samples.draw.ScenePainter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the committed dataset to the program that makes it. */
class BundledSampleTest {
  private static final Path FOLDER = Path.of("sample-world");

  /** Mean difference, of 255, that another JPEG encoder or font rasteriser may make. */
  private static final double SLIGHT = 2.0;

  private static List<SampleRow> rows;
  private static List<JsonNode> truth;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(byte[] image, String path, List<String> texts) {}

  @BeforeAll
  static void readAndMake() throws IOException {
    rows = new SampleWorld().rows();
    JsonMapper json = new JsonMapper();
    truth = new ArrayList<>();
    for (String line : Files.readAllLines(FOLDER.resolve(SampleProgram.TRUTH))) {
      truth.add(json.readTree(line));
    }
  }

  @Test
  void committedCaptionsAreThoseOfTheProgram() throws SQLException {
    List<Stored> stored = stored();
    assertThat(stored).hasSize(SampleWorld.ROWS);
    for (SampleRow row : rows) {
      Stored here = stored.get(row.number());
      assertThat(here.path()).isEqualTo(row.path());
      assertThat(here.texts())
          .isEqualTo(
              Arrays.stream(Track.values()).map(track -> row.captions().text(track)).toList());
    }
  }

  @Test
  void committedTruthIsThatOfTheProgram() throws IOException {
    TruthFile file = new TruthFile();
    assertThat(Files.readAllLines(FOLDER.resolve(SampleProgram.TRUTH)))
        .isEqualTo(rows.stream().map(file::line).toList());
  }

  @Test
  void committedPicturesLookLikeThoseOfTheProgram() throws SQLException, IOException {
    ScenePainter painter = new ScenePainter();
    List<Stored> stored = stored();
    for (SampleRow row : rows) {
      BufferedImage painted = painter.paint(row.scene());
      BufferedImage fresh = decode(Picture.encode(painted, row.path()));
      assertThat(difference(decode(stored.get(row.number()).image()), fresh))
          .as("picture %s", row.path())
          .isLessThan(SLIGHT);
    }
  }

  @Test
  void shardHasTheColumnsOfCapsFusionAndAHuggingFaceImageInThreeRowGroups() throws SQLException {
    Map<String, String> columns = new HashMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + shard())) {
      while (result.next()) {
        columns.put(result.getString(1), result.getString(2));
      }
    }
    assertThat(columns)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "image", "STRUCT(bytes BLOB, path VARCHAR)",
                "laion_2b", "VARCHAR",
                "laion_coco", "VARCHAR",
                "capsfusion", "VARCHAR",
                "long_caption", "VARCHAR"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT num_row_groups FROM parquet_file_metadata('"
                    + FOLDER.resolve(SampleProgram.SHARD)
                    + "')")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(3);
    }
  }

  @Test
  void shardStaysSmallEnoughToBundle() throws IOException {
    assertThat(Files.size(FOLDER.resolve(SampleProgram.SHARD))).isLessThan(9L << 20);
  }

  @Test
  void boxesLieInThePictureAndDoNotCoverOneAnother() {
    for (JsonNode row : truth) {
      List<int[]> boxes = new ArrayList<>();
      for (JsonNode object : row.get("objects")) {
        int[] box = new int[4];
        Arrays.setAll(box, i -> object.get("box").get(i).asInt());
        assertThat(box[0]).as("row %s", row).isNotNegative();
        assertThat(box[1]).as("row %s", row).isNotNegative();
        assertThat(box[0] + box[2]).as("row %s", row).isLessThanOrEqualTo(row.get("width").asInt());
        assertThat(box[1] + box[3])
            .as("row %s", row)
            .isLessThanOrEqualTo(row.get("height").asInt());
        boxes.forEach(other -> assertThat(overlap(box, other)).as("row %s", row).isLessThan(0.02));
        boxes.add(box);
      }
      assertThat(boxes).hasSizeBetween(1, 4);
    }
  }

  @Test
  void plantedSpansStandWhereTheTruthSays() throws SQLException {
    List<Stored> stored = stored();
    Map<String, Integer> types = new TreeMap<>();
    for (JsonNode row : truth) {
      for (JsonNode span : row.get("planted")) {
        Track track = track(span.get("track").asText());
        String text =
            stored.get(row.get("row").asInt()).texts().get(List.of(Track.values()).indexOf(track));
        assertThat(text.substring(span.get("start").asInt(), span.get("end").asInt()))
            .isEqualTo(span.get("text").asText())
            .isNotBlank();
        types.merge(span.get("type").asText(), 1, Integer::sum);
      }
    }
    assertThat(types)
        .containsOnlyKeys(
            "object",
            "attribute",
            "count",
            "entity",
            "number",
            "scene text",
            "prompt leak",
            "truncation",
            "concatenation",
            "mismatched parents");
  }

  @Test
  void factsStandInTheAltTextAsTheyAreListed() throws SQLException {
    List<Stored> stored = stored();
    for (JsonNode row : truth) {
      String altText = stored.get(row.get("row").asInt()).texts().get(0);
      row.get("facts").forEach(fact -> assertThat(altText).contains(fact.asText()));
    }
  }

  @Test
  void noTwoRowsShareAnAltText() throws SQLException {
    Set<String> seen = new HashSet<>();
    int missing = 0;
    for (Stored row : stored()) {
      String altText = row.texts().get(0);
      if (altText == null) {
        missing++;
      } else {
        assertThat(seen.add(altText)).as(altText).isTrue();
      }
    }
    assertThat(missing).isBetween(3, 15);
  }

  @Test
  void aPlantedNumberIsInNeitherParent() {
    for (SampleRow row : rows) {
      row.captions().planted().stream()
          .filter(span -> span.fault().word().equals("number"))
          .forEach(
              span ->
                  assertThat(row.captions().altText() + row.captions().synthetic())
                      .doesNotContain(span.text()));
    }
  }

  @Test
  void theFirstTenRowsHoldSeveralKindsOfFaults() {
    Set<String> types = new HashSet<>();
    for (JsonNode row : truth.subList(0, 10)) {
      row.get("planted").forEach(span -> types.add(span.get("type").asText()));
    }
    assertThat(types).contains("object", "attribute", "number", "prompt leak");
  }

  @Test
  void theNoiseOfTheWebIsThere() throws SQLException {
    List<String> altTexts = new ArrayList<>();
    for (Stored row : stored()) {
      if (row.texts().get(0) != null) {
        altTexts.add(row.texts().get(0));
      }
    }
    assertThat(altTexts)
        .anyMatch(text -> text.contains("&quot;"))
        .anyMatch(text -> text.contains("<br />"))
        .anyMatch(text -> text.contains("ISBN-13"))
        .anyMatch(text -> text.contains("#"))
        .anyMatch(text -> text.contains(" | "))
        .anyMatch(text -> text.length() >= 2000)
        .anyMatch(text -> text.codePoints().anyMatch(c -> c > 0xFFFF))
        .anyMatch(text -> text.codePoints().anyMatch(c -> c >= 0x600 && c < 0x700))
        .anyMatch(text -> text.codePoints().anyMatch(c -> c >= 0x3040 && c < 0x3100));
  }

  private static List<Stored> stored() throws SQLException {
    List<Stored> stored = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT image.bytes, image.path, laion_2b, laion_coco, capsfusion, long_caption FROM "
                    + shard()
                    + " ORDER BY file_row_number")) {
      while (result.next()) {
        List<String> texts = new ArrayList<>();
        for (int i = 3; i <= 6; i++) {
          texts.add(result.getString(i));
        }
        stored.add(new Stored(result.getBytes(1), result.getString(2), texts));
      }
    }
    return stored;
  }

  private static String shard() {
    return "read_parquet('" + FOLDER.resolve(SampleProgram.SHARD) + "')";
  }

  private static Track track(String column) {
    return Arrays.stream(Track.values())
        .filter(track -> track.column().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private static double overlap(int[] a, int[] b) {
    double across = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
    double down = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
    double smaller = Math.min((double) a[2] * a[3], (double) b[2] * b[3]);
    return Math.max(0, across) * Math.max(0, down) / smaller;
  }

  private static BufferedImage decode(byte[] bytes) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  private static double difference(BufferedImage a, BufferedImage b) {
    assertThat(a.getWidth()).isEqualTo(b.getWidth());
    assertThat(a.getHeight()).isEqualTo(b.getHeight());
    int[] left = a.getRGB(0, 0, a.getWidth(), a.getHeight(), null, 0, a.getWidth());
    int[] right = b.getRGB(0, 0, a.getWidth(), a.getHeight(), null, 0, a.getWidth());
    long sum = 0;
    for (int i = 0; i < left.length; i++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        sum += Math.abs(((left[i] >> shift) & 255) - ((right[i] >> shift) & 255));
      }
    }
    return sum / (3.0 * left.length);
  }
}
