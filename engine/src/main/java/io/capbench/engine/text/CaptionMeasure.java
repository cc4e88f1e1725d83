package io.capbench.engine.text;

import io.capbench.storage.dataset.RowMeasure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Provenance and detectors as columns that filters and orders read: {@code provenance.raw,
 * provenance.synthetic, provenance.both, provenance.neither} (shares from 0 to 1), {@code
 * provenance.content_words} (a count) and a boolean for each {@link Flag}, such as {@code
 * flags.prompt_leak}. Thread-safe.
 */
public final class CaptionMeasure implements RowMeasure {
  /** To be changed with every change of what tokens, origins or flags are. */
  private static final String ID = "captions-1";

  private static final List<Flag> FLAGS = List.of(Flag.values());
  private static final List<Value> VALUES = allValues();
  private static final int SHARES = 5;

  private final RowTokens.Source source = new RowTokens.Source();

  /** Reads the word list; one is enough for a program. */
  public CaptionMeasure() {}

  private static List<Value> allValues() {
    List<Value> values = new ArrayList<>();
    for (Origin origin : List.of(Origin.RAW, Origin.SYNTHETIC, Origin.BOTH, Origin.NEITHER)) {
      String name = origin.name().toLowerCase(Locale.ROOT);
      values.add(new Value("provenance", name, Value.Type.NUMBER));
    }
    values.add(new Value("provenance", "content_words", Value.Type.NUMBER));
    for (Flag flag : FLAGS) {
      values.add(new Value("flags", flag.id(), Value.Type.FLAG));
    }
    return List.copyOf(values);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<Value> values() {
    return VALUES;
  }

  @Override
  public void measure(
      @Nullable String raw, @Nullable String synthetic, @Nullable String fused, double[] values) {
    RowTokens row = source.of(raw, synthetic, fused);
    EnumSet<Flag> flags = Detectors.detect(row);
    ShareCounter counter = ProvenanceAnalyzer.count(row);
    Shares shares = counter.shares();
    boolean known = !flags.contains(Flag.EMPTY);
    values[0] = known ? shares.raw() : Double.NaN;
    values[1] = known ? shares.synthetic() : Double.NaN;
    values[2] = known ? shares.both() : Double.NaN;
    values[3] = known ? shares.neither() : Double.NaN;
    values[4] = known ? counter.contentTokens() : Double.NaN;
    for (int i = 0; i < FLAGS.size(); i++) {
      values[SHARES + i] = flags.contains(FLAGS.get(i)) ? 1 : 0;
    }
  }
}
