package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.dataset.ShardChange.Kind;
import io.capbench.storage.job.ForegroundContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardWatchTest {
  @TempDir Path temp;

  @Test
  void filesThatStayAreNoChange() throws Exception {
    try (Dataset dataset = open()) {
      assertThat(dataset.changes()).isEmpty();
    }
  }

  @Test
  void everyChangeIsNamedOnce() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("elsewhere"));
    Path a = rows("a.jsonl", 3);
    Path b = rows("b.jsonl", 3);
    Path c = rows("c.jsonl", 3);
    Path d = rows("elsewhere/d.jsonl", 3);
    try (Dataset dataset = open(a, b, c, d)) {
      rows("a.jsonl", 5);
      Files.move(rows("other.jsonl", 3), b, StandardCopyOption.REPLACE_EXISTING);
      Files.delete(c);
      Files.delete(d);
      Files.delete(folder);

      assertThat(dataset.changes())
          .containsExactly(
              new ShardChange(a, Kind.GROWN),
              new ShardChange(b, Kind.REPLACED),
              new ShardChange(c, Kind.DELETED),
              new ShardChange(d, Kind.UNREACHABLE));
      assertThat(dataset.changes().get(1).sentence()).isEqualTo("b.jsonl was replaced");
    }
  }

  @Test
  void aFileThatCouldNotBeReadIsNotWatched() throws Exception {
    Path broken = Files.writeString(temp.resolve("broken.parquet"), "PAR1");
    try (Dataset dataset = open(rows("a.jsonl", 3), broken)) {
      Files.delete(broken);
      assertThat(dataset.changes()).isEmpty();
    }
  }

  private Path rows(String name, int count) throws Exception {
    return Files.writeString(temp.resolve(name), "{\"caption\": \"a car\"}\n".repeat(count));
  }

  private Dataset open(Path... files) throws Exception {
    List<Path> named = files.length == 0 ? List.of(rows("a.jsonl", 1)) : List.of(files);
    return new DatasetOpener(temp.resolve("cache"))
        .open(named, new ForegroundContext(progress -> {}));
  }
}
