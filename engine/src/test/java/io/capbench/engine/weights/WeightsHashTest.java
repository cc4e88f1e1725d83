package io.capbench.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.Progress;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WeightsHashTest {
  /** echo -n abc | sha256sum. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2024-01-01T00:00:00Z"));

  @TempDir Path folder;
  private Path cache;
  private WeightsHash hash;

  @BeforeEach
  void makeHash() {
    cache = folder.resolve("cache");
    hash = new WeightsHash(cache);
  }

  @Test
  void aFileHashesToWhatTheShellPrints() throws IOException {
    assertThat(hash.of(file("a", "abc"), JobContext.unwatched())).isEqualTo(ABC);
  }

  @Test
  void severalFilesHashToWhatTheShellPrintsWhateverTheirOrder() throws IOException {
    Path a = file("a", "abc");
    Path b = file("b", "");

    // printf abc >a; : >b; sha256sum a b | sha256sum
    assertThat(hash.ofAll(List.of(b, a), JobContext.unwatched()))
        .isEqualTo(hash.ofAll(List.of(a, b), JobContext.unwatched()))
        .isEqualTo("09c7e0b8a02d027d95ec0375a600ed4ad4d6b26a1c93f16d9150cab5fec761a6");
  }

  @Test
  void aHashIsKeptUntilTheFileChanges() throws IOException {
    Path file = file("a", "abc");
    assertThat(hash.of(file, JobContext.unwatched())).isEqualTo(ABC);

    // Another content of the same size and time would be another hash if it were read.
    Files.writeString(file, "abd");
    Files.setLastModifiedTime(file, LONG_AGO);
    assertThat(hash.of(file, JobContext.unwatched())).isEqualTo(ABC);

    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.toInstant().plusNanos(1000)));
    assertThat(hash.of(file, JobContext.unwatched())).isNotEqualTo(ABC);
  }

  @Test
  void aFileThatJustChangedIsNotTrustedToStay() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "abc");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));

    assertThat(hash.of(file, JobContext.unwatched())).isEqualTo(ABC);
    assertThat(cache).doesNotExist();
  }

  @Test
  void aCacheThatCannotBeWrittenCostsOnlyTime() throws IOException {
    Files.writeString(cache, "a file where the folder should be");

    assertThat(hash.of(file("a", "abc"), JobContext.unwatched())).isEqualTo(ABC);
  }

  @Test
  void progressIsToldInBytesOfAllFiles() throws IOException {
    List<Progress> told = new ArrayList<>();
    hash.ofAll(List.of(file("a", "abc"), file("b", "de")), new ForegroundContext(told::add));

    assertThat(told).last().isEqualTo(new Progress(5, 5, "bytes"));
    assertThat(told).extracting(Progress::done).isSorted();
  }

  @Test
  void itStopsWhenCancelled() throws IOException {
    ForegroundContext context = new ForegroundContext(progress -> {});
    context.cancel();
    Path file = file("a", "abc");

    assertThatThrownBy(() -> hash.of(file, context)).isInstanceOf(CancellationException.class);
    assertThat(cache).doesNotExist();
  }

  @Test
  void aMissingFileIsNamed() {
    Path gone = folder.resolve("gone");

    assertThatThrownBy(() -> hash.of(gone, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(gone.toString());
  }

  private Path file(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return Files.setLastModifiedTime(file, LONG_AGO);
  }
}
