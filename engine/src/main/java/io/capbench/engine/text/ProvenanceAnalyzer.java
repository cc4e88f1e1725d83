package io.capbench.engine.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of every token of a fused caption which of its parents has it. Words match on their stems,
 * numbers and codes on their spelling; see {@code docs/provenance.md}. Thread-safe.
 */
public final class ProvenanceAnalyzer {
  private final RowTokens.Source source = new RowTokens.Source();

  /** Reads the word list; keep one analyzer for many captions. */
  public ProvenanceAnalyzer() {}

  /**
   * Analyzes one row, in time in proportion to the captions' length.
   *
   * @param raw the raw alt-text, or null if the row has none
   * @param synthetic the synthetic caption, or null if the row has none
   * @param fused the caption made of both
   */
  public Provenance analyze(@Nullable String raw, @Nullable String synthetic, String fused) {
    return compare(source.of(raw, synthetic, fused));
  }

  private static Provenance compare(RowTokens row) {
    TokenizedCaption fused = row.fused();
    Origin[] origins = origins(row);
    ShareCounter counter = new ShareCounter();
    List<OriginToken> tokens = new ArrayList<>(origins.length);
    for (int i = 0; i < origins.length; i++) {
      CaptionToken token = fused.tokens().get(i);
      counter.count(origins[i]);
      tokens.add(new OriginToken(fused.textOf(token), token.start(), token.end(), origins[i]));
    }
    return new Provenance(
        tokens, counter.shares(), dropped(row.raw(), fused), dropped(row.synthetic(), fused));
  }

  /** The shares alone. */
  static ShareCounter count(RowTokens row) {
    ShareCounter counter = new ShareCounter();
    for (Origin origin : origins(row)) {
      counter.count(origin);
    }
    return counter;
  }

  private static Origin[] origins(RowTokens row) {
    TokenizedCaption fused = row.fused();
    boolean[] inRaw = fused.sharedWith(row.raw());
    boolean[] inSynthetic = fused.sharedWith(row.synthetic());
    Origin[] origins = new Origin[inRaw.length];
    for (int i = 0; i < inRaw.length; i++) {
      boolean content = fused.tokens().get(i).isContent();
      origins[i] = content ? Origin.of(inRaw[i], inSynthetic[i]) : Origin.GLUE;
    }
    return origins;
  }

  private static List<DroppedToken> dropped(TokenizedCaption parent, TokenizedCaption fused) {
    boolean[] kept = parent.sharedWith(fused);
    List<DroppedToken> dropped = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      CaptionToken token = parent.tokens().get(i);
      if (!kept[i] && token.isContent()) {
        dropped.add(new DroppedToken(parent.textOf(token), token.start(), token.end()));
      }
    }
    return dropped;
  }
}
