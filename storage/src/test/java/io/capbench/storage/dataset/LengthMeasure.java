package io.capbench.storage.dataset;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Measures lengths, and counts how often it was asked. */
final class LengthMeasure implements RowMeasure {
  final AtomicLong rows = new AtomicLong();
  private final String id;

  LengthMeasure(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<Value> values() {
    return List.of(
        new Value("provenance", "raw", Value.Type.NUMBER),
        new Value("provenance", "synthetic", Value.Type.NUMBER),
        new Value("provenance", "both", Value.Type.NUMBER),
        new Value("provenance", "neither", Value.Type.NUMBER),
        new Value("flags", "empty", Value.Type.FLAG),
        new Value("flags", "odd flag", Value.Type.FLAG));
  }

  @Override
  public void measure(
      @Nullable String raw, @Nullable String synthetic, @Nullable String fused, double[] values) {
    rows.incrementAndGet();
    boolean empty = fused == null || fused.isBlank();
    values[0] = empty ? Double.NaN : length(raw) / 10.0;
    values[1] = empty ? Double.NaN : length(synthetic) / 10.0;
    values[2] = empty ? Double.NaN : 0;
    values[3] = empty ? Double.NaN : length(fused) / 10.0;
    values[4] = empty ? 1 : 0;
    values[5] = length(raw) % 2;
  }

  private static double length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
