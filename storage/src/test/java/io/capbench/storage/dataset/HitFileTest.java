package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HitFileTest {
  private static final int MANY = 100_000;

  @TempDir Path temp;

  @Test
  void aHitKeepsShardAndRowAndSortsLikeTheFiles() {
    long hit = HitFile.hit(70_000, 5_000_000_000L);
    assertThat(HitFile.shard(hit)).isEqualTo(70_000);
    assertThat(HitFile.row(hit)).isEqualTo(5_000_000_000L);
    assertThat(HitFile.hit(1, 0)).isGreaterThan(HitFile.hit(0, (1L << 40) - 1));
  }

  @Test
  void readsWhatWasAddedFromDiskAndMemory() throws Exception {
    try (HitFile file = new HitFile(new ScratchFile(temp.resolve("hits")))) {
      for (int i = 0; i < 20_000; i++) {
        file.add(i % 3, i);
      }
      assertThat(file.size()).isEqualTo(20_000);
      for (long from :
          new long[] {0, 8_000, 8_191, 8_192, 16_000, 16_383, 19_990, 20_000, 30_000}) {
        long[] hits = file.read(from, 500);
        assertThat(hits).hasSize((int) Math.max(0, Math.min(500, 20_000 - from)));
        for (int i = 0; i < hits.length; i++) {
          assertThat(hits[i]).isEqualTo(HitFile.hit((int) ((from + i) % 3), from + i));
        }
      }
    }
    assertThat(temp.resolve("hits")).doesNotExist();
  }

  @Test
  void whatTheSizePromisesCanBeReadWhileOthersAreAdded() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (HitFile file = new HitFile(new ScratchFile(temp.resolve("hits")))) {
      Future<Integer> reader =
          threads.submit(
              () -> {
                int reads = 0;
                while (file.size() < MANY) {
                  long from = Math.max(0, file.size() - 300);
                  long[] hits = file.read(from, 200);
                  for (int i = 0; i < hits.length; i++) {
                    assertThat(hits[i]).isEqualTo(HitFile.hit(7, from + i));
                  }
                  reads++;
                }
                return reads;
              });
      for (int i = 0; i < MANY; i++) {
        file.add(7, i);
      }
      assertThat(reader.get()).isNotNegative();
    } finally {
      threads.shutdown();
    }
  }
}
