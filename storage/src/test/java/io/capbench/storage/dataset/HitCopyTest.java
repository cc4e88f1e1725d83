package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.fixture.Patience;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HitCopyTest {
  private static final RowQuery BY_TEXT =
      new RowQuery(
          List.of(new RowFilter.Sql("laion_2b IS NULL OR laion_2b NOT LIKE '%7'")),
          new RowOrder.Sql("md5(image_url)"));

  @TempDir Path temp;

  private Path shard(String name, int from, int to) throws Exception {
    return Shards.write(
        temp.resolve(name),
        "SELECT 'http://example.org/' || i AS image_url, CASE WHEN i % 5 > 0 THEN 'raw é猫 ' || i END"
            + " AS laion_2b, CASE WHEN i % 3 = 0 THEN '' ELSE 'fused ' || i END AS capsfusion"
            + " FROM range("
            + from
            + ", "
            + to
            + ") AS t(i)");
  }

  private Dataset open(Path... shards) {
    return new DatasetOpener(temp.resolve("cache")).open(List.of(shards), JobContext.unwatched());
  }

  private static RowView view(Dataset dataset) {
    return dataset.view(dataset.info().mapping(), BY_TEXT, JobContext.unwatched());
  }

  private static void settle(RowView view) {
    Patience.until("the view is settled", view::settled);
  }

  /** What the shards hold, by the content that names each row. */
  private static Map<String, CaptionRow> fromShards(Dataset dataset) {
    try (RowView all =
        dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return all.page(0, (int) all.size()).stream()
          .collect(Collectors.toMap(row -> row.key().toString(), row -> row));
    }
  }

  @Test
  void copiedRowsAreTheRowsOfTheShards() throws Exception {
    Path other =
        Shards.write(
            temp.resolve("c.parquet"), "SELECT 'raw ' || i AS laion_2b FROM range(50) t(i)");
    try (Dataset dataset =
            open(shard("a.parquet", 0, 7_000), shard("b.parquet", 7_000, 9_000), other);
        RowView view = view(dataset)) {
      Map<String, CaptionRow> expected = fromShards(dataset);
      settle(view);
      assertThat(entries(view.size())).doesNotContain(0L);
      List<CaptionRow> rows = view.page(0, (int) view.size());
      assertThat(rows).hasSizeBetween(8_000, 9_050);
      for (CaptionRow row : rows) {
        assertThat(row).isEqualTo(expected.get(row.key().toString()));
      }
      assertThat(rows.stream().map(CaptionRow::key).distinct()).hasSize(rows.size());
    }
  }

  @Test
  void theOrderIsTheSameBeforeAndAfterTheCopy() throws Exception {
    try (Dataset dataset = open(shard("a.parquet", 0, 30_000));
        RowView early = view(dataset);
        RowView late = view(dataset)) {
      List<CaptionRow> before = early.page(1_000, 300);
      settle(late);
      assertThat(late.page(1_000, 300)).isEqualTo(before);
    }
  }

  @Test
  void aShardThatWasChangedIsNoticedAlthoughItsRowsWereCopied() throws Exception {
    Path shard = shard("a.parquet", 0, 5_000);
    try (Dataset dataset = open(shard);
        RowView view = view(dataset)) {
      settle(view);
      assertThat(view.page(0, 10)).hasSize(10);
      Files.setLastModifiedTime(shard, FileTime.fromMillis(1_000_000_000_000L));
      assertThatThrownBy(() -> view.page(3_000, 10))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining(shard.toString())
          .hasMessageContaining("open the dataset again");
    }
  }

  @Test
  void closingAViewEndsItsCopyAndRemovesIt() throws Exception {
    try (Dataset dataset = open(shard("a.parquet", 0, 200_000))) {
      RowView view = view(dataset);
      assertThat(scratch()).isNotEmpty();
      view.close();
      assertThat(scratch()).isEmpty();
    }
  }

  @Test
  void aFewNeighbouringHitsAreNotCopied() throws Exception {
    try (Dataset dataset = open(shard("a.parquet", 0, 5_000));
        RowView view =
            dataset.view(
                dataset.info().mapping(),
                new RowQuery(List.of(new RowFilter.Sql("laion_2b LIKE '%7'")), null),
                JobContext.unwatched())) {
      assertThat(view.size()).isEqualTo(500);
      assertThat(view.settled()).isTrue();
      assertThat(scratch()).hasSize(1);
    }
  }

  @Test
  void hitsWithGapsAreCopiedWhereAPageOfThemSpansManyRows() throws Exception {
    try (Dataset dataset = open(shard("a.parquet", 0, 20_000));
        RowView view =
            dataset.view(
                dataset.info().mapping(),
                new RowQuery(List.of(new RowFilter.Sql("laion_2b LIKE '%77'")), null),
                JobContext.unwatched())) {
      settle(view);
      assertThat(view.size()).isEqualTo(200);
      assertThat(scratch()).hasSize(3);
      assertThat(view.page(198, 9))
          .extracting(row -> row.caption("laion_2b"))
          .containsExactly("raw é猫 19877", "raw é猫 19977");
    }
  }

  @Test
  void whatIsNotCopiedComesFromTheShards() throws Exception {
    try (Dataset dataset = open(shard("a.parquet", 0, 5_000));
        RowView view = view(dataset)) {
      Map<String, CaptionRow> expected = fromShards(dataset);
      settle(view);
      Path index = scratch("copy-index");
      try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
        file.setLength(file.length() / 2); // as if the copy had ended there
      }
      for (CaptionRow row : view.page(0, (int) view.size())) {
        assertThat(row).isEqualTo(expected.get(row.key().toString()));
      }
    }
  }

  private List<Long> entries(long count) throws Exception {
    List<Long> entries = new ArrayList<>();
    try (RandomAccessFile file = new RandomAccessFile(scratch("copy-index").toFile(), "r")) {
      for (long i = 0; i < count; i++) {
        entries.add(file.readLong());
      }
    }
    return entries;
  }

  private Path scratch(String name) throws Exception {
    return scratch().stream()
        .filter(file -> file.getFileName().toString().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> scratch() throws Exception {
    try (Stream<Path> files = Files.walk(temp.resolve("cache"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getParent().getFileName().toString().startsWith("scratch-"))
          .toList();
    }
  }
}
