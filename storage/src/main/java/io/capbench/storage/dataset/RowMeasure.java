package io.capbench.storage.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is computed from the captions of one row alone, for filters and orders to read.
 * What it says of a shard is kept in the cache. Thread-safe.
 */
public interface RowMeasure {

  /** A value that it computes, which SQL calls {@code GROUP.NAME}. */
  record Value(String group, String name, Type type) {
    /** What a value is. */
    public enum Type {
      NUMBER,
      /** 1 for yes, 0 for no. */
      FLAG
    }
  }

  /**
   * Its name and version: lower-case letters, digits and hyphens. Changes whenever the values of
   * some row would.
   */
  String id();

  /** Its values; the groups are {@code provenance} and {@code flags}. */
  List<Value> values();

  /**
   * Computes the values of one row.
   *
   * @param raw the caption of the first raw track, or null if the row has none
   * @param synthetic of the first synthetic track
   * @param fused of the first fused track
   * @param values takes them in the order of {@link #values()}; NaN where there is none
   */
  void measure(
      @Nullable String raw, @Nullable String synthetic, @Nullable String fused, double[] values);
}
