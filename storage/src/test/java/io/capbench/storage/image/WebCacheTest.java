package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebCacheTest {
  private static final long BOUND = 64_000;

  @TempDir Path temp;

  @Test
  void anImageIsKeptUnderTheHashOfWhatIsInIt() throws Exception {
    WebCache cache = cache();
    String content = cache.keep(new byte[] {1, 2, 3});
    // printf '\001\002\003' | sha256sum
    assertThat(content)
        .isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    assertThat(cache().image(content)).hasValue(new byte[] {1, 2, 3});
    assertThat(cache.image(content.replace('0', '1'))).isEmpty();
    Path file = files().get(0);
    assertThat(file).hasFileName(content);
    assertThat(file.getParent()).hasFileName("03");
    cache.keep(new byte[] {1, 2, 3});
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatWasDamagedOnTheDiskIsNotHandedOut() throws Exception {
    String content = cache().keep(new byte[] {1, 2, 3});
    Files.write(files().get(0), new byte[] {1, 2, 4});
    assertThat(cache().image(content)).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void whatWasNotUsedForLongestGoesWhenThereIsTooMuch() throws Exception {
    WebCache cache = cache();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      kept.add(cache.keep(bytes(i, 8_000)));
    }
    for (Path file : files()) {
      age(file, Duration.ofHours(2));
    }
    assertThat(cache.image(kept.get(0))).isPresent();
    for (int i = 7; i < 12; i++) {
      kept.add(cache.keep(bytes(i, 8_000)));
      assertThat(length()).isLessThanOrEqualTo(BOUND);
    }
    assertThat(cache.image(kept.get(0))).isPresent();
    assertThat(cache.image(kept.get(11))).isPresent();
    assertThat(kept.subList(1, 7).stream().filter(c -> cache.image(c).isPresent()).count())
        .isLessThan(3);
  }

  @Test
  void itSaysHowMuchItHoldsAndLetsGoOfIt() throws Exception {
    WebCache cache = cache();
    assertThat(cache.size()).isEqualTo(new WebImages.Size(0, 0));
    cache.keep(bytes(1, 10));
    cache.keep(bytes(2, 20));
    Files.write(temp.resolve("c/statuses.db"), new byte[100]);
    assertThat(cache.size()).isEqualTo(new WebImages.Size(2, 30));
    cache.clear();
    assertThat(cache.size()).isEqualTo(new WebImages.Size(0, 0));
    assertThat(temp.resolve("c/statuses.db")).exists();
  }

  @Test
  void twoProgramsTogetherStayBelowTheBound() throws Exception {
    WebCache one = cache();
    WebCache other = cache();
    for (int i = 0; i < 400; i++) {
      (i % 2 == 0 ? one : other).keep(bytes(i, 500));
    }
    assertThat(length()).isLessThanOrEqualTo(BOUND).isGreaterThan(BOUND / 2);
  }

  @Test
  void whatIsTooLargeForTheCacheIsNotKept() throws Exception {
    cache().keep(new byte[(int) BOUND]);
    assertThat(files()).isEmpty();
  }

  @Test
  void partsThatAKilledProgramLeftAreRemovedAndFreshOnesAreNot() throws Exception {
    Path old =
        Files.write(Files.createDirectories(temp.resolve("c/ab")).resolve("1.part"), new byte[1]);
    Path fresh = Files.write(temp.resolve("c/ab/2.part"), new byte[1]);
    age(old, Duration.ofHours(2));
    cache().keep(new byte[10]);
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenCostsNoImage() throws Exception {
    Files.write(temp.resolve("c"), new byte[1]);
    WebCache cache = cache();
    assertThat(cache.image(cache.keep(new byte[10]))).isEmpty();
    assertThat(cache.size()).isEqualTo(new WebImages.Size(0, 0));
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

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
