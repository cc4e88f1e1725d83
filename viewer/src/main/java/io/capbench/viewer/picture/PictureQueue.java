package io.capbench.viewer.picture;

import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that are wanted, the most wanted first, and those that are being brought. No host on the
 * web gets more than a few of those who bring them, so that a slow one holds up its own pictures
 * only. Thread-safe.
 */
final class PictureQueue {
  private static final Pattern HOST = Pattern.compile("^[a-zA-Z]+://([^/?#]*)");

  private final int bound;
  private final int perHost;
  private final Deque<Wanted> waiting = new ArrayDeque<>();
  private final Map<String, Integer> busy = new HashMap<>();

  /** A row and where its image is. */
  record Wanted(RowKey key, ImageRef image) {
    /** The host that is asked; empty if the image is on this machine. */
    String host() {
      Matcher host = HOST.matcher(image.name());
      return image instanceof ImageRef.Url && host.find()
          ? host.group(1).toLowerCase(Locale.ROOT)
          : "";
    }
  }

  /**
   * An empty queue.
   *
   * @param bound how many may wait
   * @param perHost how many of one host may be brought at a time
   */
  PictureQueue(int bound, int perHost) {
    this.bound = bound;
    this.perHost = perHost;
  }

  /**
   * Puts one before all others.
   *
   * @return the one that is dropped for it, or null
   */
  synchronized @Nullable Wanted first(Wanted wanted) {
    waiting.addFirst(wanted);
    return waiting.size() > bound ? waiting.removeLast() : null;
  }

  /**
   * Puts one behind all others.
   *
   * @return whether there was room
   */
  synchronized boolean last(Wanted wanted) {
    return waiting.size() < bound && waiting.add(wanted);
  }

  /** Takes everything that waits away. */
  synchronized List<Wanted> clear() {
    List<Wanted> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }

  /** The most wanted one whose host has room, to be given back with {@link #done}; or null. */
  synchronized @Nullable Wanted take() {
    for (Iterator<Wanted> each = waiting.iterator(); each.hasNext(); ) {
      Wanted wanted = each.next();
      String host = wanted.host();
      int running = busy.getOrDefault(host, 0);
      if (host.isEmpty() || running < perHost) {
        busy.put(host, running + 1);
        each.remove();
        return wanted;
      }
    }
    return null;
  }

  /** Says that one has been brought. */
  synchronized void done(Wanted wanted) {
    busy.computeIfPresent(wanted.host(), (host, running) -> running == 1 ? null : running - 1);
  }
}
