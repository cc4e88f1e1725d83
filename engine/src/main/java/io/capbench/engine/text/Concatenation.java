package io.capbench.engine.text;

import java.util.List;

/**
 * Whether a fused caption is its parents one behind the other: all tokens of one in their order,
 * all of the other in theirs, and nothing else but function words around them. Punctuation, case
 * and endings do not count.
 */
final class Concatenation {
  private Concatenation() {}

  static boolean isPlain(RowTokens row) {
    List<CaptionToken> fused = row.fused().tokens();
    List<CaptionToken> raw = row.raw().tokens();
    List<CaptionToken> synthetic = row.synthetic().tokens();
    boolean fits = fused.size() >= raw.size() + synthetic.size();
    return fits
        && hasContent(raw)
        && hasContent(synthetic)
        && (follow(fused, raw, synthetic) || follow(fused, synthetic, raw));
  }

  private static boolean hasContent(List<CaptionToken> tokens) {
    return tokens.stream().anyMatch(CaptionToken::isContent);
  }

  private static boolean follow(
      List<CaptionToken> all, List<CaptionToken> first, List<CaptionToken> second) {
    int at = behindGlue(all, 0, first);
    if (at < 0) {
      return false;
    }
    at = behindGlue(all, at + first.size(), second);
    return at >= 0 && !hasContent(all.subList(at + second.size(), all.size()));
  }

  /** Where the part begins, with nothing but glue between it and a place; -1 if it does not. */
  private static int behindGlue(List<CaptionToken> all, int from, List<CaptionToken> part) {
    for (int at = from; at + part.size() <= all.size(); at++) {
      if (matches(all, at, part)) {
        return at;
      }
      if (all.get(at).isContent()) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean matches(List<CaptionToken> all, int at, List<CaptionToken> part) {
    for (int i = 0; i < part.size(); i++) {
      if (!all.get(at + i).key().equals(part.get(i).key())) {
        return false;
      }
    }
    return true;
  }
}
