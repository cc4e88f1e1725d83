package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.SampleWorld;
import io.capbench.app.cli.Cli.Result;
import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.storage.model.CaptionRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the models that come with the program say of the sample that comes with it. */
final class ModelsInTheBoxOnTheCommandLineTest {
  private static final int ROWS = 20;
  private static final int FUSED_ROWS = 3;

  @TempDir private static Path shared;
  private static SampleWorld sample;
  private static Path picture;
  private static List<CaptionRow> rows;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeAll
  static void readTheSample() throws IOException {
    sample = new SampleWorld();
    picture = shared.resolve("row0.jpg");
    sample.picture(0, picture, shared.resolve("cache"));
    rows = sample.first(ROWS, shared.resolve("cache"));
  }

  @BeforeEach
  void start() {
    cli = new Cli(folder.resolve("home"));
  }

  private Result ground(String caption, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("ground", "--image", picture, "--caption", caption, "--model", sample.clip()));
    words.addAll(List.of(more));
    Result result = cli.run(words.toArray());
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  @Test
  void thingsAreFoundWhereTheyAreDrawnWithTheMethodThatTheModelAdvises() throws IOException {
    Result result = ground("An orange kite. A black cat.", "--json");

    JsonNode report = result.json();
    assertThat(report.path("method").textValue())
        .isEqualTo(GroundingAdvice.of(sample.clip()).method().id());
    assertThat(report.path("subCaptions")).hasSize(2);
    assertPeakInBox(report, 0, "orange", "kite");
    assertPeakInBox(report, 1, "black", "cat");
    assertThat(result.err())
        .as("standard output is for the report")
        .contains("sample-clip: " + SampleWorld.note(sample.clip()));
  }

  private static void assertPeakInBox(JsonNode report, int part, String colour, String kind) {
    JsonNode relevance = report.path("subCaptions").path(part).path("relevance");
    int peak = 0;
    for (int i = 1; i < relevance.size(); i++) {
      if (relevance.path(i).doubleValue() > relevance.path(peak).doubleValue()) {
        peak = i;
      }
    }
    int columns = report.at("/grid/1").intValue();
    int lines = report.at("/grid/0").intValue();
    JsonNode seen = report.path("region");
    double x = (peak % columns + 0.5) / columns * seen.path(2).doubleValue();
    double y = (Math.floorDiv(peak, columns) + 0.5) / lines * seen.path(3).doubleValue();
    assertThat(
            sample.inBox(
                0, colour, kind, seen.path(0).doubleValue() + x, seen.path(1).doubleValue() + y))
        .as("the peak of the %s %s, patch %d of %s", colour, kind, peak, report.path("grid"))
        .isTrue();
  }

  @Test
  void aMethodThatIsNamedGoesBeforeTheAdvisedOne() throws IOException {
    JsonNode report = ground("A black cat.", "--json", "--method", "relevance-last").json();
    assertThat(report.path("method").textValue()).isEqualTo("relevance-last");
  }

  @Test
  void aThingThatIsNotInThePictureIsWeakAndTheOthersAreNot() throws IOException {
    JsonNode parts =
        ground("An orange kite. A black cat. A tennis racket. A pink sneaker.", "--json")
            .json()
            .path("subCaptions");
    List<String> weak =
        StreamSupport.stream(parts.spliterator(), false)
            .filter(part -> part.path("weak").booleanValue())
            .map(part -> part.path("text").textValue())
            .toList();
    assertThat(weak).containsExactly("A tennis racket.");
    assertThat(ground("An orange kite. A tennis racket.").out().lines())
        .as("what people read")
        .anyMatch(line -> line.contains(" weak ") && line.contains("tennis racket"))
        .noneMatch(line -> line.contains(" weak ") && line.contains("kite"));
  }

  @Test
  void aCaptionIsMoreLikeItsOwnPictureThanLikeThoseOfOtherRows() throws Exception {
    Path own = matched(folder.resolve("own.parquet"), 0);
    Path others = matched(folder.resolve("others.parquet"), 7);

    double right = meanSimilarity(own);
    double wrong = meanSimilarity(others);

    assertThat(right).isGreaterThan(wrong + 0.1);
  }

  /** The first pictures of the sample, each with the caption that stands so many rows further. */
  private static Path matched(Path file, int further) throws Exception {
    return Shards.parquet(
        file,
        "SELECT p.image, c.laion_coco FROM (SELECT image, file_row_number AS i FROM "
            + "read_parquet('%1$s', file_row_number = true) LIMIT %2$d) AS p JOIN (SELECT laion_coco,"
                .formatted(sample.rows(), ROWS)
            + " file_row_number AS i FROM read_parquet('%1$s', file_row_number = true) LIMIT %2$d)"
                .formatted(sample.rows(), ROWS)
            + " AS c ON c.i = (p.i + %d) %% %d ORDER BY p.i".formatted(further, ROWS));
  }

  private double meanSimilarity(Path shard) {
    Path workspace = folder.resolve("w.capbench");
    Result scored = cli.run("score", shard, "--model", sample.clip(), "--workspace", workspace);
    assertThat(scored.code()).as(scored.err()).isZero();
    assertThat(scored.err()).contains(SampleWorld.note(sample.clip()));
    List<JsonNode> lines = cli.run("rows", shard, "--workspace", workspace, "--json").jsonLines();
    assertThat(lines).hasSize(ROWS);
    return lines.stream()
        .mapToDouble(row -> row.at("/similarity/laion_coco").doubleValue())
        .average()
        .orElseThrow();
  }

  @Test
  void aMergedCaptionKeepsWhatOnlyOneOfItsParentsSays() throws IOException {
    CaptionRow row = rows.get(0);
    Result result =
        cli.run(
            "fuse",
            "--raw",
            row.caption("laion_2b"),
            "--synthetic",
            row.caption("laion_coco"),
            "--model",
            sample.fuser(),
            "--json");

    assertThat(result.code()).as(result.err()).isZero();
    JsonNode report = result.json();
    assertThat(report.path("text").textValue())
        .contains("Tindravik", "Emil Renwick-Vale", "orange kite", "black cat");
    assertThat(report.path("flags")).isEmpty();
    assertThat(report.path("finish").textValue()).isEqualTo("eos");
    assertThat(result.err()).contains("sample-fuser: " + SampleWorld.note(sample.fuser()));
  }

  @Test
  void rowsAreMergedWithTheirBrandsAndThingsAndNoDetectorFindsAnything() throws Exception {
    Path shard =
        Shards.parquet(
            folder.resolve("first.parquet"),
            "SELECT * FROM '%s' LIMIT %d".formatted(sample.rows(), FUSED_ROWS));
    Path out = folder.resolve("fused.jsonl");
    Result result =
        cli.run(
            "fuse",
            shard,
            "--model",
            sample.fuser(),
            "--workspace",
            folder.resolve("w.capbench"),
            "--out",
            out,
            "--json");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.json().path("fused").intValue()).isEqualTo(FUSED_ROWS);
    assertThat(result.json().path("failed").intValue()).isZero();
    assertThat(result.json().path("flagged").intValue()).isZero();
    List<JsonNode> fused = new Result(0, Files.readString(out), "").jsonLines();
    for (int i = 0; i < FUSED_ROWS; i++) {
      JsonNode truth = sample.truth(i);
      assertThat(fused.get(i).path("fused").textValue())
          .as("row %d", i)
          .contains(truth.at("/facts/brand").textValue())
          .contains(truth.at("/objects/0/kind").textValue());
    }
  }

  @Test
  void checkingAModelSaysWhatItsMakerSaysOfIt() {
    Result clip = cli.run("models", "check", sample.clip());
    assertThat(clip.code()).as(clip.err()).isZero();
    assertThat(clip.err()).contains(SampleWorld.note(sample.clip()));
    Result fuser = cli.run("models", "check", sample.fuser());
    assertThat(fuser.code()).as(fuser.err()).isZero();
    assertThat(fuser.err()).contains(SampleWorld.note(sample.fuser()));
  }
}
