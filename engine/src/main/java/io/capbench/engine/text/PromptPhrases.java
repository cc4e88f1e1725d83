package io.capbench.engine.text;

import java.util.List;
import java.util.Locale;

/**
 * Phrases of the instructions that CapsFusion's fuser was given ("Sentence 1 provides detailed
 * real-world knowledge, yet it suffers from flaws in sentence structure ..."), and of the answers
 * that speak about them. Nobody describes an image with them.
 */
final class PromptPhrases {
  /** What at least one of is in every phrase: most captions have none of them. */
  private static final List<String> SIGNS = List.of("sentence", "real world", "contain false");

  /** In lower case, with spaces for hyphens. */
  private static final List<String> PHRASES =
      List.of(
          "detailed real world",
          "depth real world",
          "real world knowledge",
          "real world details",
          "real world information",
          "sentence structure",
          "structured sentence",
          "contain false information",
          "contain false details",
          "sentence 1",
          "sentence 2",
          "new sentence:",
          "given sentences",
          "two sentences",
          "merged sentence",
          "combined sentence",
          "concatenating the sentences",
          "sentence could be revised",
          "sentence can be");

  private PromptPhrases() {}

  /** Whether the fused caption has such a phrase that neither parent has. */
  static boolean leak(RowTokens row) {
    String fused = level(row.fused().text());
    if (SIGNS.stream().noneMatch(fused::contains)) {
      return false;
    }
    String raw = level(row.raw().text());
    String synthetic = level(row.synthetic().text());
    return PHRASES.stream()
        .anyMatch(phrase -> has(fused, phrase) && !has(raw, phrase) && !has(synthetic, phrase));
  }

  /** Whether it stands there and does not go on with a digit: "sentence 1" is not in 12. */
  private static boolean has(String text, String phrase) {
    int at = text.indexOf(phrase);
    int end = at + phrase.length();
    return at >= 0 && (end == text.length() || !Character.isDigit(text.charAt(end)));
  }

  private static String level(String text) {
    char[] chars = text.toLowerCase(Locale.ROOT).toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] == '-' || (chars[i] >= '\u2010' && chars[i] <= '\u2013')) {
        chars[i] = ' ';
      }
    }
    return new String(chars);
  }
}
