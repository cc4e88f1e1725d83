package io.capbench.viewer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.capbench.viewer.fixture.FxThread;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import javafx.event.Event;
import javafx.scene.Group;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class RowFlowTest {
  private static final long FIVE_BILLION = 5_000_000_000L;
  private static final double ROW = 100;
  private static final double WIDTH = 600;
  private static final double HEIGHT = 450;

  private final List<Cell> cells = new ArrayList<>();
  private final List<Long> picked = new ArrayList<>();

  private static final class Cell implements RowCell {
    private final Region node = new Region();
    private long position = -1;
    private boolean selected;
    private int shown;

    @Override
    public Region node() {
      return node;
    }

    @Override
    public void show(long newPosition, boolean newSelected) {
      position = newPosition;
      selected = newSelected;
      shown++;
    }
  }

  @Test
  void anEmptyListShowsNothing() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(0);
          assertThat(visible()).isEmpty();
          assertThat(bar(flow).isVisible()).isFalse();
          flow.reveal(0);
          flow.scrollTo(5);
          assertThat(flow.firstVisible()).isZero();
          press(flow, 10, 10);
          assertThat(picked).isEmpty();
        });
  }

  @Test
  void aShortListShowsItsRowsFromTheTopWithoutABar() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(3);
          assertThat(visible().keySet()).containsExactly(0L, 1L, 2L);
          assertThat(visible().get(2L).node.getLayoutY()).isEqualTo(200);
          assertThat(bar(flow).isVisible()).isFalse();
          assertThat(flow.rowWidthProperty().get()).isEqualTo(WIDTH);
          assertThat(visible().get(0L).node.getWidth()).isEqualTo(WIDTH);
        });
  }

  @Test
  void theEndOfFiveBillionRowsIsShownWholeAtTheBottom() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(FIVE_BILLION);
          flow.scrollTo((double) FIVE_BILLION);
          flow.layout();
          assertThat(visible().lastKey()).isEqualTo(FIVE_BILLION - 1);
          assertThat(visible().lastEntry().getValue().node.getLayoutY())
              .isCloseTo(HEIGHT - ROW, within(0.01));
          assertThat(visible()).hasSize(5);
        });
  }

  @Test
  void cellsAreAsManyAsFitHoweverLongTheListAndTheWay() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(FIVE_BILLION);
          for (long position = 0; position < FIVE_BILLION; position += 49_999_999) {
            flow.scrollTo((double) position);
            flow.layout();
          }
          assertThat(cells).hasSize(6);
          assertThat(cells.stream().mapToInt(cell -> cell.shown).sum())
              .isLessThanOrEqualTo(102 * 6);
        });
  }

  @Test
  void scrollingByARowKeepsTheCellsOfTheOtherRows() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(FIVE_BILLION);
          flow.scrollTo(4_000_000_007.0);
          flow.layout();
          NavigableMap<Long, Cell> before = visible();
          flow.scrollTo(4_000_000_008.0);
          flow.layout();
          NavigableMap<Long, Cell> after = visible();
          long kept = before.keySet().stream().filter(after::containsKey).count();
          assertThat(kept).isEqualTo(before.size() - 1);
          before.forEach(
              (position, cell) -> {
                if (after.containsKey(position)) {
                  assertThat(after.get(position)).isSameAs(cell);
                }
              });
          assertThat(after.firstKey()).isEqualTo(4_000_000_008L);
        });
  }

  @Test
  void rowsStandOneBelowTheOtherAndFillTheHeight() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(FIVE_BILLION);
          flow.scrollTo(1_234_567.5);
          flow.layout();
          double y = -50;
          for (Cell cell : visible().values()) {
            assertThat(cell.node.getLayoutY()).isCloseTo(y, within(0.01));
            y += ROW;
          }
          assertThat(y).isGreaterThanOrEqualTo(HEIGHT);
        });
  }

  @Test
  void revealScrollsAsLittleAsNeeded() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(1000);
          flow.reveal(3);
          assertThat(bar(flow).getValue()).isZero();
          flow.reveal(10);
          assertThat(bar(flow).getValue()).isCloseTo(11 - 4.5, within(1e-9));
          flow.reveal(8);
          assertThat(bar(flow).getValue()).isCloseTo(6.5, within(1e-9));
          flow.reveal(6);
          assertThat(bar(flow).getValue()).isEqualTo(6);
          flow.reveal(999);
          assertThat(bar(flow).getValue()).isCloseTo(995.5, within(1e-9));
        });
  }

  @Test
  void aRowTallerThanTheListIsRevealedFromItsTop() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(1000);
          flow.setRowHeight(1000);
          flow.layout();
          flow.reveal(7);
          assertThat(bar(flow).getValue()).isEqualTo(7);
          assertThat(flow.wholeRows()).isEqualTo(1);
        });
  }

  @Test
  void theWheelScrollsBothWaysAndStopsAtTheEnds() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(1000);
          scroll(flow, -400, false);
          assertThat(bar(flow).getValue()).isCloseTo(7.5, within(1e-9));
          scroll(flow, 40, false);
          assertThat(bar(flow).getValue()).isCloseTo(6.75, within(1e-9));
          scroll(flow, 1e6, false);
          assertThat(bar(flow).getValue()).isZero();
          scroll(flow, -1e6, false);
          assertThat(bar(flow).getValue()).isEqualTo(995.5);
        });
  }

  @Test
  void theWheelWithControlIsLeftToOthers() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(1000);
          scroll(flow, -400, true);
          assertThat(bar(flow).getValue()).isZero();
        });
  }

  @Test
  void aPressPicksTheRowUnderThePointer() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(FIVE_BILLION);
          press(flow, 10, 0);
          press(flow, 10, 99);
          press(flow, 10, 101);
          flow.scrollTo(4_000_000_000.5);
          press(flow, 10, 49);
          press(flow, 10, 51);
          assertThat(picked).containsExactly(0L, 0L, 1L, 4_000_000_000L, 4_000_000_001L);
        });
  }

  @Test
  void aPressBelowTheLastRowOrOnTheBarPicksNothing() {
    FxThread.run(
        () -> {
          press(flow(2), 10, 250);
          press(flow(100), WIDTH - 2, 10);
          assertThat(picked).isEmpty();
        });
  }

  @Test
  void withoutABarARowIsPickedUpToItsRightEdge() {
    FxThread.run(
        () -> {
          press(flow(2), WIDTH - 2, 150);
          assertThat(picked).containsExactly(1L);
        });
  }

  @Test
  void theSelectedRowIsToldAndSelectingDoesNotScroll() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(1000);
          flow.selectedProperty().set(2);
          flow.layout();
          assertThat(visible().get(2L).selected).isTrue();
          assertThat(visible().get(1L).selected).isFalse();
          flow.selectedProperty().set(500);
          flow.layout();
          assertThat(flow.firstVisible()).isZero();
          assertThat(visible().get(2L).selected).isFalse();
        });
  }

  @Test
  void aTallerListShowsMoreRowsAndASmallerOneHidesThem() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(1000);
          flow.resize(WIDTH, 900);
          flow.layout();
          assertThat(visible()).hasSizeGreaterThanOrEqualTo(9);
          flow.resize(WIDTH, 200);
          flow.layout();
          assertThat(visible()).hasSizeLessThanOrEqualTo(3);
          assertThat(visible().firstKey()).isZero();
          assertThat(flow.wholeRows()).isEqualTo(2);
        });
  }

  @Test
  void growingAtTheEndKeepsTheLastRowAtTheBottom() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(1000);
          flow.scrollTo(1000);
          flow.resize(WIDTH, 900);
          flow.layout();
          assertThat(visible().lastKey()).isEqualTo(999);
          assertThat(bar(flow).getValue()).isEqualTo(991);
        });
  }

  @Test
  void fewerRowsScrollBackIntoTheList() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(1000);
          flow.scrollTo(900);
          flow.rowCountProperty().set(10);
          flow.layout();
          assertThat(visible().lastKey()).isEqualTo(9);
          flow.rowCountProperty().set(0);
          flow.layout();
          assertThat(visible()).isEmpty();
        });
  }

  @Test
  void refreshShowsTheVisibleRowsAnew() {
    FxThread.run(
        () -> {
          RowFlow flow = flow(1000);
          int before = visible().get(0L).shown;
          flow.refresh();
          flow.layout();
          assertThat(visible().get(0L).shown).isEqualTo(before + 1);
        });
  }

  private RowFlow flow(long rows) {
    RowFlow flow =
        new RowFlow(
            ROW,
            () -> {
              Cell cell = new Cell();
              cells.add(cell);
              return cell;
            });
    flow.setOnPick(picked::add);
    flow.rowCountProperty().set(rows);
    new Scene(new Group(flow));
    flow.applyCss();
    flow.resize(WIDTH, HEIGHT);
    flow.layout();
    return flow;
  }

  private NavigableMap<Long, Cell> visible() {
    NavigableMap<Long, Cell> visible = new TreeMap<>();
    for (Cell cell : cells) {
      if (cell.node.isVisible()) {
        assertThat(visible.put(cell.position, cell)).as("one cell a row").isNull();
      }
    }
    return visible;
  }

  private static ScrollBar bar(RowFlow flow) {
    return (ScrollBar) flow.lookup(".scroll-bar");
  }

  private static void press(RowFlow flow, double x, double y) {
    Event.fireEvent(
        flow,
        new MouseEvent(
            MouseEvent.MOUSE_PRESSED,
            x,
            y,
            x,
            y,
            MouseButton.PRIMARY,
            1,
            false,
            false,
            false,
            false,
            true,
            false,
            false,
            false,
            false,
            true,
            new PickResult(flow, x, y)));
  }

  private static void scroll(RowFlow flow, double deltaY, boolean control) {
    Event.fireEvent(
        flow,
        new ScrollEvent(
            ScrollEvent.SCROLL,
            10,
            10,
            10,
            10,
            false,
            control,
            false,
            false,
            false,
            false,
            0,
            deltaY,
            0,
            deltaY,
            ScrollEvent.HorizontalTextScrollUnits.NONE,
            0,
            ScrollEvent.VerticalTextScrollUnits.NONE,
            0,
            0,
            new PickResult(flow, 10, 10)));
  }
}
