package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.ShardInfo;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RowSampleTest {
  @Test
  void fewRowsAreAllLookedAt() {
    RowSample sample = RowSample.of(shards(1_000_000, 0, 1_000_000));
    assertThat(sample).isEqualTo(new RowSample("true", 2_000_000, false));
  }

  @Test
  void ofManyRowsRunsAreSpreadOverAllShards() {
    RowSample sample = RowSample.of(shards(0, 20_000_000, 0, 10_000, 19_990_000));
    assertThat(sample.partial()).isTrue();
    assertThat(sample.where()).startsWith("file_index IN (1, 3, 4) AND (");
    assertThat(Pattern.compile("file_index = 1 AND").matcher(sample.where()).results().count())
        .isEqualTo(20);
    assertThat(Pattern.compile("file_index = 4 AND").matcher(sample.where()).results().count())
        .isEqualTo(19);
    assertThat(sample.where())
        .contains("(file_index = 3 AND file_row_number BETWEEN 0 AND 9999)")
        .contains("(file_index = 1 AND file_row_number BETWEEN 1000000 AND 1024999)");
    assertThat(sample.rows()).isEqualTo(39 * 25_000 + 10_000);
  }

  @Test
  void aSampleOfManySmallShardsStaysSmall() {
    RowSample sample = RowSample.of(shards(LongStream.range(0, 3_000).map(i -> 1_000).toArray()));
    assertThat(sample.rows()).isEqualTo(40_000);
  }

  private static List<Shard> shards(long... rows) {
    return LongStream.of(rows)
        .mapToObj(
            count ->
                new Shard(
                    new ShardInfo(Path.of("x"), count, 1, 1, "f", null),
                    "f",
                    Path.of("x"),
                    FileTime.fromMillis(0),
                    false,
                    List.of()))
        .toList();
  }
}
