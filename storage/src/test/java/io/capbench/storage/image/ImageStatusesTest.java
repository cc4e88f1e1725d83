package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.WebTrouble.Outlook;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ImageStatusesTest {
  @TempDir Path temp;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private ImageStatuses statuses;

  @BeforeEach
  void open() {
    statuses = statuses(1_000);
  }

  @AfterEach
  void close() {
    statuses.close();
  }

  @Test
  void nothingIsKnownAndNoFileIsMadeAtFirst() {
    assertThat(statuses.of("http://a.example/1")).isEqualTo(ImageStatus.UNKNOWN);
    assertThat(statuses.settled("http://a.example/1")).isFalse();
    assertThat(all(0)).isEmpty();
    assertThat(file()).doesNotExist();
  }

  @Test
  void whatWasNotedIsThereForTheNextProgramAndForOneBeside() {
    statuses.succeeded("1", "ab");
    statuses.failed("2", trouble(Reason.TIMEOUT, Outlook.PASSING));
    ImageStatuses beside = statuses(1_000);
    assertThat(beside.of("1")).isEqualTo(ImageStatus.OK);
    assertThat(beside.find("1").orElseThrow().content()).isEqualTo("ab");
    assertThat(beside.find("2").orElseThrow().message()).isEqualTo("because");
    beside.succeeded("3", null);
    assertThat(statuses.of("3")).isEqualTo(ImageStatus.OK);
    beside.close();
  }

  @Test
  void changesAreHandedOutOnce() {
    statuses.succeeded("1", "ab");
    statuses.failed("2", trouble(Reason.NOT_FOUND, Outlook.LASTING));
    Map<String, ImageStatus> seen = new LinkedHashMap<>();
    long first = statuses.forEach(0, seen::put);
    assertThat(seen)
        .containsExactly(Map.entry("1", ImageStatus.OK), Map.entry("2", ImageStatus.GONE));
    assertThat(all(first)).isEmpty();
    statuses.succeeded("2", "cd");
    seen.clear();
    long second = statuses.forEach(first, seen::put);
    assertThat(seen).containsExactly(Map.entry("2", ImageStatus.OK));
    assertThat(second).isGreaterThan(first);
    statuses.clear();
    assertThat(statuses.forEach(second, seen::put)).isLessThan(second);
  }

  @Test
  void moreThanOnePageOfChangesIsHandedOut() {
    ImageStatuses many = new ImageStatuses(file(), () -> now);
    for (int i = 0; i < 5_003; i++) {
      many.succeeded("k" + i, null);
    }
    assertThat(all(0)).hasSize(5_003);
    many.close();
  }

  @ParameterizedTest
  @CsvSource({
    "PASSING, 1, 60",
    "PASSING, 2, 240",
    "PASSING, 9, 86400",
    "OPEN, 1, 600",
    "OPEN, 3, 9600",
    "OPEN, 99, 604800",
    "LASTING, 1, 2592000"
  })
  void failuresAreLeftAloneForLongerEachTime(Outlook outlook, int tries, long seconds) {
    for (int i = 0; i < tries; i++) {
      statuses.failed("1", trouble(Reason.DNS, outlook));
    }
    now = now.plusSeconds(seconds - 1);
    assertThat(statuses.settled("1")).isTrue();
    now = now.plusSeconds(1);
    assertThat(statuses.settled("1")).isFalse();
    assertThat(statuses.of("1")).isEqualTo(ImageStatus.DNS);
  }

  @Test
  void aSuccessMakesTheNextFailureTheFirst() {
    statuses.failed("1", trouble(Reason.DNS, Outlook.PASSING));
    statuses.failed("1", trouble(Reason.DNS, Outlook.PASSING));
    statuses.succeeded("1", null);
    now = now.plus(Duration.ofDays(400));
    assertThat(statuses.settled("1")).isTrue();
    statuses.failed("1", trouble(Reason.DNS, Outlook.PASSING));
    assertThat(statuses.find("1").orElseThrow().tries()).isEqualTo(1);
  }

  @Test
  void retryingLetsAskAgainAndKeepsTheStatusUntilThen() {
    statuses.failed("1", trouble(Reason.NOT_FOUND, Outlook.LASTING));
    statuses.failed("2", trouble(Reason.NOT_FOUND, Outlook.LASTING));
    statuses.failed("3", trouble(Reason.DNS, Outlook.LASTING));
    statuses.retry("1");
    assertThat(statuses.settled("1")).isFalse();
    assertThat(statuses.settled("2")).isTrue();
    statuses.retryAll(ImageStatus.GONE);
    assertThat(statuses.settled("2")).isFalse();
    assertThat(statuses.of("2")).isEqualTo(ImageStatus.GONE);
    assertThat(statuses.settled("3")).isTrue();
  }

  @Test
  void theOldestAreForgottenWhenThereAreTooMany() {
    ImageStatuses small = statuses(64);
    for (int i = 0; i < 500; i++) {
      small.succeeded("k" + i, null);
    }
    assertThat(all(0)).hasSizeBetween(50, 64).containsKey("k499").doesNotContainKey("k0");
    small.close();
  }

  @Test
  void aFileThatIsDamagedIsMadeAnew() throws IOException {
    Files.writeString(
        file(), "this is no database, and it is long enough to be looked at".repeat(9));
    assertThat(statuses.of("1")).isEqualTo(ImageStatus.UNKNOWN);
    statuses.succeeded("1", null);
    assertThat(statuses.of("1")).isEqualTo(ImageStatus.OK);
  }

  @Test
  void aFolderThatCannotBeWrittenCostsOnlyTheMemory() throws IOException {
    Files.writeString(temp.resolve("file"), "in the way");
    ImageStatuses none = new ImageStatuses(temp.resolve("file/statuses.db"), () -> now);
    none.succeeded("1", null);
    assertThat(none.of("1")).isEqualTo(ImageStatus.UNKNOWN);
    none.retryAll(ImageStatus.GONE);
  }

  @Test
  void addressesNameImagesOnTheWebAndRowsNameTheOthers() {
    RowKey key = new RowKey("0".repeat(64), 7);
    assertThat(ImageStatuses.key(row(key, new ImageRef.Url("http://a/1")))).isEqualTo("http://a/1");
    assertThat(ImageStatuses.key(row(key, new ImageRef.File(Path.of("x"), "x"))))
        .isEqualTo("0".repeat(64) + ":7");
    assertThat(ImageStatuses.key(row(key, new ImageRef.None()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusIsFoundByItsIdAndHasWords(ImageStatus status) {
    assertThat(ImageStatus.of(status.id())).isEqualTo(status);
    assertThat(status.words()).isNotBlank();
    if (status.failed() && status != ImageStatus.MISSING) {
      assertThat(ImageStatus.of(new ImageRef.Url("u"), status.reason())).isEqualTo(status);
    }
  }

  @Test
  void aFileThatIsNotThereIsMissingAndNot404() {
    assertThat(ImageStatus.of(new ImageRef.File(Path.of("x"), "x"), Reason.NOT_FOUND))
        .isEqualTo(ImageStatus.MISSING);
  }

  private static CaptionRow row(RowKey key, ImageRef image) {
    return new CaptionRow(key, "s", "0".repeat(64), image, Map.of());
  }

  private Map<String, ImageStatus> all(long since) {
    Map<String, ImageStatus> seen = new LinkedHashMap<>();
    statuses.forEach(since, seen::put);
    return seen;
  }

  private ImageStatuses statuses(int bound) {
    return new ImageStatuses(file(), () -> now, bound);
  }

  private Path file() {
    return temp.resolve("statuses.db");
  }

  private static WebTrouble trouble(Reason reason, Outlook outlook) {
    return new WebTrouble(reason, outlook, "because");
  }
}
