package io.capbench.viewer.browse;

import io.capbench.storage.dataset.RowView;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.caption.MarkedCaption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that are browsed and the one that is selected. FX thread only; rows are read on the
 * executor, and what comes late for another view is dropped.
 */
public final class BrowseViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(BrowseViewModel.class);
  private static final int CHANGED_AT_MOST = 100_000;

  private final CaptionMarks marks;
  private final Executor io;
  private final Executor fx;
  private final ReadOnlyLongWrapper rowCount = new ReadOnlyLongWrapper(this, "rowCount", 0);
  private final ReadOnlyLongWrapper selected = new ReadOnlyLongWrapper(this, "selected", -1);
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision", 0);
  private final ReadOnlyObjectWrapper<@Nullable RowItem> current =
      new ReadOnlyObjectWrapper<>(this, "current", null);
  private final Map<RowKey, Decision> changed = new HashMap<>();
  private @Nullable RowView view;
  private @Nullable RowPages pages;
  private @Nullable Browsed browsed;
  private ColumnMapping mapping = ColumnMapping.NONE;
  private List<String> highlighted = List.of();

  /**
   * A model that browses nothing.
   *
   * @param marks marks captions
   * @param io reads pages
   * @param fx runs things on the FX thread
   */
  public BrowseViewModel(CaptionMarks marks, Executor io, Executor fx) {
    this.marks = marks;
    this.io = io;
    this.fx = fx;
    selected.addListener(o -> updateCurrent());
  }

  /**
   * Browses another view, from its first row on. The view stays open until the next call.
   *
   * @param rows the view; owned by this model from now on
   * @param tracks the tracks to show
   * @param decisions looks up what was decided, on a background thread
   */
  public void show(
      RowView rows,
      ColumnMapping tracks,
      Function<Collection<RowKey>, Map<RowKey, Decision>> decisions) {
    close();
    view = rows;
    mapping = tracks;
    Browsed with = new Browsed(new Reading(rows, tracks, highlighted, decisions));
    browsed = with;
    pages =
        new RowPages(
            (from, limit) -> read(with.reading, from, limit), io, fx, page -> pageArrived());
    rowCount.set(rows.size());
    selected.set(rows.size() > 0 ? 0 : -1);
    revise();
  }

  /**
   * Shows other tracks of the rows that are browsed; what is visible stays as it is until it was
   * read anew.
   *
   * @param rows called on a background thread: the same rows with those tracks, such that closing
   *     them closes the view that it gets
   */
  public void retrack(UnaryOperator<RowView> rows, ColumnMapping tracks) {
    Browsed with = browsed;
    if (with != null) {
      io.execute(() -> retrack(with, rows, tracks));
    }
  }

  private void retrack(Browsed with, UnaryOperator<RowView> rows, ColumnMapping tracks) {
    try {
      with.retrack(rows, tracks);
      fx.execute(
          () -> {
            if (browsed == with && pages != null) {
              mapping = tracks;
              pages.refresh();
            }
          });
    } catch (CapbenchException e) {
      LOG.warn("The rows keep the tracks that they had", e);
    }
  }

  /** What the pages of a view are read with from now on. */
  private static final class Browsed {
    volatile Reading reading;

    Browsed(Reading first) {
      reading = first;
    }

    synchronized void retrack(UnaryOperator<RowView> rows, ColumnMapping tracks) {
      reading = reading.of(rows.apply(reading.rows()), tracks);
    }
  }

  /** What a page is read with. */
  private record Reading(
      RowView rows,
      ColumnMapping tracks,
      List<String> words,
      Function<Collection<RowKey>, Map<RowKey, Decision>> decisions) {

    Reading of(RowView other, ColumnMapping otherTracks) {
      return new Reading(other, otherTracks, words, decisions);
    }
  }

  private List<RowItem> read(Reading reading, long from, int limit) {
    List<CaptionRow> read = reading.rows().page(from, limit);
    Map<RowKey, Decision> decided =
        reading.decisions().apply(read.stream().map(CaptionRow::key).toList());
    List<RowItem> items = new ArrayList<>();
    for (CaptionRow row : read) {
      Map<String, MarkedCaption> captions = marks.mark(row, reading.tracks());
      for (String words : reading.words()) {
        captions.replaceAll((track, caption) -> caption.withHits(words));
      }
      items.add(new RowItem(row, captions, decided.get(row.key())));
    }
    return items;
  }

  /** Marks these texts in the captions of the views that are shown from now on. */
  public void highlight(List<String> texts) {
    highlighted = List.copyOf(texts);
  }

  /** Counts the rows anew, of a view that has found more of them meanwhile. */
  public void grown() {
    RowView rows = view;
    if (rows == null || rows.size() == rowCount.get()) {
      return;
    }
    rowCount.set(rows.size());
    if (selected.get() < 0) {
      selected.set(0);
    }
    revise();
  }

  /** Browses nothing from now on. */
  public void close() {
    if (pages != null) {
      pages.close();
    }
    RowView old = view;
    if (old != null) {
      io.execute(old::close);
    }
    view = null;
    pages = null;
    browsed = null;
    changed.clear();
    selected.set(-1);
    rowCount.set(0);
    revise();
  }

  /** Number of rows of the view. */
  public ReadOnlyLongProperty rowCountProperty() {
    return rowCount.getReadOnlyProperty();
  }

  /** Position of the selected row, or -1. */
  public ReadOnlyLongProperty selectedProperty() {
    return selected.getReadOnlyProperty();
  }

  /** Grows whenever something about the visible rows may have changed. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /** The selected row, or null while it is not here. */
  public ReadOnlyObjectProperty<@Nullable RowItem> currentProperty() {
    return current.getReadOnlyProperty();
  }

  /** The view that is browsed, or null. */
  public @Nullable RowView view() {
    return view;
  }

  /** The row at a position, or null if it is not here yet; then it is asked for. */
  public @Nullable RowItem row(long position) {
    return pages == null ? null : pages.row(position);
  }

  /** Why the row at a position cannot be read, or null. */
  public @Nullable String error(long position) {
    return pages == null ? null : pages.error(position);
  }

  /** What holds for the row now, or null if nobody decided. */
  public @Nullable Decision decision(RowItem item) {
    Decision decision = changed.get(item.row().key());
    return decision == null ? item.decision() : decision;
  }

  /** The caption that a person wrote for the row, with marks, or null. */
  public @Nullable MarkedCaption written(RowItem item) {
    Decision decision = decision(item);
    String text = decision == null ? null : decision.editedText();
    return text == null ? null : marks.markFused(item.row(), mapping, text);
  }

  /** Notes that a decision was recorded. */
  public void decided(Decision decision) {
    if (changed.size() >= CHANGED_AT_MOST) {
      reload();
    }
    changed.put(decision.key(), decision);
    revise();
  }

  /** Reads everything visible anew, because somebody else may have changed decisions. */
  public void reload() {
    changed.clear();
    if (pages != null) {
      pages.forget();
    }
    revise();
  }

  /** Reads what is visible anew and shows it as it was until then. */
  public void refresh() {
    if (pages != null) {
      pages.refresh();
    }
  }

  /** Selects the row at that position, or the nearest there is. */
  public void select(long position) {
    if (rowCount.get() > 0) {
      selected.set(Math.max(0, Math.min(position, rowCount.get() - 1)));
    }
  }

  /** Selects the row so many positions further down; up if negative. */
  public void move(long by) {
    select(selected.get() + by);
  }

  /** Selects the row of that key as soon as it is found; does nothing if the view lacks it. */
  public void selectKey(RowKey key) {
    selectKey(key, problem -> {});
  }

  /**
   * Selects the row of that key as soon as it is found.
   *
   * @param onEnd told on the FX thread why not, or nothing if it is selected; not told at all if
   *     another view is browsed by then
   */
  public void selectKey(RowKey key, Consumer<String> onEnd) {
    RowView rows = view;
    if (rows != null) {
      io.execute(() -> find(rows, key, onEnd));
    }
  }

  private void find(RowView rows, RowKey key, Consumer<String> onEnd) {
    OptionalLong position;
    String problem = "That row is not among the rows that the list shows";
    try {
      position = rows.positionOf(key);
    } catch (IllegalStateException e) {
      LOG.debug("The view was closed before the row {} was looked up", key, e);
      return;
    } catch (CapbenchException e) {
      LOG.warn("The row {} was not looked up", key, e);
      position = OptionalLong.empty();
      problem = String.valueOf(e.getMessage());
    }
    OptionalLong found = position;
    String reason = problem;
    fx.execute(
        () -> {
          if (view == rows) {
            found.ifPresent(this::select);
            onEnd.accept(found.isPresent() ? "" : reason);
          }
        });
  }

  private void pageArrived() {
    updateCurrent();
    revise();
  }

  private void updateCurrent() {
    RowItem next = selected.get() < 0 ? null : row(selected.get());
    if (next == null || !next.equals(current.get())) {
      current.set(next);
    }
  }

  private void revise() {
    updateCurrent();
    revision.set(revision.get() + 1);
  }
}
