package io.capbench.viewer.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.fixture.MemoryRows;
import io.capbench.viewer.fixture.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowPagesTest {
  private final Turns io = new Turns();
  private final Turns fx = new Turns();
  private final List<Long> read = new ArrayList<>();
  private final List<RowPages.Page> arrived = new ArrayList<>();
  private final RowPages pages = pages(this::items);

  @Test
  void aRowIsThereOnceItsPageHasCome() {
    assertThat(pages.row(70)).isNull();
    io.runAll();
    assertThat(pages.row(70)).as("read, but the FX thread has not heard of it").isNull();
    fx.runAll();

    assertThat(pages.row(70)).isNotNull();
    assertThat(pages.row(70).row().key()).isEqualTo(MemoryRows.key(70));
    assertThat(pages.row(64)).isNotNull();
    assertThat(pages.error(70)).isNull();
    assertThat(read).containsExactly(64L);
    assertThat(arrived).hasSize(1);
  }

  @Test
  void askingAgainDoesNotReadAgain() {
    for (int i = 0; i < 64; i++) {
      assertThat(pages.row(i)).isNull();
    }
    assertThat(io.size()).isEqualTo(1);
    settle();
    assertThat(pages.row(63)).isNotNull();
    assertThat(io.size()).isZero();
  }

  @Test
  void positionsBeyondFourThousandMillionAreRead() {
    pages.row(4_999_999_999L);
    settle();
    assertThat(pages.row(4_999_999_999L)).isNotNull();
    assertThat(read).containsExactly(4_999_999_999L / 64 * 64);
  }

  @Test
  void aPageThatWasReadWhileItsViewGrewIsReadAgainForTheRowsThatItLacks() {
    AtomicLong size = new AtomicLong(3);
    RowPages growing =
        new RowPages(
            (from, limit) ->
                LongStream.range(from, Math.min(size.get(), from + limit))
                    .mapToObj(number -> new RowItem(MemoryRows.row(number), Map.of(), null))
                    .toList(),
            io,
            fx,
            page -> {});
    growing.row(2);
    settle();
    size.set(5);
    assertThat(growing.row(2)).as("final").isNotNull();
    assertThat(growing.row(4)).as("asked for again").isNull();
    settle();
    assertThat(growing.row(4)).isNotNull();
    assertThat(growing.row(2)).isNotNull();
  }

  @Test
  void aPageThatIsOnItsWayWhileItsRowsChangeIsReadOnceMore() {
    pages.row(0);
    pages.refresh();
    assertThat(io.size()).as("not asked for twice at once").isEqualTo(1);
    settle();
    assertThat(read).containsExactly(0L, 0L);
    pages.refresh();
    settle();
    assertThat(read).containsExactly(0L, 0L, 0L);
    assertThat(arrived).hasSize(3);
  }

  @Test
  void aPageOfRowsThatAreGoneIsNotRead() {
    pages.row(0);
    pages.close();
    settle();
    assertThat(read).isEmpty();
    assertThat(arrived).isEmpty();
  }

  @Test
  void aFastScrollAsksForAFewPagesAtATimeAndForMoreWhenTheyCame() {
    for (long page = 0; page < 100; page++) {
      pages.row(page * RowPages.PAGE);
    }
    assertThat(io.size()).isEqualTo(8);
    settle();
    assertThat(pages.row(99 * RowPages.PAGE)).isNull();
    settle();
    assertThat(pages.row(99 * RowPages.PAGE)).isNotNull();
  }

  @Test
  void theLeastRecentlyUsedPagesAreForgotten() {
    for (long page = 0; page < 41; page++) {
      pages.row(page * RowPages.PAGE);
      settle();
      assertThat(pages.row(0)).as("used all the time").isNotNull();
    }
    assertThat(read).hasSize(41);
    assertThat(pages.row(RowPages.PAGE)).as("unused for long").isNull();
    assertThat(pages.row(2 * RowPages.PAGE)).isNotNull();
  }

  @Test
  void aPageThatCannotBeReadSaysWhyAndIsNotAskedForAgain() {
    RowPages broken =
        pages(
            (from, limit) -> {
              read.add(from);
              throw new CapbenchException("a.parquet ends too early; fetch it again");
            });
    broken.row(3);
    settle();
    assertThat(broken.row(3)).isNull();
    assertThat(broken.error(3)).isEqualTo("a.parquet ends too early; fetch it again");
    assertThat(broken.error(5)).isNotNull();
    assertThat(arrived).hasSize(1);
    assertThat(read).hasSize(1);
  }

  @Test
  void anUnforeseenFailureIsAnErrorPageToo() {
    RowPages broken =
        pages(
            (from, limit) -> {
              throw new IllegalStateException("closed");
            });
    broken.row(3);
    settle();
    assertThat(broken.error(3)).contains("could not be read").contains("closed");
  }

  @Test
  void afterTheEndThereIsNoRow() {
    RowPages two = pages((from, limit) -> items(from, 2));
    two.row(1);
    settle();
    assertThat(two.row(1)).isNotNull();
    assertThat(two.row(2)).isNull();
    assertThat(two.error(2)).isNull();
  }

  @Test
  void whatComesAfterClosingIsDropped() {
    pages.row(0);
    io.runAll();
    pages.close();
    fx.runAll();
    assertThat(arrived).isEmpty();
    assertThat(pages.row(0)).isNull();
    assertThat(io.size()).as("a closed list asks for nothing").isZero();
  }

  @Test
  void forgottenPagesAreReadAnew() {
    pages.row(0);
    settle();
    pages.forget();
    assertThat(pages.row(0)).isNull();
    settle();
    assertThat(pages.row(0)).isNotNull();
    assertThat(read).containsExactly(0L, 0L);
  }

  @Test
  void aPageThatWasReadBeforeForgettingIsNotShownAfterIt() {
    pages.row(0);
    io.runAll();
    pages.forget();
    assertThat(pages.row(0)).isNull();
    settle();
    assertThat(pages.row(0)).isNotNull();
    assertThat(read).as("the first reading is out of date").containsExactly(0L, 0L);
  }

  private void settle() {
    Turns.runAll(io, fx);
  }

  private RowPages pages(RowPages.PageReader reader) {
    return new RowPages(reader, io, fx, arrived::add);
  }

  private List<RowItem> items(long from, int limit) {
    read.add(from);
    List<RowItem> items = new ArrayList<>();
    for (int i = 0; i < limit; i++) {
      items.add(new RowItem(MemoryRows.row(from + i), Map.of(), null));
    }
    return items;
  }
}
