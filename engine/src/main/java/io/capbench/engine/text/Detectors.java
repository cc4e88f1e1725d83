package io.capbench.engine.text;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with fused captions; {@code docs/detectors.md} says how, and how often it is.
 * Plain text rules: the same captions give the same flags everywhere. Thread-safe.
 */
public final class Detectors {
  private final RowTokens.Source source = new RowTokens.Source();

  /** Reads the word list; keep them for many captions. */
  public Detectors() {}

  /**
   * Looks at one row, in time in proportion to the captions' length.
   *
   * @param raw the raw alt-text, or null if the row has none
   * @param synthetic the synthetic caption, or null if the row has none
   * @param fused the caption made of both, or null if there is none
   */
  public Set<Flag> detect(
      @Nullable String raw, @Nullable String synthetic, @Nullable String fused) {
    return Collections.unmodifiableSet(detect(source.of(raw, synthetic, fused)));
  }

  static EnumSet<Flag> detect(RowTokens row) {
    EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
    if (mismatched(row)) {
      flags.add(Flag.MISMATCHED_PARENTS);
    }
    if (row.fused().tokens().isEmpty()) {
      flags.add(Flag.EMPTY);
      return flags;
    }
    if (PromptPhrases.leak(row)) {
      flags.add(Flag.PROMPT_LEAK);
    }
    boolean cut = SentenceEnd.isMissing(row.fused());
    if (InventedNumbers.present(row, cut)) {
      flags.add(Flag.INVENTED_NUMBER);
    }
    if (cut) {
      flags.add(Flag.TRUNCATED);
    }
    if (Concatenation.isPlain(row)) {
      flags.add(Flag.CONCATENATION);
    }
    return flags;
  }

  private static boolean mismatched(RowTokens row) {
    boolean[] shared = row.raw().sharedWith(row.synthetic());
    boolean content = false;
    for (int i = 0; i < shared.length; i++) {
      if (row.raw().tokens().get(i).isContent()) {
        if (shared[i]) {
          return false;
        }
        content = true;
      }
    }
    return content && row.synthetic().tokens().stream().anyMatch(CaptionToken::isContent);
  }
}
