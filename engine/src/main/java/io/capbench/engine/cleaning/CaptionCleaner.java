package io.capbench.engine.cleaning;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Cleans captions as OpenAI's and open_clip's tokenizers do (clean, basic_clean and
 * whitespace_clean in tokenizer.py). Thread-safe.
 */
public final class CaptionCleaner {
  private static final Pattern WHITE_SPACE =
      Pattern.compile("[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+");

  private final boolean lowerCase;

  /**
   * Sets up cleaning.
   *
   * @param lowerCase whether capitals become small letters, as OpenAI's own tokenizer wants it
   */
  public CaptionCleaner(boolean lowerCase) {
    this.lowerCase = lowerCase;
  }

  /** Repairs characters, resolves references twice, levels white space, and takes capitals away. */
  public TracedText clean(String caption) {
    TracedText text = TextRepair.repair(TracedText.original(caption));
    text = CharacterReferences.resolve(CharacterReferences.resolve(text));
    text = text.replace(WHITE_SPACE, match -> " ");
    text = strip(text);
    return lowerCase ? lowered(text) : text;
  }

  private static TracedText strip(TracedText text) {
    String all = text.text();
    int from = all.startsWith(" ") ? 1 : 0;
    int to = all.length() > from && all.endsWith(" ") ? all.length() - 1 : all.length();
    return text.part(from, to);
  }

  private static TracedText lowered(TracedText text) {
    String all = text.text();
    String lower = all.toLowerCase(Locale.ROOT);
    if (lower.equals(all)) {
      return text;
    }
    TracedText.Rewriter rewriter = text.rewrite();
    int from = 0;
    int at = 0;
    while (at < all.length()) {
      int next = all.offsetByCodePoints(at, 1);
      // As many units as the letter has by itself; which ones may depend on its neighbours.
      int to = from + all.substring(at, next).toLowerCase(Locale.ROOT).length();
      if (all.regionMatches(at, lower, from, next - at) && next - at == to - from) {
        rewriter.keepTo(next);
      } else {
        rewriter.replaceTo(next, lower.substring(from, to));
      }
      at = next;
      from = to;
    }
    return rewriter.finish();
  }
}
