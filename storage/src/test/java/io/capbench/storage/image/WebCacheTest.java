package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.WebTrouble.Outlook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebCacheTest {
  private static final long BOUND = 64_000;

  @TempDir Path temp;

  @Test
  void anImageIsKeptUnderTheHashOfItsAddress() throws Exception {
    WebCache cache = cache();
    assertThat(cache.image(address(1))).isEmpty();
    cache.keep(address(1), new byte[] {1, 2, 3});
    assertThat(cache().image(address(1))).hasValue(new byte[] {1, 2, 3});
    assertThat(cache.image(address(2))).isEmpty();
    Path file = files().get(0);
    assertThat(file.getFileName().toString()).matches("[0-9a-f]{64}");
    assertThat(file.getParent()).hasFileName(file.getFileName().toString().substring(0, 2));
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatWasNotUsedForLongestGoesWhenThereIsTooMuch() throws Exception {
    WebCache cache = cache();
    for (int i = 0; i < 7; i++) {
      cache.keep(address(i), new byte[8_000]);
    }
    for (Path file : files()) {
      age(file, Duration.ofHours(2));
    }
    assertThat(cache.image(address(0))).isPresent();
    for (int i = 7; i < 12; i++) {
      cache.keep(address(i), new byte[8_000]);
      assertThat(length()).isLessThanOrEqualTo(BOUND);
    }
    assertThat(cache.image(address(0))).isPresent();
    assertThat(cache.image(address(11))).isPresent();
    assertThat(Stream.of(1, 2, 3, 4, 5, 6).filter(i -> cache.image(at(i)).isPresent()).count())
        .isLessThan(3);
  }

  @Test
  void twoProgramsTogetherStayBelowTheBound() throws Exception {
    WebCache one = cache();
    WebCache other = cache();
    for (int i = 0; i < 400; i++) {
      (i % 2 == 0 ? one : other).keep(address(i), new byte[500]);
    }
    assertThat(length()).isLessThanOrEqualTo(BOUND).isGreaterThan(BOUND / 2);
  }

  @Test
  void whatIsTooLargeForTheCacheIsNotKept() throws Exception {
    cache().keep(address(1), new byte[(int) BOUND]);
    assertThat(files()).isEmpty();
  }

  @Test
  void aFailureIsKeptForADay() throws Exception {
    cache().keep(address(1), new WebTrouble(Reason.NOT_FOUND, Outlook.LASTING, "gone\nfor good"));
    ImageException failure = cache().failure(address(1)).orElseThrow();
    assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(failure).hasMessage("gone\nfor good");
    assertThat(cache().image(address(1))).isEmpty();
    age(files().get(0), Duration.ofHours(23));
    assertThat(cache().failure(address(1))).isPresent();
    age(files().get(0), Duration.ofHours(25));
    assertThat(cache().failure(address(1))).isEmpty();
  }

  @Test
  void aFailureOfAKindThatIsNotKnownIsForgotten() throws Exception {
    cache().keep(address(1), new WebTrouble(Reason.NOT_FOUND, Outlook.LASTING, "gone"));
    Files.writeString(files().get(0), "MELTED\ngone");
    assertThat(cache().failure(address(1))).isEmpty();
    Files.writeString(files().get(0), "");
    assertThat(cache().failure(address(1))).isEmpty();
  }

  @Test
  void partsThatAKilledProgramLeftAreRemovedAndFreshOnesAreNot() throws Exception {
    Path old =
        Files.write(Files.createDirectories(temp.resolve("c/ab")).resolve("1.part"), new byte[1]);
    Path fresh = Files.write(temp.resolve("c/ab/2.part"), new byte[1]);
    age(old, Duration.ofHours(2));
    cache().keep(address(1), new byte[10]);
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenCostsNoImage() throws Exception {
    Files.write(temp.resolve("c"), new byte[1]);
    WebCache cache = cache();
    cache.keep(address(1), new byte[10]);
    assertThat(cache.image(address(1))).isEmpty();
    assertThat(cache.failure(address(1))).isEmpty();
  }

  private WebCache cache() {
    return new WebCache(temp.resolve("c"), BOUND);
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(temp.resolve("c"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(temp.resolve("c"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private long length() throws IOException {
    long length = 0;
    for (Path file : files()) {
      length += Files.size(file);
    }
    return length;
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private static WebAddress address(int i) throws WebTrouble {
    return WebAddress.parse("http://example.org/" + i);
  }

  private static WebAddress at(int i) {
    try {
      return address(i);
    } catch (WebTrouble e) {
      throw new AssertionError(e);
    }
  }
}
