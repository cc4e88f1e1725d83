package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CopyOrderTest {
  private static final int HITS = 1_200_000;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyPositionComesOnceWithItsRowAndBatchesAreSorted(boolean fileOrder) throws Exception {
    List<Long> hits = new ArrayList<>();
    for (int i = 0; i < HITS; i++) {
      hits.add(HitFile.hit(i % 3 == 0 ? 0 : 5, i * 3L));
    }
    Collections.sort(hits);
    if (!fileOrder) {
      Collections.shuffle(hits, new Random(1));
    }
    try (HitFile file = new HitFile(new ScratchFile(temp.resolve("hits")))) {
      hits.forEach(hit -> file.add(HitFile.shard(hit), HitFile.row(hit)));
      boolean[] seen = new boolean[HITS];
      new CopyOrder(file, HITS, fileOrder)
          .forEach(
              (shard, batch) -> {
                for (int i = 0; i < batch.length; i++) {
                  int position = (int) CopyOrder.position(batch[i]);
                  if (seen[position]
                      || hits.get(position) != HitFile.hit(shard, CopyOrder.row(batch[i]))
                      || (i > 0 && CopyOrder.row(batch[i]) <= CopyOrder.row(batch[i - 1]))) {
                    throw new AssertionError("Position " + position + " in shard " + shard);
                  }
                  seen[position] = true;
                }
              });
      assertThat(seen).doesNotContain(false);
    }
  }

  @Test
  void onlyTheFirstPositionsCome() throws Exception {
    try (HitFile file = new HitFile(new ScratchFile(temp.resolve("hits")))) {
      for (int i = 0; i < 10; i++) {
        file.add(1, 10 - i);
      }
      List<Long> positions = new ArrayList<>();
      new CopyOrder(file, 4, false)
          .forEach(
              (shard, batch) -> {
                for (long packed : batch) {
                  positions.add(CopyOrder.position(packed));
                }
              });
      assertThat(positions).containsExactly(3L, 2L, 1L, 0L);
    }
  }
}
