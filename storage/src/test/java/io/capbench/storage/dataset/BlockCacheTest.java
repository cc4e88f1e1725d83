package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.dataset.BlockCache.Block;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BlockCacheTest {
  @Test
  void findsTheBlockThatHasAPosition() {
    BlockCache cache = new BlockCache(100, 1_000);
    cache.add(block(10, 5, 1));
    assertThat(cache.find(10)).isNotNull();
    assertThat(cache.find(14)).isNotNull();
    assertThat(cache.find(9)).isNull();
    assertThat(cache.find(15)).isNull();
  }

  @Test
  void staysWithinItsRowsAndDropsWhatWasUsedLongestAgo() {
    BlockCache cache = new BlockCache(20, 1_000_000);
    cache.add(block(0, 10, 1));
    cache.add(block(10, 10, 1));
    assertThat(cache.find(0)).isNotNull();
    cache.add(block(20, 10, 1));
    assertThat(cache.rows()).isEqualTo(20);
    assertThat(cache.find(0)).isNotNull();
    assertThat(cache.find(10)).isNull();
    assertThat(cache.find(20)).isNotNull();
  }

  @Test
  void staysWithinItsCharacters() {
    BlockCache cache = new BlockCache(1_000, 500);
    for (int i = 0; i < 50; i++) {
      cache.add(block(i * 10L, 10, 20));
      assertThat(cache.characters()).isLessThanOrEqualTo(500);
    }
    assertThat(cache.rows()).isEqualTo(20);
  }

  @Test
  void theNewestBlockStaysHoweverLarge() {
    BlockCache cache = new BlockCache(1_000, 500);
    cache.add(block(0, 10, 1));
    cache.add(block(10, 10, 1_000));
    assertThat(cache.find(10)).isNotNull();
    assertThat(cache.find(0)).isNull();
    cache.add(block(20, 10, 1));
    assertThat(cache.find(10)).isNull();
    assertThat(cache.characters()).isEqualTo(10);
    cache.clear();
    assertThat(cache.rows()).isZero();
    assertThat(cache.characters()).isZero();
  }

  private static Block block(long from, int rows, int chars) {
    List<CaptionRow> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      list.add(
          new CaptionRow(
              new RowKey("0".repeat(64), from + i),
              "a.parquet",
              "1".repeat(64),
              new ImageRef.None(),
              Map.of("text", "x".repeat(chars))));
    }
    return new Block(from, list);
  }
}
