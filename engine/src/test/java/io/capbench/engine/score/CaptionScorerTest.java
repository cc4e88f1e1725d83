package io.capbench.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Score;
import io.capbench.storage.workspace.ScoreColumns;
import io.capbench.storage.workspace.ScoredModel;
import io.capbench.storage.workspace.Workspace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionScorerTest {
  private static final CaptionTrack ALT = new CaptionTrack("alt", TrackRole.RAW, "alt_text");
  private static final CaptionTrack BLIP = new CaptionTrack("blip", TrackRole.SYNTHETIC, "blip");
  private static final ColumnMapping MAPPING =
      new ColumnMapping(List.of(ALT, BLIP), "picture", ImageKind.FILE);

  @TempDir Path folder;
  private Workspace workspace;
  private Dataset dataset;
  private final CountingSpace space = new CountingSpace("c0".repeat(32), 4);

  @BeforeEach
  void openWorkspace() {
    workspace = Workspace.open(folder.resolve("w.capbench"));
  }

  @AfterEach
  void close() {
    if (dataset != null) {
      dataset.close();
    }
    workspace.close();
  }

  /** A dataset of rows "picture, alt text, synthetic caption"; null where there is none. */
  private void open(String name, String[]... rows) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String[] row : rows) {
      lines
          .append("{\"picture\": ")
          .append(json(row[0]))
          .append(", \"alt_text\": ")
          .append(json(row[1]))
          .append(", \"blip\": ")
          .append(json(row[2] == null ? "" : row[2])) // a column of nulls would be none
          .append("}\n");
    }
    Path file = Files.writeString(folder.resolve(name), lines);
    if (dataset != null) {
      dataset.close();
    }
    dataset =
        new DatasetOpener(folder.resolve("cache")).open(List.of(file), JobContext.unwatched());
  }

  private static String json(String text) {
    return text == null ? "null" : '"' + text + '"';
  }

  private static String[] row(String picture, String alt, String blip) {
    return new String[] {picture, alt, blip};
  }

  private String picture(int width) throws IOException {
    String name = width + ".png";
    BufferedImage image = new BufferedImage(width, 3, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", folder.resolve(name).toFile());
    return name;
  }

  private ScoreReport score(CountingSpace by, JobContext context, boolean again) {
    try (RowView rows = dataset.view(MAPPING, RowQuery.ALL, JobContext.unwatched())) {
      return new CaptionScorer(by, workspace.scores())
          .score(
              new ScoreRequest(rows, MAPPING, List.of(ALT, BLIP), dataset.images(), again),
              context);
    }
  }

  private ScoreReport score() {
    return score(space, JobContext.unwatched(), false);
  }

  private Map<Long, Score> scores(CaptionTrack track) {
    List<RowKey> keys;
    try (RowView rows = dataset.view(MAPPING, RowQuery.ALL, JobContext.unwatched())) {
      keys = rows.page(0, 10_000).stream().map(CaptionRow::key).toList();
    }
    ScoredModel model = workspace.scores().models().get(0);
    return workspace
        .scores()
        .of(model, new ScoreColumns(track.column(), "picture"), keys)
        .values()
        .stream()
        .collect(Collectors.toMap(score -> score.key().row(), score -> score));
  }

  @Test
  void everyCaptionIsComparedWithItsImage() throws Exception {
    open(
        "a.jsonl",
        row(picture(5), "a cat", "an animal"),
        row(picture(9), "two", null),
        row(picture(7), " ", "seven"));

    ScoreReport report = score();

    assertThat(scores(ALT).get(0L).similarity())
        .isCloseTo(CountingSpace.cosine(5, "a cat"), within(1e-6));
    assertThat(scores(BLIP).get(0L).similarity())
        .isCloseTo(CountingSpace.cosine(5, "an animal"), within(1e-6));
    assertThat(scores(ALT).get(1L).similarity())
        .isCloseTo(CountingSpace.cosine(9, "two"), within(1e-6));
    assertThat(scores(BLIP).get(2L).similarity())
        .isCloseTo(CountingSpace.cosine(7, "seven"), within(1e-6));
    assertThat(scores(BLIP)).doesNotContainKey(1L);
    assertThat(scores(ALT)).as("a blank caption says nothing").doesNotContainKey(2L);
    assertThat(report.rows()).isEqualTo(3);
    assertThat(report.scored()).isEqualTo(4);
    assertThat(report.blank()).isEqualTo(2);
    assertThat(report.model().label()).isEqualTo("counting");
  }

  @Test
  void equalCaptionsAreReadOnceAndImagesComeInBatches() throws Exception {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(row(picture(20 + i), "photo of item", i % 2 == 0 ? "even" : "odd"));
    }
    open("a.jsonl", rows.toArray(String[][]::new));

    score();

    assertThat(space.captionsRead).containsExactlyInAnyOrder("photo of item", "even", "odd");
    assertThat(space.batches).containsExactly(4, 4, 2);
    assertThat(scores(ALT)).hasSize(10);
  }

  @Test
  void aRowWithoutAUsableImageHasAReasonAndIsTriedAgainNextTime() throws Exception {
    Files.writeString(folder.resolve("text.png"), "this is no picture");
    open(
        "a.jsonl",
        row("missing.png", "a cat", null),
        row("text.png", "a dog", null),
        row(picture(13), "a bird", null),
        row(null, "a fish", null),
        row(picture(4), "a cow", null));

    ScoreReport report = score();

    assertThat(report.failed()).isEqualTo(4);
    assertThat(report.scored()).isEqualTo(1);
    assertThat(scores(ALT).get(0L).reason()).contains("missing.png", "does not exist");
    assertThat(scores(ALT).get(1L).reason()).contains("text.png");
    assertThat(scores(ALT).get(2L).reason()).isEqualTo("The image is unlucky");
    assertThat(scores(ALT).get(3L).reason()).contains("no image");

    ImageIO.write(
        new BufferedImage(6, 3, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("missing.png").toFile());
    ScoreReport second = score();
    assertThat(second.scored()).isEqualTo(1);
    assertThat(second.kept()).isEqualTo(1);
    assertThat(second.failed()).isEqualTo(3);
    assertThat(scores(ALT).get(0L).similarity())
        .isCloseTo(CountingSpace.cosine(6, "a cat"), within(1e-6));
  }

  @Test
  void numbersThatAreNoneAreAReason() throws Exception {
    space.numberlessWidth = 8;
    open("a.jsonl", row(picture(8), "a cat", null), row(picture(9), "a dog", null));
    assertThat(score().failed()).isEqualTo(1);
    assertThat(scores(ALT).get(0L).reason()).contains("no number");
    assertThat(scores(ALT).get(1L).similarity()).isNotNull();
  }

  @Test
  void whatWasScoredIsNotScoredAgain() throws Exception {
    open("a.jsonl", row(picture(5), "a cat", "an animal"), row(picture(6), "two", null));
    score();
    CountingSpace second = new CountingSpace("c0".repeat(32), 4);
    ScoreReport report = score(second, JobContext.unwatched(), false);
    assertThat(report.kept()).isEqualTo(3);
    assertThat(report.scored()).isZero();
    assertThat(second.prepared).hasValue(0);
    assertThat(second.captionsRead).isEmpty();

    CountingSpace other = new CountingSpace("d0".repeat(32), 4);
    assertThat(score(other, JobContext.unwatched(), false).scored())
        .as("another model knows nothing of them")
        .isEqualTo(3);
  }

  @Test
  void aStoppedScoringKeepsItsBatchesAndGoesOnAfterThem() throws Exception {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(row(picture(20 + i), "item " + i, null));
    }
    open("a.jsonl", rows.toArray(String[][]::new));
    ForegroundContext context = new ForegroundContext(progress -> {});
    space.beforeImages =
        () -> {
          if (space.batches.size() == 2) {
            context.cancel();
          }
        };
    assertThatThrownBy(() -> score(space, context, false))
        .isInstanceOf(CancellationException.class);
    int there = scores(ALT).size();
    assertThat(there).isBetween(8, 12);

    CountingSpace second = new CountingSpace("c0".repeat(32), 4);
    ScoreReport report = score(second, JobContext.unwatched(), false);
    assertThat(report.kept()).isEqualTo(there);
    assertThat(report.scored()).isEqualTo(40 - there);
    assertThat(second.prepared).hasValue(40 - there);
    assertThat(scores(ALT)).hasSize(40);
  }

  @Test
  void aShardWrittenAnewKeepsScoresOnlyWhereCaptionAndImageAreTheSame() throws Exception {
    open(
        "a.jsonl",
        row(picture(5), "a cat", "an animal"),
        row(picture(6), "a dog", "an animal"),
        row(picture(7), "a bird", "an animal"));
    score();
    // The same in another order: the caption of one is new, and so is the image of another.
    String moved = picture(7);
    ImageIO.write(
        new BufferedImage(17, 3, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("6.png").toFile());
    open(
        "b.jsonl",
        row(moved, "a bird", "an animal"),
        row("6.png", "a dog", "an animal"),
        row("5.png", "a lion", "an animal"));
    assertThat(scores(ALT)).as("rows of another shard").isEmpty();

    CountingSpace second = new CountingSpace("c0".repeat(32), 4);
    ScoreReport report = score(second, JobContext.unwatched(), false);

    assertThat(report.reused()).isEqualTo(3);
    assertThat(report.scored()).isEqualTo(3);
    assertThat(second.prepared).as("the first row needs no model").hasValue(2);
    assertThat(scores(ALT).get(0L).similarity())
        .isCloseTo(CountingSpace.cosine(7, "a bird"), within(1e-6));
    assertThat(scores(ALT).get(1L).similarity())
        .isCloseTo(CountingSpace.cosine(17, "a dog"), within(1e-6));
    assertThat(scores(ALT).get(2L).similarity())
        .isCloseTo(CountingSpace.cosine(5, "a lion"), within(1e-6));
  }

  @Test
  void anImageReplacedBehindTheShardIsSeenWhenItIsScoredAgain() throws Exception {
    open("a.jsonl", row(picture(5), "a cat", null), row(picture(6), "a dog", null));
    score();
    ImageIO.write(
        new BufferedImage(30, 3, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("5.png").toFile());
    assertThat(score().kept()).isEqualTo(2);

    ScoreReport again = score(space, JobContext.unwatched(), true);
    assertThat(again.scored()).isEqualTo(1);
    assertThat(again.reused()).isEqualTo(1);
    assertThat(scores(ALT).get(0L).similarity())
        .isCloseTo(CountingSpace.cosine(30, "a cat"), within(1e-6));
  }
}
