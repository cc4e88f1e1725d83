package io.capbench.viewer.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.SimpleLongProperty;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/**
 * A vertical list of rows of one height, as long as a {@code long} can count. JavaFX's own list
 * keeps a size for every row it passed and stops at two thousand million; this one knows only the
 * rows that are visible. FX thread only.
 */
public final class RowFlow extends Region {
  private static final double LINES_A_WHEEL_STEP = 40;

  /** Pixels of the scroll bar's thumb: in a long list it must still be possible to grab it. */
  private static final double SMALLEST_THUMB = 36;

  private final Supplier<RowCell> newCell;
  private final LongProperty rowCount = new SimpleLongProperty(this, "rowCount", 0);
  private final LongProperty selected = new SimpleLongProperty(this, "selected", -1);
  private final ReadOnlyDoubleWrapper rowWidth = new ReadOnlyDoubleWrapper(this, "rowWidth", 0);
  private final ReadOnlyDoubleWrapper position = new ReadOnlyDoubleWrapper(this, "position", 0);
  private final ScrollBar bar = new ScrollBar();
  private final Rectangle clip = new Rectangle();
  private final List<RowCell> cells = new ArrayList<>();
  private LongConsumer onPick = position -> {};
  private double rowHeight;

  /**
   * Makes an empty list.
   *
   * @param rowHeight height of a row in pixels
   * @param newCell makes a cell; called as often as rows are visible
   */
  public RowFlow(double rowHeight, Supplier<RowCell> newCell) {
    this.rowHeight = rowHeight;
    this.newCell = newCell;
    getStyleClass().add("row-flow");
    setAccessibleRole(AccessibleRole.LIST_VIEW);
    setFocusTraversable(true);
    bar.setOrientation(Orientation.VERTICAL);
    bar.setFocusTraversable(false);
    bar.setUnitIncrement(1);
    getChildren().add(bar);
    setClip(clip);
    position.bind(bar.valueProperty());
    bar.valueProperty().addListener(o -> requestLayout());
    rowCount.addListener(o -> requestLayout());
    selected.addListener(o -> requestLayout());
    addEventHandler(ScrollEvent.SCROLL, this::wheel);
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
  }

  /** Number of rows, from 0. */
  public LongProperty rowCountProperty() {
    return rowCount;
  }

  /** Position of the selected row, or -1. Setting it does not scroll. */
  public LongProperty selectedProperty() {
    return selected;
  }

  /** What to do when a row is pressed with the mouse; gets its position. */
  public void setOnPick(LongConsumer action) {
    onPick = action;
  }

  /** Changes the height of every row, in pixels. */
  public void setRowHeight(double height) {
    rowHeight = height;
    requestLayout();
  }

  /** Width that rows have, in pixels: without the scroll bar if there is one. */
  public ReadOnlyDoubleProperty rowWidthProperty() {
    return rowWidth.getReadOnlyProperty();
  }

  /** How far the list is scrolled: the position at its top, with a fraction of a row. */
  public ReadOnlyDoubleProperty positionProperty() {
    return position.getReadOnlyProperty();
  }

  /** Position of the first row that is at least partly visible. */
  public long firstVisible() {
    return (long) bar.getValue();
  }

  /** How many rows fit whole; at least 1. */
  public long wholeRows() {
    return Math.max(1, (long) (getHeight() / rowHeight));
  }

  /** Scrolls as little as needed to show the row whole. */
  public void reveal(long position) {
    double top = bar.getValue();
    double visible = getHeight() / rowHeight;
    if (position < top || visible < 1) {
      scrollTo((double) position);
    } else if (position + 1 > top + visible) {
      scrollTo(position + 1 - visible);
    }
  }

  /** Puts the row at the top, as far as the list is long enough. */
  public void scrollTo(double position) {
    setBarRange();
    bar.setValue(Math.max(0, Math.min(position, bar.getMax())));
  }

  /** Shows the visible rows anew because something about them may have changed. */
  public void refresh() {
    requestLayout();
  }

  private void wheel(ScrollEvent event) {
    if (event.isControlDown() || event.getDeltaY() == 0) {
      return;
    }
    double rows = event.getDeltaY() / LINES_A_WHEEL_STEP * 0.75;
    scrollTo(bar.getValue() - rows);
    event.consume();
  }

  private void press(MouseEvent event) {
    requestFocus();
    long position = (long) (bar.getValue() + event.getY() / rowHeight);
    if (event.getX() < rowWidth.get() && position >= 0 && position < rowCount.get()) {
      onPick.accept(position);
    }
  }

  private void setBarRange() {
    double visible = getHeight() / rowHeight;
    bar.setMax(Math.max(0, rowCount.get() - visible));
    double share = visible / Math.max(1, rowCount.get());
    double smallest = SMALLEST_THUMB / Math.max(SMALLEST_THUMB, getHeight());
    bar.setVisibleAmount(bar.getMax() * Math.min(1, Math.max(share, smallest)));
    bar.setBlockIncrement(Math.max(1, Math.floor(visible) - 1));
    bar.setVisible(bar.getMax() > 0);
    if (bar.getValue() > bar.getMax()) {
      bar.setValue(bar.getMax());
    }
  }

  @Override
  protected void layoutChildren() {
    setBarRange();
    double barWidth = snapSizeX(bar.prefWidth(-1));
    clip.setWidth(getWidth());
    clip.setHeight(getHeight());
    bar.resizeRelocate(getWidth() - barWidth, 0, barWidth, getHeight());
    int needed = (int) Math.ceil(getHeight() / rowHeight) + 1;
    while (cells.size() < needed) {
      RowCell cell = newCell.get();
      cell.node().setManaged(false);
      cells.add(cell);
      getChildren().add(0, cell.node());
    }
    long first = firstVisible();
    double width = getWidth() - (bar.isVisible() ? barWidth : 0);
    rowWidth.set(width);
    for (int i = 0; i < cells.size(); i++) {
      // The same row keeps the same cell while scrolling, so that little changes.
      long position = first + Math.floorMod(i - first, (long) cells.size());
      RowCell cell = cells.get(i);
      boolean visible = position < rowCount.get() && position < first + needed;
      cell.node().setVisible(visible);
      if (visible) {
        double y = snapPositionY((position - bar.getValue()) * rowHeight);
        cell.show(position, position == selected.get());
        cell.node().resizeRelocate(0, y, width, rowHeight);
      }
    }
  }
}
