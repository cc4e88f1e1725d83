package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.image.ImageStatuses;
import io.capbench.storage.image.WebImages;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.source.SourceFinder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageMirrorTest {
  private static final String A = "http://a.example/1";
  private static final String B = "http://a.example/2 with ' and \"";

  @TempDir Path temp;
  private WebImages web;
  private DuckDatabase database;
  private Shard shard;
  private ImageMirror mirror;

  @BeforeEach
  void open() throws Exception {
    web = new WebImages(temp.resolve("images"), false);
    database = new DuckDatabase(temp.resolve("cache"));
    Path parquet = temp.resolve("a.parquet");
    database.execute(
        "COPY (SELECT * FROM (VALUES (0, ?, 'x'), (1, ?, 'y'), (2, NULL, 'z'), (3, 'unseen', 'w'),"
            + " (4, ?, 'v')) t(n, url, caption) ORDER BY n) TO "
            + Sql.literal(parquet.toString())
            + " (FORMAT parquet)",
        List.of(A, B, A),
        JobContext.unwatched(),
        JobContext.UNKNOWN,
        "rows");
    shard =
        new ShardOpener(database, temp.resolve("cache"))
            .open(new SourceFinder().find(List.of(parquet)).get(0), JobContext.unwatched())
            .shard();
    mirror = new ImageMirror(database, List.of(shard), statuses());
  }

  @AfterEach
  void close() {
    database.close();
    web.close();
  }

  @Test
  void addressesHaveTheStatusThatIsKnownOfThem() throws Exception {
    statuses().note(A, ImageStatus.OK, "");
    statuses().note(B, ImageStatus.GONE, "404");
    mirror.refresh();
    assertThat(all(ImageKind.URL)).containsExactly("ok", "404", "none", "unknown", "ok");
  }

  @Test
  void aRefreshTakesOverWhatChangedAndWhatWasDropped() throws Exception {
    mirror.refresh();
    assertThat(all(ImageKind.URL))
        .containsExactly("unknown", "unknown", "none", "unknown", "unknown");
    statuses().note(A, ImageStatus.TIMEOUT, "late");
    mirror.refresh();
    statuses().note(A, ImageStatus.OK, "");
    statuses().note("unseen", ImageStatus.DNS, "who");
    assertThat(all(ImageKind.URL).get(0)).as("before the refresh").isEqualTo("timeout");
    mirror.refresh();
    mirror.refresh();
    assertThat(all(ImageKind.URL)).containsExactly("ok", "unknown", "none", "dns", "ok");
    web.clear();
    mirror.refresh();
    assertThat(all(ImageKind.URL))
        .containsExactly("unknown", "unknown", "none", "unknown", "unknown");
  }

  @Test
  void filesAndCellsHaveTheStatusOfTheirRow() throws Exception {
    statuses().note(new RowKey(shard.fingerprint(), 1).toString(), ImageStatus.MISSING, "gone");
    statuses().note(new RowKey("0".repeat(64), 3).toString(), ImageStatus.OK, "");
    mirror.refresh();
    assertThat(all(ImageKind.FILE))
        .containsExactly("unknown", "missing", "none", "unknown", "unknown");
  }

  @Test
  void withoutAnImageColumnNoRowHasOne() throws Exception {
    assertThat(all(ImageKind.NONE)).containsOnly("none").hasSize(5);
  }

  @Test
  void whatThousandsOfDatasetsLeftIsTakenOverToo() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      statuses().note("http://other.example/" + i, ImageStatus.OK, "");
    }
    mirror.refresh();
    statuses().note(A, ImageStatus.OK, "");
    mirror.refresh();
    assertThat(all(ImageKind.URL).get(0)).isEqualTo("ok");
  }

  private ImageStatuses statuses() {
    return web.statuses();
  }

  private List<String> all(ImageKind kind) throws SQLException {
    ColumnMapping mapping =
        new ColumnMapping(List.of(), kind == ImageKind.NONE ? null : "url", kind);
    AddedNames names = new AddedNames(shard.columns());
    Set<String> needed = Set.of(AddedNames.IMAGE_STATUS);
    QuerySource source =
        QuerySource.of(
            Sql.parquet(List.of(shard.parquet())),
            shard.columns(),
            names,
            needed,
            List.of(ImageMirror.table(mapping, names, needed)));
    return database.list(
        "SELECT image_status FROM " + source.from() + " ORDER BY file_index, file_row_number",
        List.of(),
        row -> row.getString(1));
  }
}
