package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MeasuresTest {
  private static final int ROWS = 30_000;

  @TempDir Path temp;
  private Path first;
  private Path second;
  private final LengthMeasure measure = new LengthMeasure("length-1");

  @BeforeEach
  void writeShards() throws Exception {
    first =
        Shards.write(
            temp.resolve("a.parquet"),
            "SELECT 'raw ' || i AS laion_2b, 'coco' AS laion_coco, repeat('x', i % 10) AS"
                + " capsfusion FROM range("
                + ROWS
                + ") AS t(i)");
    second = Shards.write(temp.resolve("b.parquet"), "SELECT 'no fused caption here' AS laion_2b");
  }

  @Test
  void everyRowIsMeasuredOnceAndKept() throws Exception {
    try (Dataset dataset = open(measure)) {
      assertThat(dataset.measured(mapping(dataset))).isFalse();
      assertThat(count(dataset, new RowFilter.Flagged("empty"))).isEqualTo(ROWS / 10 + 1);
      assertThat(dataset.measured(mapping(dataset))).isTrue();
      assertThat(count(dataset, new RowFilter.Share("neither", Comparison.EQUAL, 0.9)))
          .isEqualTo(ROWS / 10);
      assertThat(count(dataset, new RowFilter.Sql("provenance.raw = 0.9"))).isEqualTo(18_000);
    }
    assertThat(measure.rows).hasValue(ROWS + 1);
    try (Dataset again = open(measure)) {
      assertThat(again.measured(mapping(again))).isTrue();
      assertThat(count(again, new RowFilter.Flagged("empty"))).isEqualTo(ROWS / 10 + 1);
    }
    assertThat(measure.rows).hasValue(ROWS + 1);
    assertThat(kept()).hasSize(2);
  }

  @Test
  void valuesAreThoseOfTheirRows() throws Exception {
    try (Dataset dataset = open(measure)) {
      String wrong =
          "provenance.neither IS DISTINCT FROM nullif(length(capsfusion), 0) / 10.0"
              + " OR flags.\"odd flag\" IS DISTINCT FROM (length(laion_2b) % 2 = 1)";
      assertThat(count(dataset, new RowFilter.Sql(wrong))).isZero();
    }
  }

  @Test
  void anotherMeasureOrColumnIsMeasuredAnew() throws Exception {
    try (Dataset dataset = open(measure)) {
      dataset.measure(mapping(dataset), JobContext.unwatched());
      ColumnMapping swapped =
          new ColumnMapping(
              mapping(dataset).tracks().stream()
                  .map(
                      track ->
                          new CaptionTrack(
                              track.name(),
                              track.role(),
                              track.column().equals("capsfusion") ? "laion_coco" : track.column()))
                  .toList(),
              null,
              ColumnMapping.ImageKind.NONE);
      assertThat(dataset.measured(swapped)).isFalse();
    }
    LengthMeasure newer = new LengthMeasure("length-2");
    try (Dataset dataset = open(newer)) {
      dataset.measure(mapping(dataset), JobContext.unwatched());
    }
    assertThat(newer.rows).hasValue(ROWS + 1);
  }

  @Test
  void aDamagedOrForeignFileInTheCacheIsMadeAnew() throws Exception {
    try (Dataset dataset = open(measure)) {
      dataset.measure(mapping(dataset), JobContext.unwatched());
    }
    List<Path> files = kept();
    byte[] whole = Files.readAllBytes(files.get(0));
    Files.write(files.get(0), Arrays.copyOf(whole, whole.length / 2));
    Files.delete(files.get(1));
    Shards.write(files.get(1), "SELECT 1 AS provenance");
    try (Dataset dataset = open(measure)) {
      assertThat(dataset.measured(mapping(dataset))).isFalse();
      assertThat(count(dataset, new RowFilter.Flagged("empty"))).isEqualTo(ROWS / 10 + 1);
    }
    assertThat(measure.rows).hasValue(2 * (ROWS + 1));
  }

  @Test
  void progressIsToldInRowsAndCancellingKeepsFinishedShards() throws Exception {
    List<Path> paths = List.of(second, first);
    List<Long> told = new ArrayList<>();
    ForegroundContext[] self = new ForegroundContext[1];
    self[0] =
        new ForegroundContext(
            progress -> {
              told.add(progress.done());
              assertThat(progress.total()).isEqualTo(ROWS + 1);
              if (progress.done() > 1) {
                self[0].cancel();
              }
            });
    DatasetOpener opener = new DatasetOpener(temp.resolve("cache"), false, measure);
    try (Dataset dataset = opener.open(paths, JobContext.unwatched())) {
      assertThatThrownBy(() -> dataset.measure(mapping(dataset), self[0]))
          .isInstanceOf(CancellationException.class);
      assertThat(told).startsWith(1L).hasSizeGreaterThan(1);
      assertThat(kept()).hasSize(1);
      dataset.measure(mapping(dataset), JobContext.unwatched());
      assertThat(kept()).hasSize(2);
    }
    assertThat(temp.resolve("cache/measures"))
        .isDirectoryNotContaining(path -> !path.toString().endsWith(".parquet"));
  }

  @Test
  void withoutAFusedTrackAPersonIsToldWhatToDo() throws Exception {
    DatasetOpener opener = new DatasetOpener(temp.resolve("cache"), false, measure);
    try (Dataset dataset = opener.open(List.of(second), JobContext.unwatched())) {
      assertThat(dataset.measurable(mapping(dataset))).isFalse();
      assertThatThrownBy(() -> count(dataset, new RowFilter.Flagged("empty")))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("fused")
          .hasMessageContaining("--track");
    }
  }

  @Test
  void aShardThatVanishedIsNamed() throws Exception {
    try (Dataset dataset = open(measure)) {
      Files.delete(first);
      assertThatThrownBy(() -> count(dataset, new RowFilter.Flagged("empty")))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("a.parquet");
    }
  }

  private Dataset open(RowMeasure with) {
    return new DatasetOpener(temp.resolve("cache"), false, with)
        .open(List.of(first, second), JobContext.unwatched());
  }

  private static ColumnMapping mapping(Dataset dataset) {
    return dataset.info().mapping();
  }

  private static long count(Dataset dataset, RowFilter filter) {
    RowQuery query = new RowQuery(List.of(filter), null);
    try (RowView view = dataset.view(mapping(dataset), query, JobContext.unwatched())) {
      return view.size();
    }
  }

  private List<Path> kept() throws Exception {
    try (Stream<Path> files = Files.list(temp.resolve("cache/measures"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }
}
