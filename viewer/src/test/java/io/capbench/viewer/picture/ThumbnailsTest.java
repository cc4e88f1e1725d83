package io.capbench.viewer.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ImageRef;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.MemoryRows;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fixture.Turns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ThumbnailsTest {
  private final Turns fx = new Turns();
  private final AtomicInteger arrivals = new AtomicInteger();
  private final List<String> decoded = new CopyOnWriteArrayList<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final CountDownLatch heldNow = new CountDownLatch(2);
  private final byte[] bytes = SampleShards.encoded("png", 80, 40);
  private final Thumbnails thumbnails =
      new Thumbnails(new PictureDecoder(source()), 16, fx, arrivals::incrementAndGet);

  @BeforeAll
  static void startJavaFx() {
    FxThread.start();
  }

  @AfterEach
  void close() {
    held.values().forEach(CountDownLatch::countDown);
    thumbnails.close();
  }

  private ImageSource source() {
    return ref -> {
      CountDownLatch hold = held.get(ref.name());
      if (hold != null) {
        heldNow.countDown();
        try {
          hold.await();
        } catch (InterruptedException e) {
          throw new ImageException(Reason.UNREADABLE, "stopped", e);
        }
      }
      if (failing.contains(ref.name())) {
        throw new ImageException(Reason.DNS, "no such host");
      }
      decoded.add(ref.name());
      return new ImageBytes(bytes, Format.PNG, 80, 40);
    };
  }

  @Test
  void aThumbnailIsLoadingUntilItHasCome() {
    assertThat(of(1)).isInstanceOf(Picture.Loading.class);
    fx.runUntil(() -> arrivals.get() == 1);
    Picture.Shown shown = (Picture.Shown) of(1);
    assertThat(shown.image().getWidth()).isEqualTo(16);
    assertThat(of(1)).isSameAs(shown);
    assertThat(decoded).containsExactly("1");
  }

  @Test
  void askingAgainWhileItIsOnItsWayDecodesItOnce() {
    for (int i = 0; i < 20; i++) {
      of(1);
    }
    fx.runUntil(() -> arrivals.get() == 1);
    of(2);
    fx.runUntil(() -> arrivals.get() == 2);
    assertThat(decoded).containsExactly("1", "2");
  }

  @Test
  void theLastAskedForComesFirst() throws Exception {
    holdBothWorkers();
    for (int row = 1; row <= 10; row++) {
      of(row);
    }
    held.get("100").countDown();
    fx.runUntil(() -> arrivals.get() == 11);
    assertThat(decoded).containsExactly("100", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1");
  }

  @Test
  void aFastScrollForgetsTheOldestRequestsAndTheyCanBeAskedForAgain() throws Exception {
    holdBothWorkers();
    for (int row = 1; row <= 70; row++) {
      of(row);
    }
    held.get("100").countDown();
    fx.runUntil(() -> arrivals.get() == 65);
    assertThat(decoded).hasSize(65).contains("70", "7").doesNotContain("6", "1");

    assertThat(of(1)).isInstanceOf(Picture.Loading.class);
    fx.runUntil(() -> arrivals.get() == 66);
    assertThat(of(1)).isInstanceOf(Picture.Shown.class);
  }

  @Test
  void atMostFiveHundredAreKept() {
    for (int row = 0; row < 501; row++) {
      of(row);
      int wanted = row + 1;
      fx.runUntil(() -> arrivals.get() == wanted);
    }
    assertThat(of(500)).isInstanceOf(Picture.Shown.class);
    assertThat(of(1)).isInstanceOf(Picture.Shown.class);
    assertThat(of(0)).as("the oldest was forgotten").isInstanceOf(Picture.Loading.class);
  }

  @Test
  void anImageThatCannotBeShownIsRememberedAsMissing() {
    Thumbnails broken =
        new Thumbnails(
            new PictureDecoder(
                ref -> {
                  decoded.add(ref.name());
                  throw new ImageException(Reason.NOT_FOUND, "gone");
                }),
            16,
            fx,
            arrivals::incrementAndGet);
    try {
      broken.of(MemoryRows.key(1), new ImageRef.File(Path.of("1"), "1"));
      fx.runUntil(() -> arrivals.get() == 1);
      assertThat(broken.of(MemoryRows.key(1), new ImageRef.File(Path.of("1"), "1")))
          .isEqualTo(new Picture.Missing(Reason.NOT_FOUND, "gone"));
      assertThat(decoded).hasSize(1);
    } finally {
      broken.close();
    }
  }

  @Test
  void afterClosingNothingIsDecoded() {
    thumbnails.close();
    assertThat(of(1)).isInstanceOf(Picture.Loading.class);
    assertThat(decoded).isEmpty();
  }

  @Test
  void whatIsOnTheWebIsAskedForOnlyWhenTheListRests() {
    for (int row = 1; row <= 200; row++) {
      assertThat(web(row)).isInstanceOf(Picture.Loading.class);
    }
    assertThat(decoded).isEmpty();
    thumbnails.rest(List.of(row(100), row(101)), List.of(row(102)));
    fx.runUntil(() -> arrivals.get() == 3);
    assertThat(decoded)
        .containsExactlyInAnyOrder(url(100).name(), url(101).name(), url(102).name());
    assertThat(web(102)).isInstanceOf(Picture.Shown.class);
  }

  @Test
  void whatWasScrolledAwayBeforeItsTurnIsDropped() throws Exception {
    List<CaptionRow> first = new ArrayList<>();
    for (int row = 0; row < 3; row++) {
      held.put(url(row).name(), new CountDownLatch(1));
      first.add(row(row));
    }
    first.add(row(10));
    first.add(row(11));
    thumbnails.rest(first, List.of());
    heldNow.await();
    thumbnails.rest(List.of(row(20)), List.of());
    held.values().forEach(CountDownLatch::countDown);
    fx.runUntil(() -> arrivals.get() == 4);
    assertThat(decoded).contains(url(20).name()).doesNotContain(url(10).name(), url(11).name());
    thumbnails.rest(List.of(row(10)), List.of());
    fx.runUntil(() -> arrivals.get() == 5);
    assertThat(web(10)).isInstanceOf(Picture.Shown.class);
  }

  @Test
  void aHostThatDoesNotAnswerHoldsUpItsOwnPicturesOnly() throws Exception {
    List<CaptionRow> rows = new ArrayList<>();
    for (int row = 0; row < 20; row++) {
      CaptionRow slow = row(row, "http://slow.example/" + row);
      held.put(slow.image().name(), new CountDownLatch(1));
      rows.add(slow);
    }
    rows.add(row(20, "http://fast.example/1"));
    thumbnails.rest(rows, List.of());
    fx.runUntil(() -> arrivals.get() == 1);
    assertThat(decoded).containsExactly("http://fast.example/1");
    of(21);
    fx.runUntil(() -> arrivals.get() == 2);
    assertThat(decoded).as("a picture on this machine").endsWith("21");
  }

  @Test
  void whatIsMissingIsAskedForAgainOnceItIsForgotten() {
    failing.add(url(1).name());
    thumbnails.rest(List.of(row(1), row(2)), List.of());
    fx.runUntil(() -> arrivals.get() == 2);
    assertThat(web(1)).isInstanceOf(Picture.Missing.class);
    failing.clear();
    thumbnails.forgetMissing();
    thumbnails.rest(List.of(row(1), row(2)), List.of());
    fx.runUntil(() -> arrivals.get() == 3);
    assertThat(web(1)).isInstanceOf(Picture.Shown.class);
    assertThat(web(2)).isInstanceOf(Picture.Shown.class);
  }

  private Picture web(int row) {
    return thumbnails.of(MemoryRows.key(row), url(row));
  }

  private static ImageRef url(int row) {
    return new ImageRef.Url("http://host.example/" + row);
  }

  private static CaptionRow row(int row) {
    return row(row, url(row).name());
  }

  private static CaptionRow row(int row, String url) {
    CaptionRow any = MemoryRows.row(row);
    return new CaptionRow(
        any.key(), any.shard(), any.contentHash(), new ImageRef.Url(url), any.captions());
  }

  private void holdBothWorkers() throws InterruptedException {
    held.put("100", new CountDownLatch(1));
    held.put("200", new CountDownLatch(1));
    of(100);
    of(200);
    heldNow.await();
  }

  private Picture of(int row) {
    String name = String.valueOf(row);
    return thumbnails.of(MemoryRows.key(row), new ImageRef.File(Path.of(name), name));
  }
}
