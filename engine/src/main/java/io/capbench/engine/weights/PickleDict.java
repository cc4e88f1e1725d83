package io.capbench.engine.weights;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary in a pickle: entries in order. Keys are never hashed: they may contain this again.
 */
final class PickleDict {

  /** A key and its value. */
  record Entry(Object key, Object value) {}

  private final List<Entry> entries = new ArrayList<>();

  void put(Object key, Object value) {
    entries.add(new Entry(key, value));
  }

  List<Entry> entries() {
    return entries;
  }

  /** The value that Python would find, the last one written; null if there is none. */
  @Nullable Object get(String key) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (key.equals(entries.get(i).key())) {
        return entries.get(i).value();
      }
    }
    return null;
  }
}
