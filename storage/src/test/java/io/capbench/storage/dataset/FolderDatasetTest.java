package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.image.Pictures;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.source.Tars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderDatasetTest {
  @TempDir Path temp;
  private Path folder;
  private byte[] png;

  @BeforeEach
  void make() throws Exception {
    folder = Files.createDirectories(temp.resolve("folder"));
    png = Pictures.encoded("png", 9, 7);
  }

  @Test
  void filesOfSeveralKindsOpenAsOneDataset() throws Exception {
    Shards.write(
        folder.resolve("a.parquet"), "SELECT 'in parquet' AS caption, 'http://x/1' AS url");
    Files.writeString(folder.resolve("b.jsonl"), "{\"caption\": \"in lines\", \"url\": null}\n");
    Files.writeString(folder.resolve("c.csv"), "caption,url\nin a table,http://x/2\n");
    try (Tars tar = new Tars(folder.resolve("d.tar"))) {
      tar.add("1.png", png).add("1.json", "{\"caption\": \"in a tar\", \"url\": \"http://x/3\"}");
    }
    Files.writeString(folder.resolve("e.json"), "broken");
    try (Dataset dataset = open(folder)) {
      assertThat(dataset.info().shards())
          .extracting(ShardInfo::readable)
          .containsExactly(true, true, true, true, false);
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows)
          .extracting(row -> row.caption("caption"))
          .containsExactly("in parquet", "in lines", "in a table", "in a tar");
      assertThat(dataset.images().read(rows.get(3).image()).bytes()).isEqualTo(png);
    }
  }

  @Test
  void aTableOfImagesFindsThemBesideIt() throws Exception {
    Files.write(folder.resolve("1.png"), png);
    Files.writeString(folder.resolve("metadata.csv"), "file_name,text\n1.png,one\n");
    try (Dataset dataset = open(folder)) {
      assertThat(dataset.info().mapping().imageKind()).isEqualTo(ImageKind.FILE);
      assertThat(rows(dataset).get(0).caption("text")).isEqualTo("one");
      assertThat(dataset.images().read(rows(dataset).get(0).image()).bytes()).isEqualTo(png);
    }
  }

  @Test
  void imagesOpenWithTheCaptionsInFilesOfTheSameName() throws Exception {
    Files.write(folder.resolve("10.my.PNG"), png);
    Files.write(folder.resolve("2.jpg"), Pictures.encoded("jpg", 3, 3));
    Files.write(folder.resolve("3.png"), png);
    Files.writeString(folder.resolve("10.my.txt"), "ten");
    Files.writeString(folder.resolve("2.txt"), "\uFEFFtwo\n");
    Files.writeString(folder.resolve("2.caption"), "kohya's two");
    Files.writeString(folder.resolve("3.json"), "{\"title\": \"three\", \"score\": 0.5}");
    Files.writeString(folder.resolve("README.md"), "about");
    try (Dataset dataset = open(folder)) {
      assertThat(dataset.info().columns())
          .extracting(ColumnInfo::name)
          .containsExactly("file_name", "txt", "caption", "title", "score");
      assertThat(dataset.info().mapping().tracks())
          .contains(new CaptionTrack("txt", TrackRole.RAW, "txt"));
      assertThat(dataset.info().shards()).hasSize(1);
      assertThat(dataset.info().shards().get(0).bytes()).isGreaterThan(2L * png.length);
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows)
          .extracting(row -> row.image().name())
          .containsExactly("2.jpg", "3.png", "10.my.PNG");
      assertThat(rows).extracting(row -> row.caption("txt")).containsExactly("two\n", null, "ten");
      assertThat(rows.get(0).caption("caption")).isEqualTo("kohya's two");
      assertThat(dataset.images().read(rows.get(2).image()).bytes()).isEqualTo(png);
    }
  }

  @Test
  void imagesWithoutAnyCaptionOpenToo() throws Exception {
    Files.write(folder.resolve("1.png"), png);
    try (Dataset dataset = open(folder)) {
      assertThat(dataset.info().mapping().tracks()).isEmpty();
      assertThat(dataset.images().read(rows(dataset).get(0).image()).bytes()).isEqualTo(png);
    }
  }

  @Test
  void aCaptionThatWasChangedIsReadAgain() throws Exception {
    Files.write(folder.resolve("1.png"), png);
    Files.writeString(folder.resolve("1.txt"), "one");
    String before;
    try (Dataset dataset = open(folder)) {
      before = dataset.info().shards().get(0).fingerprint();
    }
    Files.writeString(folder.resolve("1.txt"), "two");
    try (Dataset dataset = open(folder)) {
      assertThat(rows(dataset).get(0).caption("txt")).isEqualTo("two");
      assertThat(dataset.info().shards().get(0).fingerprint()).isNotEqualTo(before);
    }
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
