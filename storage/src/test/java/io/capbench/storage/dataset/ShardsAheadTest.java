package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.ShardInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardsAheadTest {
  private static final int FILES = 40;

  @TempDir Path temp;
  private final List<Path> files = new ArrayList<>();

  /** Every fourth file is JSON and every fifth is damaged. */
  @BeforeEach
  void writeFiles() throws Exception {
    for (int i = 0; i < FILES; i++) {
      if (i % 5 == 1) {
        files.add(Files.writeString(temp.resolve(i + ".parquet"), "PAR1 no"));
      } else if (i % 4 == 2) {
        files.add(Files.writeString(temp.resolve(i + ".json"), "[{\"laion_2b\": \"x\"}]"));
      } else {
        files.add(Shards.write(temp.resolve(i + ".parquet"), Shards.capsFusion(i + 1)));
      }
    }
  }

  @Test
  void manyFilesKeepTheirOrderAndEachItsOwnError() {
    DatasetOpener opener = new DatasetOpener(temp.resolve("cache"));
    List<Long> done = new ArrayList<>();
    ForegroundContext context =
        new ForegroundContext(
            progress -> {
              if (progress.unit().equals("files")) {
                done.add(progress.done());
              }
            });
    try (Dataset dataset = opener.open(files, context)) {
      List<ShardInfo> shards = dataset.info().shards();
      assertThat(shards).extracting(ShardInfo::path).isEqualTo(files);
      for (int i = 0; i < FILES; i++) {
        if (i % 5 == 1) {
          assertThat(shards.get(i).error()).contains(i + ".parquet");
        } else {
          assertThat(shards.get(i).error()).isNull();
          assertThat(shards.get(i).rows()).isEqualTo(i % 4 == 2 ? 1 : i + 1);
        }
      }
      assertThat(done).endsWith((long) FILES).isSorted();
    }
  }

  @Test
  void nobodyLooksIntoFilesOnceItIsCancelled() {
    ForegroundContext context = new ForegroundContext(progress -> {});
    context.cancel();
    assertThatThrownBy(() -> new DatasetOpener(temp.resolve("cache")).open(files, context))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("footers-"));
    try (Dataset dataset =
        new DatasetOpener(temp.resolve("cache")).open(files, JobContext.unwatched())) {
      assertThat(dataset.info().shards()).hasSize(FILES);
    }
  }
}
