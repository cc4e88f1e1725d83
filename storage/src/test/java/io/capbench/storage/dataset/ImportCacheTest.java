package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.dataset.ImportCache.Part;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.Progress;
import io.capbench.storage.query.RowQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportCacheTest {
  @TempDir Path temp;
  private Path folder;
  private ImportCache cache;

  @BeforeEach
  void make() {
    folder = temp.resolve("cache");
    cache = new ImportCache(folder);
  }

  @Test
  void anEmptyCacheHasNoParts() throws Exception {
    assertThat(cache.parts()).isEmpty();
    assertThat(cache.clear()).isZero();
    assertThat(folder).doesNotExist();
  }

  @Test
  void everyPartTellsItsFilesAndBytes() throws Exception {
    open("a.json", "[{\"text\": \"a\"}]").close();
    open("b.csv", "text\nb\n").close();
    Files.createDirectories(folder.resolve("images/ab"));
    Files.write(folder.resolve("images/ab/cd"), new byte[1000]);
    assertThat(cache.parts()).extracting(Part::name).containsExactly("csv", "images", "json");
    assertThat(cache.parts().get(1)).isEqualTo(new Part("images", 1, 1000));
    assertThat(cache.parts().get(2).files()).isOne();
    assertThat(cache.parts().get(2).bytes()).isEqualTo(Files.size(copies().get(1)));
  }

  @Test
  void clearingKeepsWhatAnOpenDatasetReads() throws Exception {
    Dataset open = open("a.json", "[{\"text\": \"a\"}]");
    open("b.json", "[{\"text\": \"b\"}]").close();
    Files.createDirectories(folder.resolve("images"));
    Files.write(folder.resolve("images/x"), new byte[1000]);
    assertThat(cache.clear()).isGreaterThan(1000);
    assertThat(copies()).hasSize(1);
    assertThat(folder.resolve("images/x")).doesNotExist();
    assertThat(text(open)).isEqualTo("a");
    open.close();
    assertThat(cache.clear()).isPositive();
    assertThat(copies()).isEmpty();
    try (Dataset again = open("a.json", "[{\"text\": \"a\"}]")) {
      assertThat(text(again)).isEqualTo("a");
    }
  }

  @Test
  void whatAnEndedProgramUsedIsNotInUse() throws Exception {
    open("a.json", "[{\"text\": \"a\"}]").close();
    String scratch = "scratch-1-1-" + java.util.UUID.randomUUID();
    Path marks = Files.createDirectories(folder.resolve(scratch).resolve("imports"));
    Files.createFile(folder.resolve(scratch + ".lock"));
    Files.createFile(marks.resolve("json-" + copies().get(0).getFileName()));
    assertThat(cache.clear()).isPositive();
    assertThat(copies()).isEmpty();
  }

  @Test
  void theCopiesUnusedForLongestGoFirst() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      open(name + ".json", "[{\"text\": \"" + name + "\"}]").close();
    }
    // "a" was used last.
    try (Stream<Path> used = Files.list(folder.resolve("used"))) {
      for (Path file : used.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
      }
    }
    open("a.json", "[{\"text\": \"a\"}]").close();
    long bytes = Files.size(copies().get(0));
    cache.trim(3 * bytes + 100);
    assertThat(copies()).hasSize(3);
    cache.trim(bytes + 100);
    assertThat(copies()).hasSize(1);
    List<Progress> told = new ArrayList<>();
    new DatasetOpener(folder)
        .open(List.of(temp.resolve("a.json")), new ForegroundContext(told::add))
        .close();
    assertThat(told).noneMatch(progress -> progress.unit().equals("percent")); // not made again
  }

  @Test
  void aFingerprintIsRememberedOfAFileAtRestAndForgottenWhenItChanges() throws Exception {
    Path file = Files.writeString(temp.resolve("a.json"), "[{\"text\": \"a\"}]");
    Fingerprints fingerprints = new Fingerprints(folder);
    String fresh = fingerprints.of(file, JobContext.unwatched());
    assertThat(folder.resolve(Fingerprints.FOLDER)).doesNotExist(); // it may still be written to
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file, old);
    assertThat(fingerprints.of(file, JobContext.unwatched())).isEqualTo(fresh);
    List<Progress> told = new ArrayList<>();
    assertThat(fingerprints.of(file, new ForegroundContext(told::add))).isEqualTo(fresh);
    assertThat(told).isEmpty(); // nothing was read
    Files.writeString(file, "[{\"text\": \"longer\"}]");
    Files.setLastModifiedTime(file, old);
    assertThat(fingerprints.of(file, JobContext.unwatched())).isNotEqualTo(fresh);
    try (Stream<Path> notes = Files.list(folder.resolve(Fingerprints.FOLDER))) {
      for (Path note : notes.toList()) {
        Files.writeString(note, "damaged");
      }
    }
    assertThat(fingerprints.of(file, JobContext.unwatched())).hasSize(64);
  }

  private Dataset open(String name, String content) throws Exception {
    Path file = Files.writeString(temp.resolve(name), content);
    return new DatasetOpener(folder).open(List.of(file), JobContext.unwatched());
  }

  private static String text(Dataset dataset) {
    try (RowView view =
        dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(0, 1).get(0).caption("text");
    }
  }

  private List<Path> copies() throws Exception {
    List<Path> copies = new ArrayList<>();
    for (String kind : List.of("csv", "json")) {
      if (Files.exists(folder.resolve(kind))) {
        try (Stream<Path> files = Files.list(folder.resolve(kind))) {
          copies.addAll(files.sorted().toList());
        }
      }
    }
    return copies;
  }
}
