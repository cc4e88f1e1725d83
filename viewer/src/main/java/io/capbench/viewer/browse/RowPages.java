package io.capbench.viewer.browse;

import io.capbench.storage.model.CapbenchException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of one view as far as they are here. Asking for a row that is not starts to read its
 * page; a listener is told when it has come. Keeps {@value #KEPT} pages. FX thread only; reading
 * happens on the executor.
 */
final class RowPages {
  /** Rows that are read at once. */
  static final int PAGE = 64;

  private static final int KEPT = 40;
  private static final int WAITING = 8;

  /** Pages that a window shows at the same time, at most. */
  private static final int VISIBLE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(RowPages.class);

  /**
   * A page, or why it could not be read.
   *
   * @param items its rows; empty on error
   * @param error null, or a sentence
   */
  record Page(List<RowItem> items, @Nullable String error) {}

  private final PageReader reader;
  private final Executor io;
  private final Executor fx;
  private final Consumer<Page> onArrival;
  private final Set<Long> asked = new HashSet<>();
  private final Set<Long> outdated = new HashSet<>();
  private final Map<Long, Page> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Page> eldest) {
          return size() > KEPT;
        }
      };
  private volatile boolean closed;
  private int generation;

  /** Reads and prepares consecutive rows, on a background thread. */
  interface PageReader {
    List<RowItem> read(long from, int limit);
  }

  RowPages(PageReader reader, Executor io, Executor fx, Consumer<Page> onArrival) {
    this.reader = reader;
    this.io = io;
    this.fx = fx;
    this.onArrival = onArrival;
  }

  /** The row, or null if it is not here yet or cannot be read. */
  @Nullable RowItem row(long position) {
    Page page = page(position);
    int index = (int) (position % PAGE);
    return page == null || index >= page.items().size() ? null : page.items().get(index);
  }

  /** Why the row cannot be read, or null. */
  @Nullable String error(long position) {
    Page page = page(position);
    return page == null ? null : page.error();
  }

  private @Nullable Page page(long position) {
    long number = position / PAGE;
    Page page = kept.get(number);
    if (page != null && page.error() == null && position % PAGE >= page.items().size()) {
      kept.remove(number); // read while its view was still growing
      page = null;
    }
    // While many pages are on their way, a fast scroll asks for no more; it asks again on arrival.
    if (page == null && !closed && asked.size() < WAITING) {
      ask(number);
    }
    return page;
  }

  private void ask(long number) {
    if (asked.add(number)) {
      int asking = generation;
      io.execute(() -> read(number, asking));
    }
  }

  private void read(long number, int asking) {
    if (closed) {
      return;
    }
    Page page;
    try {
      page = new Page(reader.read(number * PAGE, PAGE), null);
    } catch (CapbenchException e) {
      page = new Page(List.of(), e.getMessage());
    } catch (RuntimeException e) {
      if (closed) {
        LOG.debug("Rows from {} on were read while their view was closed", number * PAGE, e);
        return;
      }
      LOG.warn("Rows from {} on could not be read", number * PAGE, e);
      page = new Page(List.of(), "These rows could not be read: " + e);
    }
    Page read = page;
    fx.execute(() -> arrived(number, asking, read));
  }

  private void arrived(long number, int asking, Page page) {
    if (asking != generation) {
      return; // read before everything was forgotten
    }
    asked.remove(number);
    if (!closed) {
      kept.put(number, page);
      if (outdated.remove(number)) {
        ask(number);
      }
      onArrival.accept(page);
    }
  }

  /** Forgets every page, also those on their way, so that it is read anew when it is asked for. */
  void forget() {
    kept.clear();
    asked.clear();
    outdated.clear();
    generation++;
  }

  /**
   * Reads the pages anew that were asked for last, those on their way too, and forgets the others.
   * A page stays as it is until it has come.
   */
  void refresh() {
    if (closed) {
      return;
    }
    outdated.addAll(asked);
    List<Long> numbers = new ArrayList<>(kept.keySet());
    int visible = Math.max(0, numbers.size() - VISIBLE);
    numbers.subList(0, visible).forEach(kept::remove);
    for (long number : numbers.subList(visible, numbers.size())) {
      ask(number);
    }
  }

  /** Drops late pages from now on. */
  void close() {
    closed = true;
  }
}
