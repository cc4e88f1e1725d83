package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.storage.model.RowKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groundings that were shown last, so that going back and forth between rows costs nothing.
 * Thread-safe.
 */
final class GroundingCache {
  private static final int FIRST_SIZE = 16;
  private static final float LOAD = 0.75f;

  private final long most;
  private final Map<Key, Grounding> kept = new LinkedHashMap<>(FIRST_SIZE, LOAD, true);
  private long size;

  /**
   * What a grounding is of.
   *
   * @param row the row
   * @param caption the whole text
   * @param rule how it was cut
   * @param model hash of the model
   */
  record Key(RowKey row, String caption, SubCaptionRule rule, String model) {}

  /**
   * An empty cache.
   *
   * @param most how many numbers it keeps, of 4 bytes each; the newest grounding stays whatever its
   *     size
   */
  GroundingCache(long most) {
    this.most = most;
  }

  synchronized @Nullable Grounding get(Key key) {
    return kept.get(key);
  }

  synchronized void put(Key key, Grounding grounding) {
    Grounding before = kept.put(key, grounding);
    size += numbers(grounding) - (before == null ? 0 : numbers(before));
    Iterator<Grounding> oldest = kept.values().iterator();
    while (size > most && kept.size() > 1) {
      size -= numbers(oldest.next());
      oldest.remove();
    }
  }

  private static long numbers(Grounding grounding) {
    long maps = 2;
    for (SubCaptionGrounding each : grounding.subCaptions()) {
      maps += each.relevance().size() + 1 + each.tokens().size();
    }
    return maps * grounding.grid().patches();
  }
}
