package io.capbench.storage.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.export.ExportRequest.Choice;
import io.capbench.storage.export.ExportRequest.Source;
import io.capbench.storage.export.ExportRequest.Target;
import io.capbench.storage.image.Pictures;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was exported opens again, and can be exported again. */
class ExportedTarsTest {
  private static final int ROWS = 5;

  @TempDir Path temp;

  @Test
  void anExportOpensAgainWithTheSameCaptionsAndImages() throws Exception {
    Path first = temp.resolve("first");
    try (Dataset original = open(source())) {
      export(original, first);
      try (Dataset again = open(first)) {
        assertThat(again.info().shards())
            .extracting(shard -> shard.path().getFileName().toString())
            .containsExactly("00000.tar", "00001.tar", "00002.tar");
        assertThat(again.info().shards()).allMatch(ShardInfo::readable);
        assertThat(again.info().mapping().tracks())
            .containsAll(original.info().mapping().tracks())
            .hasSize(4); // and the caption that was chosen
        List<CaptionRow> before = rows(original);
        List<CaptionRow> after = rows(again);
        assertThat(after).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
          assertThat(after.get(i).captions())
              .containsAllEntriesOf(before.get(i).captions())
              .containsEntry("caption", "fused \"" + i + "\"\n");
          assertThat(again.images().read(after.get(i).image()).bytes())
              .isEqualTo(original.images().read(before.get(i).image()).bytes());
          assertThat(named(again, before.get(i).uid())).isOne();
        }
      }
    }
  }

  @Test
  void tarsAreExportedLikeAnyDataset() throws Exception {
    Path first = temp.resolve("first");
    Path second = temp.resolve("second");
    try (Dataset original = open(source())) {
      export(original, first);
    }
    try (Dataset tars = open(first)) {
      ExportReport report = export(tars, second);
      assertThat(report.samples()).isEqualTo(ROWS);
      assertThat(report.dropped()).isEmpty();
    }
    TarReader before = new TarReader(first.resolve("00001.tar"));
    TarReader after = new TarReader(second.resolve("00001.tar"));
    assertThat(after.names()).isEqualTo(before.names());
    for (String name : before.names()) {
      if (!name.endsWith(".json")) {
        assertThat(after.content.get(name)).as(name).isEqualTo(before.content.get(name));
      }
    }
  }

  @Test
  void anExportNeverGoesIntoTheImageFolderThatItComesFrom() throws Exception {
    Path folder = source();
    Files.delete(folder.resolve("metadata.jsonl"));
    Files.writeString(folder.resolve("0.txt"), "a caption");
    try (Dataset dataset = open(folder)) {
      assertThatThrownBy(() -> export(dataset, folder))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("of the dataset itself");
    }
  }

  private Path source() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("source"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      Files.write(folder.resolve(i + ".jpg"), Pictures.encoded("jpg", 10 + i, 8));
      lines.append(
          """
          {"file_name": "%d.jpg", "laion_2b": "raw %d", "laion_coco": "photo %d", "capsfusion": "fused \\"%d\\"\\n"}
          """
              .formatted(i, i, i, i));
    }
    Files.writeString(folder.resolve("metadata.jsonl"), lines);
    return folder;
  }

  private static ExportReport export(Dataset dataset, Path out) {
    String track =
        Stream.of("caption", "capsfusion", "txt")
            .filter(name -> dataset.info().mapping().track(name).isPresent())
            .findFirst()
            .orElseThrow();
    try (RowView rows = view(dataset, RowQuery.ALL)) {
      return new WebDatasetExporter()
          .export(
              new ExportRequest(
                  new Source(rows, dataset.info(), dataset.images(), keys -> Map.of()),
                  new Choice(
                      DecisionSelection.ALL,
                      CaptionPolicy.parse("track:" + track, dataset.info().mapping()),
                      Map.of()),
                  new Target(out, 2, false)),
              JobContext.unwatched());
    }
  }

  private static long named(Dataset dataset, String uid) {
    RowQuery query = new RowQuery(List.of(new RowFilter.Sql("uid = '" + uid + "'")), null);
    try (RowView rows = view(dataset, query)) {
      return rows.size();
    }
  }

  private Dataset open(Path path) {
    return new DatasetOpener(temp.resolve("cache")).open(List.of(path), JobContext.unwatched());
  }

  private static RowView view(Dataset dataset, RowQuery query) {
    return dataset.view(dataset.info().mapping(), query, JobContext.unwatched());
  }

  private static List<CaptionRow> rows(Dataset dataset) {
    try (RowView view = view(dataset, RowQuery.ALL)) {
      return view.page(0, 100);
    }
  }
}
