package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentGuesserTest {
  @TempDir Path temp;

  @Test
  void columnsWithoutATellingNameAreKnownByWhatTheyHold() throws Exception {
    Path file =
        Shards.write(
            temp.resolve("a.parquet"),
            "SELECT 'https://a.example/' || i || '.jpg' AS link, 'https://b.example/' || i AS page,"
                + " 'img_' || i AS code, 'a red car ' || i AS words, repeat('many words ', 30) AS"
                + " story, CAST(NULL AS VARCHAR) AS nothing FROM range(100) t(i)");
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().mapping().tracks())
          .extracting(CaptionTrack::name, CaptionTrack::role)
          .containsExactly(
              tuple("story", TrackRole.LONG),
              tuple("words", TrackRole.OTHER),
              tuple("nothing", TrackRole.OTHER));
      assertThat(dataset.info().mapping().imageColumn()).isEqualTo("link");
      assertThat(dataset.info().mapping().imageKind()).isEqualTo(ImageKind.URL);
      assertThat(dataset.guess().reasonByColumn())
          .containsEntry("link", "holds addresses, of images perhaps")
          .containsEntry("page", "holds addresses, not captions")
          .containsEntry("code", "holds names or numbers without spaces, not captions")
          .containsEntry("story", "has 60 words in its first rows on average")
          .containsEntry("words", "is text");
    }
  }

  @Test
  void namesThatTellAreBelieved() throws Exception {
    Path file =
        Shards.write(
            temp.resolve("a.parquet"),
            "SELECT 'https://a.example/' || i AS caption, 'x_1' AS blip FROM range(5) t(i)");
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().mapping().tracks())
          .extracting(CaptionTrack::role)
          .containsExactly(TrackRole.RAW, TrackRole.SYNTHETIC);
      assertThat(dataset.info().mapping().imageColumn()).isNull();
    }
  }

  @Test
  void theLastTextColumnStaysEvenIfItLooksLikeIdentifiers() throws Exception {
    Path file =
        Shards.write(temp.resolve("a.parquet"), "SELECT 'class_' || i AS label FROM range(5) t(i)");
    try (Dataset dataset = open(file)) {
      assertThat(dataset.info().mapping().tracks())
          .extracting(CaptionTrack::name)
          .containsExactly("label");
    }
  }

  @Test
  void whatARowHoldsDoesNotDependOnIt() throws Exception {
    Path first =
        Shards.write(
            temp.resolve("a.parquet"),
            "SELECT 'a red car' AS words, CASE WHEN i < 70 THEN 'x_' || i ELSE 'a code of two' END"
                + " AS code FROM range(100) t(i)");
    Path rest =
        Shards.write(
            temp.resolve("b.parquet"),
            "SELECT 'a red car' AS words, 'a code of two' AS code FROM range(3) t(i)");
    try (Dataset one = open(first);
        Dataset other = open(rest)) {
      assertThat(one.info().mapping().tracks()).hasSize(1);
      assertThat(other.info().mapping().tracks()).hasSize(2);
      assertThat(hash(one, 80)).isEqualTo(hash(other, 0));
    }
  }

  private static String hash(Dataset dataset, long row) {
    try (RowView view =
        dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(row, 1).get(0).contentHash();
    }
  }

  private Dataset open(Path file) {
    return new DatasetOpener(temp.resolve("cache")).open(List.of(file), JobContext.unwatched());
  }
}
